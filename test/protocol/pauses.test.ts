import { describe, expect, test } from '@jest/globals';
import { FAULTS } from './answers.ts';
import type { Command } from './commands.ts';
import { problemsOf } from './invariants.ts';
import type { WorkerMoment } from './journal.ts';
import { type Left, play } from './play.ts';
import { SIGN_INS, TURNS, type TurnOfRisk } from './tenant.ts';
import type { Circumstances } from './world.ts';

// What chance finds only now and then, gone through one by one.

const [ONE = '', TWO = ''] = SIGN_INS;

const here = { replica: 0, pace: 'through' } as const;
const there = { replica: 1, pace: 'through' } as const;
const APPROVED: readonly Command[] = [
  { ...here, do: 'ask', by: 'ana', action: 'confirm-sign-in-compromised', signIns: [ONE, TWO] },
  {
    ...here,
    do: 'press',
    by: 'ben',
    verb: 'approve',
    which: 0,
    off: 0,
    isHere: true,
    forged: {},
  },
];
const wait = (seconds: number): Command => ({ ...here, do: 'wait', ms: seconds * 1_000 });
const tend: Command = { ...here, do: 'tend' };
const otherTends: Command = { ...there, do: 'tend' };

/** The log shows a change at the last moment at which it is trusted to. */
const SLOW: Circumstances = { lag: 59_000, mode: 'four-eyes', skews: [0, 0], stride: 1_000 };

/** Plays the commands and gives the POSTs of each sign-in, and how the approval ended. */
const played = (commands: readonly Command[], circumstances = SLOW) =>
  play(
    { circumstances, commands: [...APPROVED, ...commands], afterwards: [] },
    (powers) => powers,
    async (left: Left) => ({
      problems: await problemsOf(left),
      state: left.table[0]?.state,
      posts: left.world.journal.filter(({ what }) => what === 'posted').length,
    }),
  );

/** More calls than carrying out two changes takes. */
const CALLS = Array.from({ length: 40 }, (_, index) => index);

test('H138: at whichever call a process stands still while another takes over, each change is made once', async () => {
  for (const after of CALLS) {
    const { problems, state, posts } = await played([
      { ...here, do: 'stand still', after },
      tend,
      wait(46),
      otherTends,
      wait(62),
      otherTends,
      otherTends,
      { ...here, do: 'go on' },
    ]);
    expect({ after, problems, state, posts }).toEqual({ after, problems: [], state: 'done', posts: 2 });
  }
});

test('at whichever call a process stands still, nothing is sent when the time for it is over', async () => {
  for (const after of CALLS) {
    const stop: Command = { ...here, do: 'stand still', after };
    const { problems } = await played([stop, tend, wait(301), { ...here, do: 'go on' }]);
    expect({ after, problems }).toEqual({ after, problems: [] });
  }
});

describe('a change that was done at the last moment is not made again while the log may still show it', () => {
  const LATE: Command = { ...here, do: 'fail POST', fault: 'hangs, then done' };

  test.each([
    ['was heard to fail', []],
    ['died', [{ ...here, do: 'kill at', moment: 'performed' } as const]],
  ] as const)('when whoever sent it %s', async (_what, deaths) => {
    const looks = [wait(52), tend, otherTends, wait(5), tend, otherTends];
    const { problems, state, posts } = await played([LATE, ...deaths, tend, ...looks]);
    expect({ problems, state, posts }).toEqual({ problems: [], state: 'done', posts: 2 });
  });
});

const MOMENTS: readonly WorkerMoment[] = [
  'claimed',
  'inspected',
  'permitted',
  'intended',
  'performed',
  'recorded',
  'released',
];

const PASSING = FAULTS.filter((fault) => fault !== '404');

describe.each(MOMENTS)('killed at "%s"', (moment) => {
  test.each(PASSING)('and a POST that meets "%s", each change is made once all the same', async (fault) => {
    const { problems, state } = await played([
      { ...here, do: 'fail POST', fault },
      { ...here, do: 'kill at', moment },
      tend,
    ]);
    expect({ problems, state }).toEqual({ problems: [], state: 'done' });
  });
});

describe('H136: what people decide elsewhere before it is sent', () => {
  test.each([
    ['confirmed safe', 'conflict'],
    ['dismissed', 'conflict'],
    ['passed MFA', 'conflict'],
    ['lower', 'void'],
    ['confirmed compromised', 'done'],
    ['risen', 'done'],
  ] as const satisfies readonly (readonly [TurnOfRisk, string])[])(
    '"%s" makes it %s, and what was decided stands',
    async (to, ending) => {
      expect(Object.keys(TURNS)).toContain(to);
      const turns = [ONE, TWO].map((signIn): Command => ({ ...here, do: 'turn', signIn, to }));
      const { problems, state, posts } = await played([...turns, wait(60), tend]);
      expect({ problems, state }).toEqual({ problems: [], state: ending });
      expect(posts).toBe(to === 'risen' ? 2 : 0);
    },
  );
});

describe('H062, H063: who lost what it takes', () => {
  test.each([
    ['the role of the approver', { do: 'take role', from: 'ben' }, 'revoked'],
    ['the role of the requester', { do: 'take role', from: 'ana' }, 'revoked'],
    ['the account of the approver', { do: 'disable', from: 'ben' }, 'revoked'],
    ['the account of the requester', { do: 'disable', from: 'ana' }, 'revoked'],
  ] as const)('%s: it is revoked, and nothing is sent', async (_what, loss, ending) => {
    const { problems, state, posts } = await played([{ ...here, ...loss }, tend]);
    expect({ problems, state, posts }).toEqual({ problems: [], state: ending, posts: 0 });
  });

  test('roles that cannot be read for a while put it off, and for too long end it', async () => {
    const blind = (times: number): Command => ({ ...here, do: 'fail reads', of: 'roles', times });
    expect(await played([blind(2), tend, wait(5), tend])).toEqual({ problems: [], state: 'done', posts: 2 });
    const steps = Array.from({ length: 12 }, () => [wait(30), tend]).flat();
    expect(await played([blind(1_000), tend, ...steps])).toEqual({ problems: [], state: 'failed', posts: 0 });
  });
});
