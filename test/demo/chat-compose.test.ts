import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { SIGN_IN_SEARCH } from '../../src/entra/message-extension.ts';
import { ended, quiet, type Script, type ScriptedBot, startScriptedBot } from './scripted-bot.ts';

const { analyst, approver } = PEOPLE;
const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const THUMBNAIL = 'application/vnd.microsoft.card.thumbnail';

let script: Script;
let chat: Chat;
let bot: ScriptedBot;
beforeEach(async () => {
  script = quiet;
  bot = await startScriptedBot((...turn) => script(...turn));
  chat = await startChat({
    people: Object.values(PEOPLE),
    tenantId: TENANT_ID,
    appId: '11111111-2222-4333-8444-555555555555',
  });
  await chat.connect(bot.url);
  bot.heard.length = 0;
});
afterEach(async () => {
  await chat.close();
  await bot.close();
});

const answering = (composeExtension: unknown): void => {
  script = async (_activity, _connector, response) =>
    ended(response, 200, JSON.stringify({ composeExtension }));
};

const results = (...attachments: readonly unknown[]): void =>
  answering({ type: 'result', attachmentLayout: 'list', attachments });

const CARD = { contentType: ADAPTIVE, content: { type: 'AdaptiveCard', version: '1.5' } };

const PREVIEW = { contentType: THUMBNAIL, content: { title: 'Share 1' } };

const wish = async (body: unknown): Promise<{ status: number; reply: unknown }> => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${chat.pageUrl}/do`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, reply: await response.json() };
};

describe('the search of the compose box', () => {
  test('sends what Teams sends: when it is opened, and with each letter', async () => {
    answering({ type: 'message', text: 'Keep typing.' });
    await chat.search(analyst.oid, chat.group.id, { text: '', first: true });
    expect(await chat.search(analyst.oid, chat.group.id, { text: 'fla', skip: 25 })).toEqual({
      words: 'Keep typing.',
    });
    expect(bot.heard.map(({ activity }) => [activity.type, activity.name, activity.value])).toEqual([
      [
        'invoke',
        'composeExtension/query',
        {
          commandId: SIGN_IN_SEARCH.commandId,
          parameters: [{ name: 'initialRun', value: 'true' }],
          queryOptions: { skip: 0, count: 25 },
        },
      ],
      [
        'invoke',
        'composeExtension/query',
        {
          commandId: SIGN_IN_SEARCH.commandId,
          parameters: [{ name: SIGN_IN_SEARCH.parameter, value: 'fla' }],
          queryOptions: { skip: 25, count: 25 },
        },
      ],
    ]);
  });

  test('lists previews, and what has none by itself', async () => {
    const tap = { type: 'invoke', value: { row: 1 } };
    const preview = { contentType: THUMBNAIL, content: { title: 'One', text: 'of two', tap } };
    results({ ...CARD, preview }, { contentType: THUMBNAIL, content: { title: 'Two' } });
    expect(await chat.search(analyst.oid, chat.group.id, { text: 'x' })).toEqual({
      results: [
        { title: 'One', text: 'of two', tap: { row: 1 } },
        { title: 'Two', text: '', tap: null },
      ],
    });
  });

  test('cannot reach an app that answers otherwise', async () => {
    const unreachable = { words: 'Unable to reach app. Please try again.' };
    for (const answer of [undefined, { type: 'auth' }, { type: 'result', attachments: 'none' }]) {
      answering(answer);
      expect(await chat.search(analyst.oid, chat.group.id, { text: 'x' })).toEqual(unreachable);
    }
    script = async (_activity, _connector, response) => ended(response, 501);
    expect(await chat.pick(analyst.oid, chat.group.id, {})).toEqual(unreachable);
  });
});

describe('what is picked', () => {
  test('is sent as the person’s own message, for everybody', async () => {
    results({ ...CARD, preview: PREVIEW });
    expect(await chat.pick(analyst.oid, chat.group.id, { row: 1 })).toHaveProperty('sent');
    expect(bot.heard[0]?.activity).toMatchObject({
      name: 'composeExtension/selectItem',
      value: { row: 1 },
      from: { aadObjectId: analyst.oid },
    });
    expect(chat.messages(chat.group.id, approver.oid).at(-1)).toMatchObject({
      authorId: analyst.oid,
      viaBot: true,
      card: CARD.content,
    });
  });

  test('opens a thread in a channel', async () => {
    results({ ...CARD, preview: PREVIEW });
    await chat.pick(analyst.oid, chat.channel.id, {});
    const [message] = chat.messages(chat.channel.id, analyst.oid).slice(-1);
    expect(message?.conversationId).toBe(`${chat.channel.id};messageid=${message?.id}`);
  });

  test('is not inserted without a preview, nor when it is no Adaptive Card', async () => {
    for (const attachments of [[CARD], [{ ...PREVIEW, preview: PREVIEW }], []]) {
      results(...attachments);
      expect(await chat.pick(analyst.oid, chat.group.id, {})).toHaveProperty('words');
    }
    expect(chat.messages(chat.group.id, analyst.oid)).toEqual([]);
  });

  test('can be pressed by everybody, and edited by no bot', async () => {
    results({ ...CARD, preview: PREVIEW });
    const picked = await chat.pick(analyst.oid, chat.group.id, {});
    if (!('sent' in picked)) throw new Error(picked.words);
    const { id } = picked.sent;
    const path = `v3/conversations/${encodeURIComponent(chat.group.id)}/activities/${id}`;
    const edit = await fetch(new URL(path, chat.serviceUrl), {
      method: 'PUT',
      headers: { authorization: 'Bearer opaque', 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'edited' }),
    });
    expect(edit.status).toBe(403);
    bot.heard.length = 0;
    await chat.invoke(approver.oid, chat.group.id, id, { type: 'Action.Execute', verb: 'verify' });
    expect(bot.heard[0]?.activity).toMatchObject({ name: 'adaptiveCard/action', replyToId: id });
  });
});

describe('the page', () => {
  test('searches and picks for the person at it', async () => {
    answering({ type: 'message', text: 'Keep typing.' });
    const here = { as: analyst.oid, in: chat.group.id };
    expect(await wish({ do: 'search', ...here, text: 'fla', skip: 0, first: false })).toEqual({
      status: 200,
      reply: { conversationId: null, toast: null, looked: { words: 'Keep typing.' } },
    });
    expect(await wish({ do: 'pick', ...here, tap: {} })).toMatchObject({ reply: { toast: 'Keep typing.' } });
    results({ ...CARD, preview: PREVIEW });
    expect(await wish({ do: 'pick', ...here, tap: {} })).toMatchObject({
      reply: { conversationId: chat.group.id, toast: null },
    });
    expect((await wish({ do: 'search', ...here, text: 'fla', skip: -1, first: false })).status).toBe(400);
  });
});
