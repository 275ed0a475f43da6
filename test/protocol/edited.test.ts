import { describe, expect, test } from '@jest/globals';
import type { Approval } from '../../src/actions/approval.ts';
import { hashOf } from '../../src/actions/approval.ts';
import type { Command } from './commands.ts';
import { Play } from './play.ts';
import { SIGN_INS } from './tenant.ts';
import { START, World } from './world.ts';

// Somebody with access to the database writes into its tables, past the ledger, whose key they do not have.

const [ONE = '', TWO = ''] = SIGN_INS;

const how = { replica: 0, pace: 'through' } as const;
const press = { ...how, do: 'press', which: 0, off: 0, isHere: true, forged: {} } as const;
const ASK: Command = { ...how, do: 'ask', by: 'ana', action: 'confirm-sign-in-compromised', signIns: [ONE] };
const APPROVE: Command = { ...press, by: 'ben', verb: 'approve' };
const REJECT: Command = { ...press, by: 'ben', verb: 'reject' };
const TEND: Command = { ...how, do: 'tend' };
const wait = (seconds: number): Command => ({ ...how, do: 'wait', ms: seconds * 1_000 });

const EDITS: Readonly<Record<string, (approval: Approval) => Partial<Approval>>> = {
  target: ({ targets: [target] }) => ({
    targets: [{ ...target, signIn: { ...target.signIn, id: TWO } }],
  }),
  'user of the target': ({ targets: [target] }) => ({
    targets: [{ ...target, signIn: { ...target.signIn, userId: 'somebody else' } }],
  }),
  'risk that was shown': ({ targets: [target] }) => ({
    targets: [{ ...target, before: { ...target.before, state: 'confirmedSafe' } }],
  }),
  action: () => ({ action: 'dismiss-sign-in-risk' }),
  reason: () => ({ reason: 'Another one.' }),
  requester: () => ({ requester: { id: 'cleo', name: 'Cleo' } }),
  end: ({ expiresAt }) => ({ expiresAt: expiresAt + 1 }),
  version: ({ version }) => ({ version: version + 1 }),
};

const WHAT = Object.keys(EDITS);

/** What became of CR-1001, and what was sent, when its row is edited after the first commands. */
const edited = async (
  before: readonly Command[],
  edit: (one: Approval) => Partial<Approval>,
  after: readonly Command[],
) => {
  const world = await World.open({ lag: 0, mode: 'four-eyes', skews: [0, 0], stride: 290_000 });
  try {
    const run = new Play(world, (powers) => powers);
    await run.happen(before);
    const { approvals } = world.store;
    const [kept] = await run.table();
    if (kept === undefined) throw new Error('Nothing was asked for.');
    const revision = kept.revision + 1;
    const isSaved = await approvals.save({
      approval: { ...kept, ...edit(kept), revision },
      entries: [],
      notices: [],
      seal: () => 'made without the key',
    });
    expect(isSaved).toBe(true);
    await run.happen(after);
    const [left] = await run.table();
    return { state: left?.state, posts: world.journal.filter(({ what }) => what === 'posted').length };
  } finally {
    await world.store.close();
  }
};

describe.each(WHAT)('H060: an edited %s', (what) => {
  const edit = (approval: Approval): Partial<Approval> => EDITS[what]?.(approval) ?? {};
  /** The same, by somebody who knows how the hash is made. */
  const cunning = (approval: Approval): Partial<Approval> => {
    const changed = { ...approval, ...edit(approval) };
    return { ...changed, hash: hashOf(changed) };
  };

  test.each([
    ['', edit],
    [' with its hash', cunning],
  ] as const)('makes a pending request%s void when somebody approves it', async (_how, change) => {
    expect(await edited([ASK], change, [APPROVE, TEND])).toEqual({ state: 'void', posts: 0 });
  });

  test('makes a pending request void when its facts are looked at', async () => {
    expect(await edited([ASK], cunning, [wait(61), TEND])).toEqual({ state: 'void', posts: 0 });
  });

  test('is not taken over by the entry of a reminder, nor by that of an expiry', async () => {
    expect(await edited([ASK], cunning, [wait(481), TEND, APPROVE, TEND])).toEqual({
      state: 'void',
      posts: 0,
    });
    expect(await edited([ASK], cunning, [wait(700), TEND])).toEqual({ state: 'void', posts: 0 });
  });

  test('stops an approved one before anything is sent', async () => {
    expect(await edited([ASK, APPROVE], cunning, [TEND])).toEqual({ state: 'void', posts: 0 });
  });

  test('stops it, too, when the process dies over it', async () => {
    const die: Command = { ...how, do: 'kill at', moment: 'claimed' };
    expect(await edited([ASK, APPROVE], cunning, [die, TEND, wait(61), TEND])).toEqual({
      state: 'void',
      posts: 0,
    });
  });

  test('leaves to people what was sent before', async () => {
    const cut: Command = { ...how, do: 'fail POST', fault: 'cut before' };
    expect(await edited([ASK, APPROVE, cut, TEND], cunning, [wait(100), TEND, wait(100), TEND])).toEqual({
      state: 'unknown',
      posts: 1,
    });
  });
});

test('H060: an approval that nobody gave stops it, too', async () => {
  const approvedBy =
    (id: string) =>
    (approval: Approval): Partial<Approval> => ({
      state: 'approved',
      decided: { by: { id, name: id }, at: START },
      performBy: START + 300_000,
      dueAt: START,
      version: approval.version + 1,
    });
  expect(await edited([ASK], approvedBy('ben'), [TEND])).toEqual({ state: 'void', posts: 0 });
  expect(await edited([ASK, REJECT], approvedBy('ben'), [TEND])).toEqual({ state: 'void', posts: 0 });
  expect(await edited([ASK, APPROVE], approvedBy('cleo'), [TEND])).toEqual({ state: 'void', posts: 0 });
});

test('H060: a closed request carries nothing out, whatever its row says of targets, lease and time', async () => {
  const revived = ({ targets: [target] }: Approval): Partial<Approval> => ({
    targets: [{ ...target, progress: { at: 'waiting', attempts: 0, doubts: 0, dueAt: START } }],
    decided: { by: { id: 'ben', name: 'Ben' }, at: START },
    lease: { owner: 'anybody', until: START + 300_000 },
    performBy: START + 300_000,
    dueAt: START,
  });
  expect(await edited([ASK, REJECT], revived, [TEND])).toEqual({ state: 'rejected', posts: 0 });
});
