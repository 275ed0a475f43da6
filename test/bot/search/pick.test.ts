import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FoundItem } from '../../../src/bot/search-ports.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { signIn } from '../../graph/support/rows.ts';
import { cardText } from '../../support/card-text.ts';
import {
  ANNA,
  BEN,
  type ComposeBox,
  type ComposeBoxOptions,
  composeBox,
  GROUP,
  itemsIn,
  LOG,
  PERSONAL,
  START,
  wordsIn,
} from '../../support/compose-box.ts';
import { takeLimits } from '../../support/limits.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore(':memory:');
});
afterEach(() => store.close());

const open = (options: ComposeBoxOptions = {}) => composeBox(store, options);

/** What the nth result of a search gives when it is picked. */
const tapOf = async (box: ComposeBox, text: string, nth = 0): Promise<FoundItem['pick']> =>
  itemsIn(await box.search(text))[nth]?.pick ?? {};

const NO_SIGN_IN = 'This line is no sign-in that can be sent. Pick another one.';

describe('what is picked', () => {
  test('is frozen as a share, with the question and the answer that it came from', async () => {
    const box = open();
    const tap = await tapOf(box, 'flagged', 1);
    box.pass(5_000);
    const answer = await box.pick(tap);
    const [made] = box.shared;
    expect(made?.sharing).toMatchObject({
      at: START + 5_000,
      by: { id: 'anna', name: 'Anna' },
      redacted: [],
    });
    expect(made?.sharing).not.toHaveProperty('conversationId');
    expect(made?.sharing).not.toHaveProperty('incident');
    const { asked, of, answer: frozen } = made?.sharing.snapshot ?? {};
    expect({ asked, of }).toEqual({ asked: 'flagged', of: 3 });
    expect(frozen?.rows.map((row) => row.signIn.id)).toEqual(['row-2']);
    expect(frozen).toMatchObject({ verdict: { finished: true }, read: 3 });
    expect('card' in answer && answer.summary).toMatch(/^Share 1/);
    expect('card' in answer && cardText(answer.card)).toMatch(/user@contoso\.com/);
  });

  test('from a narrowed list is the row of the answer that was read', async () => {
    const box = open();
    await box.search('flagged');
    await box.pick(await tapOf(box, 'flagged for ben@contoso.com'));
    expect(box.shared[0]?.sharing.snapshot).toMatchObject({ asked: 'flagged', of: 3 });
  });

  test('in the thread of an incident belongs to the incident', async () => {
    const incident = { name: 'INC-204', conversationId: GROUP.conversationId, at: 1, by: BEN };
    const box = open({
      incidents: { in: async (id) => (id === GROUP.conversationId ? incident : undefined) },
    });
    const tap = await tapOf(box, 'flagged');
    await box.pick(tap, ANNA, GROUP);
    await box.pick(tap, ANNA, PERSONAL);
    expect(box.shared.map(({ sharing }) => sharing.incident)).toEqual(['INC-204', undefined]);
  });

  test('leaves out what message extensions leave out, and what the chat does', async () => {
    const redactions = {
      conversations: new Map([[GROUP.conversationId, ['user', 'address'] as const]]),
      kinds: { personal: [], group: [], channel: [], extension: ['address', 'device'] as const },
    };
    const box = open({ settings: { redactions } });
    const tap = await tapOf(box, 'flagged');
    await box.pick(tap);
    await box.pick(tap, ANNA, GROUP);
    expect(box.shared.map(({ sharing }) => sharing.redacted)).toEqual([
      ['address', 'device'],
      ['address', 'device', 'user'],
    ]);
  });

  test('names its source by chat and activity: the same pick sent twice is one share', async () => {
    const box = open();
    const tap = await tapOf(box, 'flagged');
    for (const activity of ['f:1', 'f:1', 'f:2']) await box.pick(tap, ANNA, GROUP, activity);
    const sources = box.shared.map(({ source }) => source);
    expect(sources).toEqual(['pick 19:group f:1', 'pick 19:group f:1', 'pick 19:group f:2']);
  });

  test('counts as a question', async () => {
    const box = open({ settings: { questionsPerMinute: 2 } });
    const tap = await tapOf(box, 'flagged');
    await box.pick(tap);
    expect(wordsIn(await box.pick(tap))).toMatch(/^Too many messages from you/);
    expect(box.shared).toHaveLength(1);
  });
});

describe('nothing is shared', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['by the line that tells of the search', {}],
    ['by a row alone', { row: 'row-1' }],
    ['by a result alone', { result: 'r' }],
    ['by ids that are no texts', { result: { $ne: null }, row: ['row-1'] }],
    ['by endless ids', { result: 'r'.repeat(65), row: 'x'.repeat(129) }],
    ['by an approval', { approval: 1, version: 1, verb: 'approve' }],
  ])('%s', async (_name, data) => {
    const box = open();
    expect(wordsIn(await box.pick(data))).toBe(NO_SIGN_IN);
    expect(box.shared).toEqual([]);
  });

  test('of a result that is not kept, or a row that it does not hold', async () => {
    const box = open();
    const { result = '' } = await tapOf(box, 'flagged');
    expect(wordsIn(await box.pick({ result: 'another', row: 'row-1' }))).toMatch(/no longer kept/);
    expect(wordsIn(await box.pick({ result, row: 'row-99' }))).toBe(NO_SIGN_IN);
    expect(box.shared).toEqual([]);
  });

  test('by somebody whose role is gone, which stands in the ledger', async () => {
    let value = ['reader'];
    const box = open({ rolesOf: async () => ({ ok: true, value }) });
    const tap = await tapOf(box, 'flagged');
    value = [];
    expect(wordsIn(await box.pick(tap))).toMatch(/^You may not read/);
    expect(box.shared).toEqual([]);
    expect(box.entries.at(-1)).toMatchObject({ kind: 'refusal', verdict: 'role-needed' });
  });

  test('of another’s own sign-ins without a role, whatever ids are sent', async () => {
    const log = [signIn({ id: 'mine', userId: ANNA.id }), ...LOG];
    const box = open({ log, rolesOf: async () => ({ ok: true, value: [] }) });
    const tap = await tapOf(box, 'my sign-ins');
    expect(wordsIn(await box.pick(tap, BEN))).toMatch(/^You may not read/);
    expect(wordsIn(await box.pick(tap, ANNA, GROUP))).toMatch(/^Your own sign-ins are not shown here/);
    expect(box.shared).toEqual([]);
    await box.pick(tap);
    expect(box.shared).toHaveLength(1);
  });

  test('when the store breaks, which is said under a reference', async () => {
    const box = open({
      incidents: {
        in: async () => {
          throw new Error('no such table');
        },
      },
    });
    const said = wordsIn(await box.pick(await tapOf(box, 'flagged')));
    expect(said).toMatch(/^Something went wrong inside Flagman\..*Reference: id-/);
    expect(said).not.toContain('table');
  });

  test('when it takes too long, which is said in time', async () => {
    const never = new Promise<never>(() => undefined);
    const settings = { search: { pauseMs: 1, answerMs: 60_000 } };
    const box = open({ incidents: { in: () => never }, settings });
    const tap = await tapOf(box, 'flagged');
    const limits = takeLimits();
    const picked = box.pick(tap);
    await limits.pass(60_000);
    limits.release();
    expect(wordsIn(await picked)).toMatch(/^This takes longer than Teams waits/);
  });
});
