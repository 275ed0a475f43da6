import { describe, expect, test } from '@jest/globals';
import { answered, putOff, stop } from '../../src/actions/approval/perform.ts';
import type { GraphProblem } from '../../src/entra/graph-problem.ts';
import { FLAGMAN } from '../../src/entra/ledger-event.ts';
import {
  AT_RISK,
  at,
  done,
  idOf,
  LATER,
  LEASE_MS,
  PERFORM_MS,
  progressOf,
  running,
  SECOND,
  sent,
  turn,
  waiting,
  withProgress,
} from '../mutation/approvals.ts';
import { judged, seen } from '../mutation/judging.ts';

describe('the answer to a change', () => {
  const problem: GraphProblem = { kind: 'throttled', status: 429, requestId: 'graph-1' };
  const now = LATER + 2 * SECOND;

  test('2xx is done, and the proof is looked for', () => {
    const { approval, entries } = answered(sent(), at(now), { outcome: 'done' });
    expect(progressOf(approval)).toEqual([{ ...done, since: now, dueAt: now + SECOND }]);
    expect(approval.edition).toBe(sent().edition + 1);
    expect(entries).toMatchObject([{ kind: 'outcome', at: now, person: FLAGMAN }]);
    expect(entries[0]?.facts).toStrictEqual({ outcome: 'done', target: idOf(1), at: 'done' });
  });

  test('a refusal is final', () => {
    const { approval, entries } = answered(sent(), at(now), {
      outcome: 'refused',
      problem: { kind: 'not-risky' },
    });
    expect(progressOf(approval)).toEqual([{ at: 'failed', why: 'not-risky' }]);
    expect(approval.edition).toBe(sent().edition + 1);
    expect(entries[0]?.facts).toStrictEqual({
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
    expect(entries[0]?.facts).toStrictEqual({
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
