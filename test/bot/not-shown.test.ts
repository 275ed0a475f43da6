import { beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Seen } from '../../src/demo/chat/messages.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { stage } from '../stories/story.ts';
import { TURN_MS, textOf } from '../support/conversation.ts';
import { until } from '../support/patience.ts';

const talk = stage({
  environment: { ANSWERS_IN_CHANNELS: 'targeted', FRESHNESS_SECONDS: '0', ROLE_MEMORY_SECONDS: '0' },
});

const QUESTION = 'flagged for user@contoso.com last 24 hours';
const WORKING = /^## Asking Microsoft Graph/;
const NOT_SHOWN = /^The answer could not be shown\./;
const { analyst, approver } = PEOPLE;

/** Changes the store behind the back of the running bot. */
const inStore = (statement: string): void => {
  const database = new Database(talk().data);
  database.exec(statement);
  database.close();
};

/** Makes stored rows ones that no card of details can be made of. */
const breakRows = async (): Promise<void> => {
  inStore(
    `update readings set answer = json_set(answer, '$.rows[0].signIn.appliedConditionalAccessPolicies', 1)`,
  );
  // What the bot has in memory is whole.
  await talk().restart();
};

/** Makes the next answer come later than a turn may take, and only after something else. */
const late = (after: Promise<void> = Promise.resolve()): void => {
  const passed = async (): Promise<void> => {
    await talk().limits.pass(TURN_MS);
    await after;
  };
  talk().demo.graph.faults.push({
    path: '/roleManagement',
    times: 1,
    effect: { kind: 'hold', until: passed },
  });
};

/** What the bot has said in a conversation, as somebody sees it. */
const saidTo = (personId: string, place = talk().demo.chat.personal(personId)): readonly Seen[] =>
  talk()
    .demo.chat.messages(place, personId)
    .filter(({ authorId }) => authorId === null);

const last = (seen: readonly Seen[]): string => seen.slice(-1).map(textOf).join('');

const logged = (what: string): readonly string[] => talk().log.filter((line) => line.includes(what));

const untilLogged = (event: string): Promise<void> =>
  until(
    () => logged(event).length > 0,
    () => `The log has no ${event}.`,
  );

const referenceIn = (card: unknown): string =>
  /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(JSON.stringify(card))?.[0] ?? 'none';

describe('an answer of which no card can be made', () => {
  beforeAll(async () => {
    for (const where of ['personal', 'channel'] as const) await talk().say('analyst', QUESTION, where);
    await breakRows();
  });

  test('is told to be one, under a reference that stands in the log', async () => {
    const before = saidTo(analyst.oid).length;
    const told = await talk().say('analyst', 'details #1');
    expect(told).toMatch(NOT_SHOWN);
    expect(told).toMatch(/Ask again/);
    expect(told).not.toMatch(/toSorted|TypeError|\.ts/);
    expect(saidTo(analyst.oid)).toHaveLength(before + 1);
    const reference = referenceIn(talk().newest('analyst').card);
    expect(logged(reference)).toEqual([expect.stringMatching(/toSorted.*turn\.failed/)]);
  });

  test('takes the place of "working" as such, so that nobody waits in vain', async () => {
    late();
    const before = saidTo(analyst.oid).length;
    expect(await talk().say('analyst', 'details #1')).toMatch(WORKING);
    expect(await talk().until('analyst', NOT_SHOWN)).toMatch(/Ask again/);
    expect(saidTo(analyst.oid)).toHaveLength(before + 1);
  });

  test('is told to the asker alone where they alone saw that work goes on', async () => {
    late();
    const { channel } = talk().demo.chat;
    const before = saidTo(approver.oid, channel.id).length;
    expect(await talk().reply('analyst', 'details #1', true)).toMatch(WORKING);
    await talk().until('analyst', NOT_SHOWN, 'channel');
    expect(saidTo(approver.oid, channel.id)).toHaveLength(before);
  });

  test('replaces no rows when a button led to it, but is told below them', async () => {
    await talk().say('analyst', QUESTION);
    const { id } = talk().newest('analyst');
    await breakRows();
    late();
    expect(await talk().press('analyst', 'Details')).toMatch(/The answer will follow here/);
    await until(
      () => NOT_SHOWN.test(last(saidTo(analyst.oid))),
      () => last(saidTo(analyst.oid)),
    );
    expect(last(saidTo(analyst.oid).filter((seen) => seen.id === id))).toMatch(/^## 3 flagged/);
  });
});

describe('an answer that was shown', () => {
  test('is not said to be missing when it cannot be remembered', async () => {
    await talk().say('approver', 'risky sign-ins last 24 hours');
    const asked = await talk().say('approver', 'confirm compromised #1 reason: spoke to the user');
    const [name = 'none'] = /CR-\d+/.exec(asked) ?? [];
    inStore(`create trigger full before insert on posts begin select raise(fail, 'full'); end`);
    const before = saidTo(approver.oid).length;
    expect(await talk().say('approver', `show ${name}`)).toContain(name);
    await untilLogged('card.not-remembered');
    inStore('drop trigger full');
    expect(saidTo(approver.oid)).toHaveLength(before + 1);
  });
});

test.each([400, 413] as const)(
  'where Teams answers %i to the answer, it may take fewer words',
  async (status) => {
    const found = Promise.withResolvers<void>();
    late(found.promise);
    expect(await talk().say('approver', QUESTION)).toMatch(WORKING);
    for (const method of ['PUT', 'POST'] as const) talk().demo.chat.faults.add({ method, answer: status });
    const before = saidTo(approver.oid).length;
    found.resolve();
    expect(await talk().until('approver', NOT_SHOWN)).toMatch(/Ask again/);
    expect(saidTo(approver.oid)).toHaveLength(before);
  },
);

test('where Teams takes no answer, nothing more is said', async () => {
  const refused = Promise.withResolvers<void>();
  late(refused.promise);
  expect(await talk().say('approver', QUESTION)).toMatch(WORKING);
  const { faults } = talk().demo.chat;
  faults.add({ method: 'PUT', answer: 403 });
  faults.add({ method: 'POST', answer: 403 });
  const before = saidTo(approver.oid).length;
  refused.resolve();
  await untilLogged('background.failed');
  faults.clear();
  expect(saidTo(approver.oid)).toHaveLength(before);
});
