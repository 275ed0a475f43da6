import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { isDue, judge, type Known } from '../../src/actions/approval/judge.ts';
import { targetAt } from '../../src/actions/approval/move.ts';
import {
  answered,
  claim,
  intend,
  mayStillSend,
  putOff,
  release,
  resolve,
  stop,
} from '../../src/actions/approval/perform.ts';
import { isSettled, type Progress, soonestIn } from '../../src/actions/approval/progress.ts';
import { pauseAfter } from '../../src/actions/approval/step.ts';
import { type Approval, hashOf } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import type { GraphProblem } from '../../src/entra/graph-problem.ts';
import { FLAGMAN } from '../../src/entra/ledger-event.ts';
import type { Risk } from '../../src/entra/risk.ts';
import {
  ACTION,
  AT_RISK,
  approved,
  BEN,
  ballot,
  COMPROMISED,
  done,
  idOf,
  LATER,
  LEASE_MS,
  MINUTE,
  movedBy,
  NOW,
  PERFORM_MS,
  pending,
  progressOf,
  running,
  SAFE,
  SECOND,
  SETTLE_MS,
  sent,
  turn,
  waiting,
  withProgress,
} from '../mutation/approvals.ts';

const at = (now: number, index = 0) => ({ index, turn: { ...turn, now } });
const outcomeIn = (conversationId: string) => [{ kind: 'outcome', conversationId }];
const seen = (risk: Risk): Known => ({ known: true, risk });
const unseen = (kind: GraphProblem['kind']): Known => ({ known: false, problem: { kind } });

const judged = (approval: Approval, known: Known, now = LATER, action = ACTION) =>
  judge(approval, action, at(now), known, SETTLE_MS);

const movedOf = (...given: Parameters<typeof judged>) => {
  const verdict = judged(...given);
  if (verdict.do !== 'move') throw new Error('It would be sent.');
  return verdict.moved;
};

describe('an approval is claimed', () => {
  test('when it is due, for as long as a lease lasts, and one at a time', () => {
    const moved = claim(approved(), turn);
    expect(moved?.approval).toMatchObject({
      state: 'running',
      version: 3,
      fence: 1,
      lease: { owner: 'here', until: LATER + LEASE_MS },
      dueAt: LATER + LEASE_MS,
      edition: 3,
    });
    expect(moved?.entries).toMatchObject([
      { kind: 'claimed', at: LATER, person: FLAGMAN, facts: { fence: 1 } },
    ]);
    const held = movedBy(moved);
    expect(claim(held, { ...turn, owner: 'there', now: LATER + LEASE_MS - 1 })).toBeUndefined();
  });

  test('by somebody else once its lease has ended, without a change of the card', () => {
    const taken = claim(running(), { ...turn, owner: 'there', now: LATER + LEASE_MS });
    expect(taken?.approval).toMatchObject({
      state: 'running',
      version: 3,
      fence: 2,
      lease: { owner: 'there', until: LATER + 2 * LEASE_MS },
      edition: running().edition,
    });
  });

  test('not before it is due, nor while a lease is held, whatever the due time says', () => {
    expect(claim(approved(), { ...turn, now: LATER - 1 })).toBeUndefined();
    expect(claim({ ...running(), dueAt: LATER }, turn)).toBeUndefined();
    const { dueAt: _never, ...restful } = approved();
    expect(claim(restful, turn)).toBeUndefined();
  });

  test.each(['pending', 'unknown', 'done', 'failed', 'rejected', 'void'] as const)(
    'never when it is %s',
    (state) => {
      expect(claim({ ...approved(), state }, turn)).toBeUndefined();
    },
  );
});

describe('the intent', () => {
  test('names the attempt, the fence, the request and what is sent, and the card stays as it is', () => {
    const moved = intend(running(2), ACTION, at(LATER, 1), 'request-1');
    expect(progressOf(moved.approval)).toEqual([
      { ...waiting, dueAt: LATER },
      { at: 'sent', attempts: 1, doubts: 1, since: LATER, reads: 0, dueAt: LATER + SECOND },
    ]);
    expect(moved.approval.edition).toBe(running().edition);
    const effect = { effect: 'confirm-sign-in-compromised', signInId: idOf(2) };
    expect(moved.entries).toMatchObject([
      {
        kind: 'intent',
        at: LATER,
        person: FLAGMAN,
        facts: {
          attempt: 1,
          fence: 1,
          clientRequestId: 'request-1',
          effect: createHash('sha256').update(JSON.stringify(effect)).digest('base64'),
          target: idOf(2),
          at: 'sent',
        },
      },
    ]);
  });

  test('counts attempts and doubts on', () => {
    const again = withProgress(running(), { ...waiting, attempts: 2, doubts: 1 });
    expect(progressOf(intend(again, ACTION, at(LATER), 'r').approval)).toMatchObject([
      { attempts: 3, doubts: 2 },
    ]);
  });

  test('makes the lease longer', () => {
    const { lease } = intend(running(), ACTION, at(LATER + 9), 'r').approval;
    expect(lease).toEqual({ owner: 'here', until: LATER + 9 + LEASE_MS });
  });

  test('is not written for what was sent already', () => {
    expect(() => intend(sent(), ACTION, at(LATER), 'r')).toThrow('Only what waits can be sent.');
  });

  test('is not written for a target that is not there', () => {
    expect(() => intend(running(), ACTION, at(LATER, 1), 'r')).toThrow('There is no such target.');
    expect(() => targetAt(running(), -1)).toThrow(RangeError);
  });
});

describe('what was intended can still be sent', () => {
  const until = LATER + LEASE_MS;
  const performBy = LATER + PERFORM_MS;

  test('in the first half of the lease', () => {
    expect(mayStillSend(sent(), turn)).toBe(true);
    expect(mayStillSend(sent(), { ...turn, now: until - LEASE_MS / 2 - 1 })).toBe(true);
    expect(mayStillSend(sent(), { ...turn, now: until - LEASE_MS / 2 })).toBe(false);
  });

  test('before the end of the change itself', () => {
    const long = { ...sent(), lease: { owner: 'here', until: performBy + MINUTE } };
    expect(mayStillSend(long, { ...turn, now: performBy - 1 })).toBe(true);
    expect(mayStillSend(long, { ...turn, now: performBy })).toBe(false);
    const { performBy: _never, ...endless } = long;
    expect(mayStillSend(endless, turn)).toBe(false);
  });

  test('by nobody without a lease', () => {
    const { lease: _none, ...free } = sent();
    expect(mayStillSend(free, turn)).toBe(false);
  });
});

describe('the answer to a change', () => {
  const problem: GraphProblem = { kind: 'throttled', status: 429, requestId: 'graph-1' };
  const now = LATER + 2 * SECOND;

  test('2xx is done, and the proof is looked for', () => {
    const { approval, entries } = answered(sent(), at(now), { outcome: 'done' });
    expect(progressOf(approval)).toEqual([{ ...done, since: now, dueAt: now + SECOND }]);
    expect(approval.edition).toBe(sent().edition + 1);
    expect(entries).toMatchObject([{ kind: 'outcome', at: now, person: FLAGMAN }]);
    expect(entries[0]?.facts).toEqual({ outcome: 'done', target: idOf(1), at: 'done' });
  });

  test('a refusal is final', () => {
    const { approval, entries } = answered(sent(), at(now), {
      outcome: 'refused',
      problem: { kind: 'not-risky' },
    });
    expect(progressOf(approval)).toEqual([{ at: 'failed', why: 'not-risky' }]);
    expect(approval.edition).toBe(sent().edition + 1);
    expect(entries[0]?.facts).toEqual({
      outcome: 'refused',
      problem: 'not-risky',
      target: idOf(1),
      at: 'failed',
    });
  });

  test('what was certainly not done waits, raises no doubt, and leaves the card alone', () => {
    const { approval, entries } = answered(sent(), at(now), { outcome: 'not-done', problem });
    expect(progressOf(approval)).toEqual([{ ...waiting, attempts: 1, dueAt: now + 2 * SECOND }]);
    expect(approval.edition).toBe(sent().edition);
    expect(entries[0]?.facts).toEqual({
      outcome: 'not-done',
      problem: 'throttled',
      status: 429,
      graphRequest: 'graph-1',
      target: idOf(1),
      at: 'waiting',
    });
  });

  test('Graph is waited for as long as it asks, and never shorter than the pause', () => {
    const dueAfter = (retryAfter: number) =>
      progressOf(
        answered(sent(), at(now), { outcome: 'not-done', problem: { ...problem, retryAfter } }).approval,
      );
    expect(dueAfter(7)).toMatchObject([{ dueAt: now + 7 * SECOND }]);
    expect(dueAfter(1)).toMatchObject([{ dueAt: now + 2 * SECOND }]);
  });

  test('anything else is read back before anything is sent again', () => {
    const { approval, entries } = answered(sent(), at(now), {
      outcome: 'ambiguous',
      problem: { kind: 'gateway-timeout' },
    });
    expect(progressOf(approval)).toEqual([
      { at: 'sent', attempts: 1, doubts: 1, since: now, reads: 0, dueAt: now + SECOND },
    ]);
    expect(entries[0]?.facts).toMatchObject({ outcome: 'ambiguous', at: 'sent' });
    expect(judged(approval, seen(AT_RISK), now + SECOND).do).toBe('move');
  });

  test('belongs to something that was sent', () => {
    expect(() => answered(running(), at(now), { outcome: 'done' })).toThrow('Nothing was sent.');
  });
});

describe('right before a change is sent', () => {
  test('it is sent when nothing speaks against it', () => {
    expect(judged(running(), seen(AT_RISK))).toEqual({ do: 'send' });
    expect(judged(running(), seen({ ...AT_RISK, level: 'high' }))).toEqual({ do: 'send' });
  });

  test('what stands as wished is done already', () => {
    const { approval, entries } = movedOf(running(), seen(COMPROMISED));
    expect(progressOf(approval)).toEqual([{ ...done, how: 'already', since: LATER, now: COMPROMISED }]);
    expect(entries).toMatchObject([
      { kind: 'outcome', facts: { how: 'already', target: idOf(1), at: 'done' } },
    ]);
  });

  test('a newer decision of a person is never overridden', () => {
    const { approval, entries } = movedOf(running(), seen(SAFE));
    expect(progressOf(approval)).toEqual([{ at: 'conflict', now: SAFE }]);
    expect(entries).toMatchObject([{ kind: 'outcome', facts: { target: idOf(1), at: 'conflict' } }]);
  });

  test('a lower risk stops it', () => {
    const { approval, entries } = movedOf(running(), seen({ ...AT_RISK, level: 'low' }));
    expect(progressOf(approval)).toEqual([{ at: 'stopped', why: 'lower' }]);
    expect(entries).toMatchObject([{ kind: 'outcome', facts: { why: 'lower' } }]);
  });

  test('the end of its time stops it, whatever is known', () => {
    const { performBy = 0 } = running();
    expect(judged(running(), seen(AT_RISK), performBy - 1)).toEqual({ do: 'send' });
    for (const known of [seen(AT_RISK), seen(COMPROMISED), unseen('timeout')]) {
      const { approval, entries } = movedOf(running(), known, performBy);
      expect(progressOf(approval)).toEqual([{ at: 'failed', why: 'too-late' }]);
      expect(entries).toMatchObject([{ kind: 'outcome', facts: { why: 'too-late' } }]);
    }
    const { performBy: _never, ...endless } = running();
    expect(progressOf(movedOf(endless, seen(AT_RISK)).approval)).toEqual([{ at: 'failed', why: 'too-late' }]);
  });

  test('a target that is not there fails', () => {
    const { approval, entries } = movedOf(running(), unseen('not-found'));
    expect(progressOf(approval)).toEqual([{ at: 'failed', why: 'not-found' }]);
    expect(entries).toMatchObject([{ kind: 'outcome', facts: { why: 'not-found' } }]);
  });

  test('one that cannot be read now waits, ever longer, without a word', () => {
    const first = movedOf(running(), unseen('timeout'));
    expect(progressOf(first.approval)).toEqual([{ ...waiting, attempts: 1, dueAt: LATER + 2 * SECOND }]);
    expect(first.entries).toEqual([]);
    expect(first.approval.edition).toBe(running().edition);
    expect(first.approval.lease?.until).toBe(LATER + LEASE_MS);
    const second = movedOf(first.approval, unseen('timeout'), LATER + 2 * SECOND);
    expect(progressOf(second.approval)).toMatchObject([{ attempts: 2, dueAt: LATER + 6 * SECOND }]);
  });

  test('pauses double, up to half a minute', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map(pauseAfter)).toEqual(
      [1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * SECOND),
    );
  });
});

describe('a change of which nobody knows how it ended', () => {
  const settled = LATER + SETTLE_MS;
  const performBy = LATER + PERFORM_MS;

  test('is done when it is found done', () => {
    const { approval, entries } = movedOf(sent(), seen(COMPROMISED), settled);
    expect(progressOf(approval)).toEqual([{ ...done, how: 'read-back', since: settled, now: COMPROMISED }]);
    expect(entries).toMatchObject([{ kind: 'outcome', facts: { how: 'read-back', at: 'done' } }]);
  });

  test('counts as already done when it stands as wished by another hand', () => {
    const other = { ...COMPROMISED, detail: 'adminConfirmedUserCompromised' };
    const { approval, entries } = movedOf(sent(), seen(other));
    expect(progressOf(approval)).toMatchObject([{ at: 'done', how: 'already', now: other }]);
    expect(entries).toMatchObject([{ facts: { how: 'already' } }]);
  });

  test('is a conflict when a person decided otherwise', () => {
    const { approval, entries } = movedOf(sent(), seen(SAFE), settled);
    expect(progressOf(approval)).toEqual([{ at: 'conflict', now: SAFE }]);
    expect(entries).toMatchObject([{ kind: 'outcome', facts: { at: 'conflict' } }]);
  });

  test('is given the time that the log takes before it counts as not done', () => {
    const early = movedOf(sent(), seen(AT_RISK), settled - 1);
    expect(progressOf(early.approval)).toEqual([
      { at: 'sent', attempts: 1, doubts: 1, since: LATER, reads: 1, dueAt: settled - 1 + 2 * SECOND },
    ]);
    expect(early.entries).toEqual([]);
    const { approval, entries } = movedOf(sent(), seen(AT_RISK), settled);
    expect(progressOf(approval)).toEqual([{ at: 'waiting', attempts: 1, doubts: 1, dueAt: settled }]);
    expect(entries).toMatchObject([{ kind: 'outcome', facts: { how: 'read-back', at: 'waiting' } }]);
  });

  test('is sent again as often as its action allows, and a dismissal never', () => {
    const doubts = (count: number) =>
      withProgress(sent(), {
        at: 'sent',
        attempts: count,
        doubts: count,
        since: LATER,
        reads: 0,
        dueAt: LATER,
      });
    const next = (count: number, action = ACTION) =>
      progressOf(movedOf(doubts(count), seen(AT_RISK), settled, action).approval);
    expect(next(ACTION.repeats)).toMatchObject([{ at: 'waiting' }]);
    expect(next(ACTION.repeats + 1)).toMatchObject([{ at: 'sent', reads: 1 }]);
    expect(next(1, ACTIONS['dismiss-sign-in-risk'])).toMatchObject([{ at: 'sent' }]);
  });

  test('is not sent again once its time is over', () => {
    const late = (now: number) => progressOf(movedOf(sentAt(now - SETTLE_MS), seen(AT_RISK), now).approval);
    expect(late(performBy - 1)).toMatchObject([{ at: 'waiting' }]);
    expect(late(performBy)).toMatchObject([{ at: 'sent' }]);
    const { performBy: _never, ...endless } = sent();
    expect(progressOf(movedOf(endless, seen(AT_RISK), settled).approval)).toMatchObject([{ at: 'sent' }]);
  });

  const sentAt = (since: number) =>
    withProgress(sent(), { at: 'sent', attempts: 1, doubts: 1, since, reads: 0, dueAt: since });

  test('is never sent again on the strength of a reading that failed', () => {
    expect(progressOf(movedOf(sent(), unseen('timeout'), settled).approval)).toMatchObject([
      { at: 'sent', reads: 1 },
    ]);
    expect(progressOf(movedOf(sent(), unseen('not-found'), settled).approval)).toMatchObject([
      { at: 'sent' },
    ]);
  });

  test('is unknown after half an hour', () => {
    const end = LATER + 30 * MINUTE;
    expect(progressOf(movedOf(sent(), unseen('timeout'), end - 1).approval)).toMatchObject([{ at: 'sent' }]);
    const { approval, entries } = movedOf(sent(), unseen('timeout'), end);
    expect(progressOf(approval)).toEqual([{ at: 'unknown', since: end }]);
    expect(entries).toMatchObject([{ kind: 'outcome', facts: { at: 'unknown' } }]);
    expect(progressOf(movedOf(sent(), seen(COMPROMISED), end).approval)).toMatchObject([{ at: 'done' }]);
  });
});

describe('the proof of a change', () => {
  const proving = { ...done, since: LATER, dueAt: LATER + SECOND };
  const accepted = () => withProgress(running(), proving);

  test.each([
    ['that it stands as wished', COMPROMISED],
    ['that a person decided otherwise since', SAFE],
  ])('is %s', (_what, risk) => {
    const { approval, entries } = movedOf(accepted(), seen(risk), LATER + SECOND);
    expect(progressOf(approval)).toEqual([{ ...done, since: LATER, now: risk }]);
    expect(entries).toMatchObject([
      { kind: 'proof', facts: { state: risk.state, detail: risk.detail, target: idOf(1), at: 'done' } },
    ]);
    expect(approval.edition).toBe(accepted().edition + 1);
  });

  test.each([
    ['is as it was', seen(AT_RISK)],
    ['cannot be read', unseen('timeout')],
  ])('is looked for again while the target %s', (_what, known) => {
    const now = LATER + SECOND;
    const { approval, entries } = movedOf(accepted(), known, now);
    expect(progressOf(approval)).toEqual([{ ...proving, reads: 1, dueAt: now + 2 * SECOND }]);
    expect(entries).toEqual([]);
    expect(approval.edition).toBe(accepted().edition);
  });

  test('is not looked for any more after a quarter of an hour', () => {
    const end = LATER + 15 * MINUTE;
    const next = (now: number) => progressOf(movedOf(accepted(), seen(AT_RISK), now).approval);
    expect(next(end - 2 * SECOND - 1)).toMatchObject([{ dueAt: end - 1 }]);
    expect(next(end - 2 * SECOND)).toEqual([{ ...done, since: LATER, reads: 1 }]);
  });

  test('takes no lease from anybody', () => {
    const { lease: _none, ...free } = accepted();
    const ended = { ...free, state: 'done' } as const;
    expect(movedOf(ended, seen(AT_RISK)).approval).not.toHaveProperty('lease');
  });
});

describe('a target', () => {
  test('is due from its time on, and never without one', () => {
    const [target] = approved().targets;
    expect(isDue({ ...target, progress: waiting }, NOW - 1)).toBe(false);
    expect(isDue({ ...target, progress: waiting }, NOW)).toBe(true);
    expect(isDue({ ...target, progress: done }, NOW)).toBe(false);
    expect(isDue({ ...target, progress: { at: 'unknown', since: NOW } }, LATER)).toBe(false);
  });

  test.each<Progress>([
    { at: 'failed', why: 'not-found' },
    { at: 'conflict', now: SAFE },
    { at: 'stopped', why: 'role' },
    { at: 'unknown', since: NOW },
  ])('that is $at is not judged any more, and is settled', (progress) => {
    expect(() => judged(withProgress(running(), progress), seen(AT_RISK))).toThrow('Nothing is left');
    expect(isSettled(progress)).toBe(true);
  });

  test('is not settled while it waits, or nobody knows', () => {
    expect([isSettled(waiting), isSettled({ ...waiting, at: 'sent', since: NOW, reads: 0 })]).toEqual([
      false,
      false,
    ]);
    expect(isSettled(done)).toBe(true);
  });

  test('that is due first is looked at first', () => {
    const early = { ...done, dueAt: NOW - 5 };
    expect(soonestIn([waiting, { at: 'unknown', since: 1 }, early, done])).toBe(NOW - 5);
    expect(soonestIn([done])).toBeUndefined();
    expect(soonestIn([])).toBeUndefined();
  });
});

describe('stopping', () => {
  const doubtful = { at: 'sent', attempts: 1, doubts: 1, since: LATER, reads: 0, dueAt: LATER } as const;

  test('gives up what was not sent; what was sent is still read back', () => {
    const approval = withProgress(running(3), doubtful, waiting, { ...done, dueAt: LATER });
    const { approval: stopped, entries } = stop(approval, 'role', { ...turn, now: LATER + 9 }, { step: 'x' });
    expect(progressOf(stopped)).toEqual([
      doubtful,
      { at: 'stopped', why: 'role' },
      { ...done, dueAt: LATER },
    ]);
    expect(stopped.lease).toEqual({ owner: 'here', until: LATER + 9 + LEASE_MS });
    expect(stopped.edition).toBe(approval.edition + 1);
    expect(entries).toMatchObject([
      { kind: 'outcome', at: LATER + 9, person: FLAGMAN, facts: { step: 'x', why: 'role' } },
    ]);
  });

  test('for a while puts off what was not sent, without a word', () => {
    const approval = withProgress(running(2), doubtful, { ...waiting, attempts: 1 });
    const { approval: later, entries } = putOff(approval, { ...turn, now: LATER + 9 });
    expect(progressOf(later)).toEqual([doubtful, { ...waiting, attempts: 2, dueAt: LATER + 9 + 4 * SECOND }]);
    expect(later.lease).toEqual({ owner: 'here', until: LATER + 9 + LEASE_MS });
    expect(later.edition).toBe(approval.edition);
    expect(entries).toEqual([]);
  });

  test('for a while is the end once its time is over', () => {
    const now = LATER + PERFORM_MS;
    const approval = withProgress(running(2), doubtful, waiting);
    const { approval: ended, entries } = putOff(approval, { ...turn, now });
    expect(progressOf(ended)).toEqual([doubtful, { at: 'failed', why: 'too-late' }]);
    expect(ended.edition).toBe(approval.edition + 1);
    expect(entries).toMatchObject([
      { kind: 'outcome', at: now, person: FLAGMAN, facts: { why: 'too-late' } },
    ]);
    expect(progressOf(putOff(approval, { ...turn, now: now - 1 }).approval)).toMatchObject([
      {},
      { at: 'waiting' },
    ]);
    const { performBy: _never, ...endless } = approval;
    expect(progressOf(putOff(endless, turn).approval)).toMatchObject([{}, { why: 'too-late' }]);
  });
});

describe('letting go', () => {
  const conflict = { at: 'conflict', now: SAFE } as const;
  const role = { at: 'stopped', why: 'role' } as const;
  const lower = { at: 'stopped', why: 'lower' } as const;
  const failed = { at: 'failed', why: 'not-found' } as const;
  const unknown = { at: 'unknown', since: NOW } as const;

  const ends: readonly [Approval['state'], ...Progress[]][] = [
    ['done', done, done],
    ['unknown', done, unknown],
    ['unknown', failed, unknown],
    ['conflict', conflict, conflict],
    ['conflict', done, conflict],
    ['failed', conflict, failed],
    ['failed', done, failed],
    ['failed', done, role],
    ['failed', failed, failed],
    ['failed', failed, lower],
    ['revoked', role, role],
    ['void', role, lower],
    ['void', lower, lower],
    ['failed', role, conflict],
    ['failed', lower, conflict],
  ];

  test.each(ends)('ends as %s', (state, one, other) => {
    const { approval, entries, notices } = release(
      withProgress(running(2), one ?? done, other ?? done),
      turn,
    );
    expect(approval.state).toBe(state);
    expect(approval).not.toHaveProperty('lease');
    expect(approval).not.toHaveProperty('dueAt');
    expect(entries).toMatchObject([{ kind: 'ended', at: LATER, person: FLAGMAN, state }]);
    expect(entries[0]?.facts).toEqual({});
    expect(notices).toEqual(outcomeIn('chat'));
    expect(approval.edition).toBe(running().edition + 1);
  });

  test.each([
    ['approved', waiting, done],
    ['running', { ...waiting, at: 'sent', since: NOW, reads: 0 }, waiting],
    ['running', done, { ...waiting, at: 'sent', since: NOW, reads: 0 }],
  ] as const)('goes on as %s while something is not settled', (state, one, other) => {
    const before = withProgress(running(2), one, other);
    const { approval, entries, notices } = release(before, turn);
    expect(approval).toMatchObject({ state, dueAt: NOW, edition: before.edition });
    expect(approval).not.toHaveProperty('lease');
    expect(entries).toMatchObject([{ kind: 'released', at: LATER, person: FLAGMAN }]);
    expect(notices).toEqual([]);
  });

  test('wakes for the first of its targets', () => {
    const before = withProgress(running(2), { ...waiting, dueAt: LATER + 5 }, { ...done, dueAt: LATER + 3 });
    expect(release(before, turn).approval.dueAt).toBe(LATER + 3);
  });
});

describe('resolving', () => {
  const unknown = { at: 'unknown', since: NOW } as const;
  const failed = { at: 'failed', why: 'not-found' } as const;
  const open = () => release(withProgress(running(2), unknown, done), turn).approval;
  const vote = { ...ballot, version: 4, at: LATER + MINUTE };

  test('says of what nobody can tell that it was done', () => {
    const moved = resolve(open(), vote, 'done');
    expect(moved?.approval.state).toBe('done');
    expect(moved && progressOf(moved.approval)).toEqual([
      { at: 'done', how: 'resolved', since: LATER + MINUTE, reads: 0 },
      done,
    ]);
    expect(moved?.entries).toMatchObject([
      { kind: 'resolved', at: LATER + MINUTE, person: BEN, state: 'done' },
    ]);
    expect(moved?.entries[0]?.facts).toEqual({ as: 'done', activity: 'press', role: 'admin' });
    expect(moved?.notices).toEqual(outcomeIn('chat'));
  });

  test('or that it failed', () => {
    const moved = resolve(open(), vote, 'failed');
    expect(moved?.approval.state).toBe('failed');
    expect(moved && progressOf(moved.approval)).toEqual([{ at: 'failed', why: 'resolved' }, done]);
    expect(moved?.entries[0]?.facts).toMatchObject({ as: 'failed' });
  });

  test('changes nothing else', () => {
    const other = release(withProgress(running(2), unknown, failed), turn).approval;
    const moved = resolve(other, { ...vote, version: other.version }, 'done');
    expect(moved && progressOf(moved.approval)).toMatchObject([{ how: 'resolved' }, failed]);
    expect(moved?.approval.state).toBe('failed');
  });

  test('counts for the version that was shown, and for nothing but what is unknown', () => {
    expect(resolve(open(), { ...vote, version: 3 }, 'done')).toBeUndefined();
    expect(resolve({ ...open(), state: 'failed' }, vote, 'done')).toBeUndefined();
    const { role: _none, ...plain } = vote;
    expect(resolve(open(), plain, 'done')?.entries[0]?.facts).not.toHaveProperty('role');
  });
});

test('what is carried out keeps the hash that was approved', () => {
  for (const approval of [approved(2), running(2), sent(2)]) {
    expect(approval.hash).toBe(pending(2).hash);
    expect(hashOf(approval)).toBe(approval.hash);
  }
});
