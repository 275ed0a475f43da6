import { describe, expect, test } from '@jest/globals';
import { isDue } from '../../src/actions/approval/judge.ts';
import { isSettled, type Progress, soonestIn } from '../../src/actions/approval/progress.ts';
import {
  AT_RISK,
  approved,
  COMPROMISED,
  done,
  idOf,
  LATER,
  MINUTE,
  NOW,
  progressOf,
  running,
  SAFE,
  SECOND,
  waiting,
  withProgress,
} from '../mutation/approvals.ts';
import { judged, movedOf, seen, unseen } from '../mutation/judging.ts';

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

  test('is said not to have shown when it is given up, on the card and in the ledger', () => {
    const { approval, entries } = movedOf(accepted(), seen(AT_RISK), LATER + 15 * MINUTE);
    expect(approval.edition).toBe(accepted().edition + 1);
    expect(entries).toMatchObject([{ kind: 'proof', facts: { why: 'not-shown', target: idOf(1) } }]);
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
