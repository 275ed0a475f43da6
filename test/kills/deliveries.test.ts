import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { DeliveryMoment } from '../../src/bot/deliver.ts';
import type { WorkerMoment } from '../../src/bot/worker.ts';
import { LATE, within } from '../../src/lib/within.ts';
import { startChat } from './chat.ts';
import type { Finding } from './findings.ts';
import { isLong } from './form.ts';
import { MINUTE } from './ground.ts';
import { FIRST_NUMBER, onLane } from './kills.ts';
import type { Lane } from './lane.ts';
import { inLanes } from './run.ts';

/** Slow enough for a delivery, with the card to be made, to fit into the time that it may take. */
const SPEED = 20;

type When = readonly [moment: WorkerMoment | DeliveryMoment, nth: number];

/** Between the commit of what was done and the edit of the card, and in a post. */
const SHORT: readonly When[] = [
  ['recorded', 1],
  ['sent', 1],
];

/** And everywhere else in a delivery: the first is the post of the card, the others are edits and the last notice. */
const LONG: readonly When[] = [
  ...SHORT,
  ['released', 1],
  ['begun', 1],
  ['shown', 1],
  ['begun', 2],
  ['sent', 2],
  ['shown', 2],
  ['begun', 3],
  ['sent', 3],
  ['shown', 3],
];

/** Longer than it takes until a process has died, also on a busy machine. */
const DYING_MS = 10 * MINUTE;

const MOMENTS = isLong ? LONG : SHORT;

/** What stands in the chat in the end, and what is wrong with the approval. */
interface Seen {
  readonly moment: string;
  readonly isKilled: boolean;
  /** Each message as it was posted and after every edit. */
  readonly cards: readonly (readonly string[])[];
  readonly notices: readonly (readonly string[])[];
  readonly findings: readonly Finding[];
}

const place = {
  kind: 'personal',
  conversationId: 'chat',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  tenantId: 'tenant',
  botId: '28:bot',
} as const;

const allShown = async ({ ground: { store } }: Lane): Promise<void> => {
  while ((await store.posts.due(Number.MAX_SAFE_INTEGER, 1)).length > 0) await sleep(20);
};

/** Asks, waits for the card, and approves; whoever is killed on the way is followed by another. */
const killOn = async (lane: Lane, [moment, nth]: When): Promise<boolean> => {
  await lane.ground.store.places.remember(place, Date.now());
  const { ended } = lane.begin({ approval: FIRST_NUMBER, moment, nth, signal: 'SIGKILL' });
  const followed = ended.then(() => lane.begin());
  const asked = await lane.ask();
  await allShown(lane);
  const { number } = await lane.allow(asked);
  const isKilled = (await within(followed, DYING_MS)) !== LATE;
  await lane.rest(number);
  await allShown(lane);
  return isKilled;
};

/** Kills whoever delivers, once, and gives what stands in the chat when another has gone on. */
const killOnce = async (when: When): Promise<Seen> => {
  const chat = await startChat();
  const { value, findings } = await onLane({ targets: 1, chatUrl: chat.url, speed: SPEED }, (lane) =>
    killOn(lane, when),
  );
  await chat.close();
  const posts = chat.posts.map(({ shown }) => shown);
  const isNotice = ([first = '']: readonly string[]): boolean => first.includes('"Show"');
  return {
    moment: when.join(' '),
    isKilled: value,
    cards: posts.filter((shown) => !isNotice(shown)),
    notices: posts.filter(isNotice),
    findings,
  };
};

const never = (): never => {
  throw new Error('It was not tried.');
};

let all: readonly Seen[];

beforeAll(async () => {
  all = await inLanes(3, MOMENTS, killOnce);
}, 60 * MINUTE);

const isMarked = ([first = '']: readonly string[]): boolean => first.includes('may be a repeat');

describe('a process that is killed while cards are due', () => {
  test.each(MOMENTS.map((when) => when.join(' ')))(
    'H131: at "%s": the next one brings the card to where the approval is, and marks what may be a repeat',
    (when) => {
      const { isKilled, cards, notices, findings } = all.find(({ moment }) => moment === when) ?? never();
      expect(isKilled).toBe(true);
      expect(findings).toEqual([]);
      expect(cards.at(-1)?.at(-1)).toMatch(/DONE: /);
      for (const posts of [cards, notices]) {
        expect([1, 2]).toContain(posts.length);
        expect(posts.filter((shown) => !isMarked(shown)).length).toBeLessThanOrEqual(1);
      }
      expect(cards.length + notices.length).toBeLessThanOrEqual(3);
    },
  );

  // Elsewhere a message may be on its way at that moment.
  test('nothing is posted twice where it was only to be edited', () => {
    const edits = all.filter(({ moment }) => /recorded|released|shown 1/.test(moment));
    expect(edits.map(({ cards, notices }) => [cards.length, notices.length])).toEqual(
      edits.map(() => [1, 1]),
    );
  });
});
