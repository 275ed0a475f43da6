import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import type { Place } from '../../src/entra/place.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Doors } from '../../src/teams/doors.ts';
import { createTeams, type Teams } from '../../src/teams/server.ts';
import { APP, localCloud } from './support/edge.ts';

const { analyst, approver } = PEOPLE;
const CARD = { type: 'AdaptiveCard', version: '1.5', body: [] } as const;

let chat: Chat;
let teams: Teams;
let places: Map<string, Place>;

beforeEach(async () => {
  places = new Map();
  const remember = async ({ place }: { readonly place: Place }): Promise<void> => {
    places.set(place.conversationId, place);
  };
  const doors: Doors = {
    onMessage: remember,
    onInstall: remember,
    onFile: async () => undefined,
    onPress: async () => ({ message: '' }),
    onSubmit: async () => undefined,
    onSearch: async () => ({ message: '' }),
    onPick: async () => ({ message: '' }),
  };
  chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: APP });
  teams = createTeams({
    appId: APP,
    tenantId: TENANT_ID,
    cloud: localCloud(chat.openIdUrl),
    getToken: async () => 'local',
    doors,
    clock: Date.now,
    log: createLog({ level: 'silent' }),
    onEvent: () => {},
    ready: () => true,
  });
  await teams.listen(0, '127.0.0.1');
  await chat.connect(`http://127.0.0.1:${teams.port}`);
});
afterEach(async () => {
  await teams.close();
  await chat.close();
});

const placeOf = (conversationId: string): Place => {
  const place = places.get(conversationId);
  if (!place) throw new Error(`The bot was never in ${conversationId}.`);
  return place;
};

const newest = (conversationId: string) => chat.messages(conversationId, approver.oid).at(-1);

test('a card arrives in a personal chat and in a group chat, without anybody having said anything', async () => {
  for (const id of [chat.personal(approver.oid), chat.group.id]) {
    const cardId = await teams.chatIn(placeOf(id)).send(CARD, 'CR-1001 waits for you');
    expect(newest(id)).toMatchObject({ id: cardId, card: CARD, summary: 'CR-1001 waits for you' });
    expect(chat.posts.at(-1)).toMatchObject({
      method: 'POST',
      path: `/v3/conversations/${encodeURIComponent(id)}/activities`,
      body: expect.not.objectContaining({ replyToId: expect.anything() }),
    });
  }
});

test('a card arrives in the thread of a channel, and one sent to the channel itself opens a new thread', async () => {
  const { conversationId: thread } = await chat.say(analyst.oid, chat.channel.id, 'help');
  const cardId = await teams.chatIn(placeOf(thread)).send(CARD, 'in the thread');
  expect(newest(thread)).toMatchObject({ id: cardId, conversationId: thread, card: CARD });

  const rootId = await teams.chatIn(placeOf(chat.channel.id)).send(CARD, 'of its own');
  const opened = `${chat.channel.id};messageid=${rootId}`;
  expect(newest(opened)).toMatchObject({ id: rootId, conversationId: opened, card: CARD });
});

test('a card of long ago is edited, and plain text is said', async () => {
  const id = chat.personal(approver.oid);
  const cardId = (await teams.chatIn(placeOf(id)).send(CARD, 'waits')) ?? '';
  const done = { ...CARD, body: [{ type: 'TextBlock', text: 'done' }] };
  await teams.chatIn(placeOf(id)).update(cardId, done, 'done');
  expect(newest(id)).toMatchObject({ id: cardId, card: done, edited: true });
  await teams.chatIn(placeOf(id)).say('a reminder');
  expect(newest(id)).toMatchObject({ text: 'a reminder', card: null });
});

test('H148: what Teams took before it answered 504 stands there once, and the bot says that it does not know', async () => {
  const id = chat.personal(approver.oid);
  const before = chat.messages(id, approver.oid).length;
  chat.faults.add({ answer: 504, carriedOut: true });
  await expect(teams.chatIn(placeOf(id)).send(CARD, 'x')).rejects.toMatchObject({ problem: 'ambiguous' });
  expect(chat.messages(id, approver.oid)).toHaveLength(before + 1);
});

test('H149: so does what it took before the connection was cut', async () => {
  const id = chat.personal(approver.oid);
  const before = chat.messages(id, approver.oid).length;
  chat.faults.add({ answer: 'cut', carriedOut: true });
  await expect(teams.chatIn(placeOf(id)).send(CARD, 'x')).rejects.toMatchObject({ problem: 'ambiguous' });
  expect(chat.messages(id, approver.oid)).toHaveLength(before + 1);
});

test('an address outside the list gets nothing', async () => {
  const place = { ...placeOf(chat.group.id), serviceUrl: 'https://smba.trafficmanager.net.evil.example/' };
  await expect(teams.chatIn(place).send(CARD, 'x')).rejects.toMatchObject({ problem: 'foreign-host' });
});
