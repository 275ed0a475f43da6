import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { ended, quiet, replyWith, type Script, type ScriptedBot, startScriptedBot } from './scripted-bot.ts';

const APP = '11111111-2222-4333-8444-555555555555';
const NOW = Date.parse('2026-11-21T19:00:00Z');
const { analyst, approver } = PEOPLE;

let script: Script = quiet;
let chat: Chat;
let bot: ScriptedBot;

const OPTIONS = { people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: APP, clock: () => NOW };

beforeEach(async () => {
  script = quiet;
  bot = await startScriptedBot((...turn) => script(...turn));
  chat = await startChat(OPTIONS);
  await chat.connect(bot.url);
  bot.heard.length = 0;
});
afterEach(async () => {
  await chat.close();
  await bot.close();
});

const heard = (): Record<string, unknown> => bot.heard[0]?.activity ?? {};

describe('what a person says', () => {
  test('in a personal chat arrives signed, with the sender, tenant, zone and no mention', async () => {
    await chat.say(analyst.oid, chat.personal(analyst.oid), 'flagged since <yesterday> & today');
    expect(heard()).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: chat.serviceUrl,
      text: 'flagged since &lt;yesterday&gt; &amp; today',
      textFormat: 'plain',
      timestamp: '2026-11-21T19:00:00.000Z',
      localTimestamp: '2026-11-21T20:00:00.000+01:00',
      localTimezone: 'Europe/Oslo',
      from: { id: expect.stringMatching(/^29:1/), aadObjectId: analyst.oid, name: analyst.name },
      recipient: { id: `28:${APP}`, name: 'Flagman' },
      conversation: {
        conversationType: 'personal',
        tenantId: TENANT_ID,
        id: expect.stringMatching(/^a:1/),
      },
      channelData: { tenant: { id: TENANT_ID } },
      entities: [{ type: 'clientInfo', timezone: 'Europe/Oslo', locale: 'en-US' }],
    });
    expect(bot.heard[0]?.authorization).toMatch(/^Bearer ey/);
  });

  test('in a group chat begins with the mention and a non-breaking space', async () => {
    await chat.say(analyst.oid, chat.group.id, 'help');
    expect(heard()).toMatchObject({
      text: '<at>Flagman</at>\u00a0help',
      conversation: {
        isGroup: true,
        conversationType: 'groupChat',
        id: expect.stringContaining('@thread.v2'),
      },
      entities: [
        { type: 'mention', mentioned: { id: `28:${APP}` }, text: '<at>Flagman</at>' },
        { type: 'clientInfo' },
      ],
    });
  });

  test('in a channel opens a thread whose id names its first message', async () => {
    const turn = await chat.say(analyst.oid, chat.channel.id, 'help');
    expect(turn.conversationId).toBe(`${chat.channel.id};messageid=${heard().id}`);
    expect(heard()).toMatchObject({
      text: '<at>Flagman</at>&nbsp;help',
      conversation: { conversationType: 'channel', id: turn.conversationId },
      channelData: { channel: { id: chat.channel.id }, team: { id: chat.channel.team?.id } },
    });
    await chat.say(approver.oid, turn.conversationId, 'and again');
    expect(bot.heard[1]?.activity.conversation).toMatchObject({ id: turn.conversationId });
    expect(chat.messages(turn.conversationId, analyst.oid).map(({ text }) => text)).toEqual([
      'help',
      'and again',
    ]);
  });

  test('without the mention is not heard in a group, but everybody there sees it', async () => {
    const turn = await chat.say(analyst.oid, chat.group.id, 'lunch?', { mention: false });
    expect(turn.status).toBeNull();
    expect(bot.heard).toHaveLength(0);
    expect(chat.messages(chat.group.id, approver.oid).map(({ text }) => text)).toEqual(['lunch?']);
  });

  test('comes from members only', async () => {
    expect(() => chat.say(approver.oid, chat.personal(analyst.oid), 'hello')).toThrow('is not in');
  });

  test('when changed later arrives as an update with the same id', async () => {
    const place = chat.personal(analyst.oid);
    await chat.say(analyst.oid, place, 'help');
    const { id } = heard();
    await chat.edit(analyst.oid, place, String(id), 'dismiss everything');
    expect(bot.heard[1]?.activity).toMatchObject({
      type: 'messageUpdate',
      id,
      text: 'dismiss everything',
      channelData: { eventType: 'editMessage' },
    });
  });

  test('is sent again with the same id when the turn takes too long', async () => {
    const hasty = await startChat({ ...OPTIONS, patience: { turn: 1_000, resends: 1 } });
    try {
      await hasty.connect(bot.url);
      script = async () => {};
      bot.heard.length = 0;
      const turn = await hasty.say(analyst.oid, hasty.personal(analyst.oid), 'help');
      expect(turn.status).toBe(504);
      expect(bot.heard.map(({ activity }) => activity.id)).toEqual([heard().id, heard().id]);
    } finally {
      await hasty.close();
    }
  });
});

describe('what the bot answers', () => {
  test('is what the person gets to see', async () => {
    script = replyWith({ type: 'message', text: '**hello**' });
    const turn = await chat.say(analyst.oid, chat.personal(analyst.oid), 'hi');
    expect(turn).toMatchObject({ status: 200, answers: [{ text: '**hello**', format: 'markdown' }] });
  });

  test('can be waited for when it comes or changes after the turn', async () => {
    script = async (activity, connector, response) => {
      ended(response, 200);
      const { id } = activity.conversation as { id: string };
      const path = `/${encodeURIComponent(id)}/activities`;
      const sent = (await (await connector('POST', path, { type: 'message', text: 'working' })).json()) as {
        id: string;
      };
      await connector('PUT', `${path}/${encodeURIComponent(sent.id)}`, { type: 'message', text: 'done' });
    };
    const turn = await chat.say(analyst.oid, chat.personal(analyst.oid), 'long', {
      until: (answers) => answers.some(({ text }) => text === 'done'),
    });
    expect(turn.answers).toMatchObject([{ text: 'done', edited: true }]);
    script = quiet;
    await expect(
      chat.say(analyst.oid, chat.personal(analyst.oid), 'long', { until: () => false, within: 50 }),
    ).rejects.toThrow('Not what was waited for');
  });
});

test('installing tells the bot about every conversation in both of Teams’ ways', async () => {
  await chat.connect(bot.url);
  const types = bot.heard.map(({ activity }) => activity.type);
  expect(types.filter((type) => type === 'installationUpdate')).toHaveLength(Object.keys(PEOPLE).length + 2);
  expect(bot.heard.find(({ activity }) => activity.type === 'conversationUpdate')?.activity).toMatchObject({
    membersAdded: [{ id: `28:${APP}` }],
    channelData: { tenant: { id: TENANT_ID } },
  });
});
