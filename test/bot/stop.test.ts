import { afterAll, expect, test } from '@jest/globals';
import type { Chat } from '../../src/bot/ports.ts';
import type { AdaptiveCard } from '../../src/cards/card.ts';
import { openStore } from '../../src/store/store.ts';
import { cardText } from '../support/card-text.ts';
import { NOW } from '../support/conversation.ts';
import { NO_FILES } from '../support/files.ts';
import { readingBot } from '../support/reading-bot.ts';

const store = openStore(':memory:');
afterAll(async () => (await store).close());

const person = { id: 'an-analyst', teamsId: '29:maya', tenantId: 't', name: 'Maya' };
const place = {
  kind: 'personal',
  conversationId: 'a:1',
  serviceUrl: 's',
  tenantId: 't',
  botId: 'b',
} as const;

/** A chat that keeps the text of each of its cards. */
const chatInto = (cards: Map<string, string>): Chat => ({
  send: async (card: AdaptiveCard) => {
    const id = `card-${cards.size + 1}`;
    cards.set(id, cardText(card));
    return id;
  },
  update: async (id, card) => void cards.set(id, cardText(card)),
  say: async () => undefined,
  typing: async () => undefined,
  ...NO_FILES,
});

/** A bot whose Graph never answers. */
const waiting = async () =>
  readingBot({
    graph: { readSignIns: () => new Promise(() => undefined) },
    store: await store,
    clock: () => NOW,
    settings: { turnMs: 10 },
  });

test('a question that a stop cannot wait for is told so, in the card that said that work goes on', async () => {
  const bot = await waiting();
  const cards = new Map<string, string>();
  const text = 'flagged for user@contoso.com today';
  await bot.onMessage({ activityId: '1', text, person, place }, chatInto(cards));
  expect(cards.get('card-1')).toMatch(/^## Asking Microsoft Graph/);
  await bot.drain(20);
  expect([...cards]).toEqual([['card-1', expect.stringMatching(/^Flagman is being restarted\./)]]);
  expect(cards.get('card-1')).toContain('Ask again');
});

test('a press that a stop cannot wait for is told so, and the card that was pressed stays', async () => {
  const bot = await waiting();
  const cards = new Map([['pressed', 'rows']]);
  const data = { say: 'flagged for user@contoso.com today' };
  const press = {
    activityId: '2',
    verb: 'say',
    data,
    trigger: 'manual',
    cardId: 'pressed',
    person,
    place,
  } as const;
  expect(await bot.onPress(press, chatInto(cards))).toHaveProperty('message');
  await bot.drain(20);
  expect(cards.get('pressed')).toBe('rows');
  expect(cards.get('card-2')).toMatch(/^Flagman is being restarted\./);
});
