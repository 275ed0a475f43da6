import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { ended, quiet, replyWith, type Script, type ScriptedBot, startScriptedBot } from './scripted-bot.ts';

const APP = '11111111-2222-4333-8444-555555555555';
const NOW = Date.parse('2026-11-21T19:00:00Z');
const { analyst, approver } = PEOPLE;

const CARD = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    {
      type: 'ActionSet',
      actions: [
        {
          type: 'Action.Execute',
          title: 'Details',
          verb: 'details',
          data: { row: 1 },
          fallback: { type: 'Action.Submit', title: 'Details', data: { verb: 'details', row: 1 } },
        },
      ],
    },
  ],
};

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

const sendCard = replyWith({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: CARD }],
});

/** Has the bot post the card into the analyst's chat; gives the place and the card's id. */
const withCard = async (): Promise<{ place: string; cardId: string }> => {
  script = sendCard;
  const place = chat.personal(analyst.oid);
  const { answers } = await chat.say(analyst.oid, place, 'card please');
  bot.heard.length = 0;
  return { place, cardId: answers[0]?.id ?? '' };
};

describe('a pressed button', () => {
  test('arrives as adaptiveCard/action, and the card it gives is shown to that person only', async () => {
    script = sendCard;
    const { answers } = await chat.say(analyst.oid, chat.group.id, 'card please');
    const cardId = answers[0]?.id ?? '';
    bot.heard.length = 0;
    const fresh = { ...CARD, body: [] };
    script = async (_activity, _connector, response) =>
      void response.end(
        JSON.stringify({
          statusCode: 200,
          type: 'application/vnd.microsoft.card.adaptive',
          value: fresh,
        }),
      );
    const turn = await chat.press(analyst.oid, chat.group.id, cardId, 'Details', { inputs: { why: 'test' } });
    expect(heard()).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: cardId,
      from: { aadObjectId: analyst.oid },
      value: {
        trigger: 'manual',
        action: { type: 'Action.Execute', verb: 'details', data: { row: 1, why: 'test' } },
      },
    });
    expect(turn.answers).toMatchObject([{ id: cardId, card: fresh }]);
    const forApprover = chat.messages(chat.group.id, approver.oid).find(({ id }) => id === cardId);
    expect(forApprover?.card).toEqual(CARD);
  });

  test('leaves a notice for messages, errors and silence', async () => {
    const { place, cardId } = await withCard();
    const answers: readonly [number, unknown, string][] = [
      [
        200,
        { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted.' },
        'Noted.',
      ],
      [
        200,
        { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: '400', message: 'No.' } },
        'No.',
      ],
      [
        200,
        { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: {} },
        'Something went wrong. Please try again.',
      ],
      [400, {}, 'Something went wrong. Please try again.'],
      [501, null, 'Unable to reach app. Please try again.'],
    ];
    for (const [status, body, toast] of answers) {
      script = async (_activity, _connector, response) => ended(response, status, JSON.stringify(body));
      expect(await chat.press(analyst.oid, place, cardId, 'details')).toMatchObject({ toast });
    }
  });

  test('of an older client arrives as a message with the data of the fallback', async () => {
    const { place, cardId } = await withCard();
    script = quiet;
    await chat.press(analyst.oid, place, cardId, 'Details', { client: 'submit' });
    expect(heard()).toMatchObject({ type: 'message', replyToId: cardId, value: { verb: 'details', row: 1 } });
    expect(heard()).not.toHaveProperty('text');
  });

  test('that only speaks says its words for the person', async () => {
    const { place, cardId } = await withCard();
    const action = { type: 'Action.Submit', data: { msteams: { type: 'imBack', value: 'help flagged' } } };
    await chat.invoke(analyst.oid, place, cardId, action);
    expect(heard()).toMatchObject({ type: 'message', text: 'help flagged', replyToId: cardId });
  });
});

test('a card with refresh is refreshed for the named people, at most once a minute', async () => {
  const { answers } = await (async () => {
    script = async (activity, connector, response) => {
      const { id } = activity.conversation as { id: string };
      const userIds = [(activity.from as { id: string }).id];
      const content = { ...CARD, refresh: { action: { type: 'Action.Execute', verb: 'view' }, userIds } };
      await connector('POST', `/${encodeURIComponent(id)}/activities`, {
        type: 'message',
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
      });
      response.end();
    };
    return chat.say(analyst.oid, chat.group.id, 'card please');
  })();
  const cardId = answers[0]?.id ?? '';
  bot.heard.length = 0;
  script = quiet;
  expect(await chat.refresh(approver.oid, chat.group.id, cardId)).toBeNull();
  expect(await chat.refresh(analyst.oid, chat.group.id, cardId)).not.toBeNull();
  expect(await chat.refresh(analyst.oid, chat.group.id, cardId)).toBeNull();
  expect(bot.heard.map(({ activity }) => activity.value)).toMatchObject([
    { trigger: 'automatic', action: { verb: 'view' } },
  ]);
});
