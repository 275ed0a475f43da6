import { describe, expect, test } from '@jest/globals';
import { pauseAfter } from '../../src/actions/approval/step.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import {
  ACTION,
  AT_RISK,
  COMPROMISED,
  done,
  idOf,
  LATER,
  LEASE_MS,
  MINUTE,
  PERFORM_MS,
  progressOf,
  running,
  SAFE,
  SECOND,
  SETTLE_MS,
  sent,
  waiting,
  withProgress,
} from '../mutation/approvals.ts';
import { judged, movedOf, seen, unseen } from '../mutation/judging.ts';

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
