import { describe, expect, test } from '@jest/globals';
import { judge } from '../../src/actions/approval/judge.ts';
import { answered, claim } from '../../src/actions/approval/perform.ts';
import type { Approval } from '../../src/actions/approval.ts';
import {
  ACTION,
  AT_RISK,
  LATER,
  LEASE_MS,
  movedBy,
  progressOf,
  SECOND,
  SETTLE_MS,
  sent,
  turn,
} from '../mutation/approvals.ts';

/** What becomes of what was sent when it is read back as not done. */
const readBack = (approval: Approval, now: number) => {
  const known = { known: true, risk: AT_RISK } as const;
  const verdict = judge(approval, ACTION, { index: 0, turn: { ...turn, now } }, known, SETTLE_MS);
  return verdict.do === 'move' ? verdict.moved.approval.targets[0].progress.at : verdict.do;
};

const takenOver = (now = LATER + LEASE_MS): Approval =>
  movedBy(claim(sent(), { ...turn, owner: 'there', now }));

describe('the log has its time to show a change', () => {
  test('from the end of the lease on, where whoever sent it is gone: until then it may have been done', () => {
    const ended = LATER + LEASE_MS;
    expect(progressOf(takenOver(ended + SECOND))).toMatchObject([{ at: 'sent', since: ended }]);
    expect(readBack(takenOver(), ended + SETTLE_MS - 1)).toBe('sent');
    expect(readBack(takenOver(), ended + SETTLE_MS)).toBe('waiting');
  });

  test('from the answer on, where that told nothing: the change may have been the last thing that was done', () => {
    const heard = LATER + 10 * SECOND;
    const step = { index: 0, turn: { ...turn, now: heard } };
    const { approval } = answered(sent(), step, { outcome: 'ambiguous', problem: { kind: 'timeout' } });
    expect(readBack(approval, heard + SETTLE_MS - 1)).toBe('sent');
    expect(readBack(approval, heard + SETTLE_MS)).toBe('waiting');
  });

  test('from when it was let go of by whoever sent it: nothing was under way then', () => {
    const { lease: _lease, ...free } = sent();
    expect(progressOf(movedBy(claim({ ...free, dueAt: LATER }, turn)))).toEqual(progressOf(sent()));
  });
});
