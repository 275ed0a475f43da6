import { describe, expect, test } from '@jest/globals';
import { moveOn } from '../../src/actions/approval/move.ts';
import { endAsEdited, release, resolve } from '../../src/actions/approval/perform.ts';
import type { Progress } from '../../src/actions/approval/progress.ts';
import type { Approval } from '../../src/actions/approval.ts';
import { FLAGMAN } from '../../src/entra/ledger-event.ts';
import {
  approved,
  BEN,
  ballot,
  done,
  LATER,
  MINUTE,
  NOW,
  OUTCOME,
  progressOf,
  running,
  SAFE,
  turn,
  waiting,
  withProgress,
} from '../mutation/approvals.ts';

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
    expect(notices).toEqual(OUTCOME);
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

describe('a row that somebody edited', () => {
  const doubtful = { ...waiting, at: 'sent', since: NOW, reads: 0 } as const;
  const now = LATER + MINUTE;

  test('is let go of at once: once it was claimed, nobody knows what of it was sent', () => {
    const { approval, entries, notices } = endAsEdited(
      withProgress(running(3), waiting, doubtful, done),
      now,
    );
    expect(progressOf(approval)).toEqual([
      { at: 'unknown', since: now },
      { at: 'unknown', since: now },
      { at: 'unknown', since: now },
    ]);
    expect(approval).toMatchObject({ state: 'unknown', revision: running().revision + 1 });
    expect(approval).not.toHaveProperty('lease');
    expect(entries).toMatchObject([
      { kind: 'outcome', at: now, person: FLAGMAN, state: 'running', facts: { why: 'edited' } },
      { kind: 'ended', at: now, person: FLAGMAN, state: 'unknown' },
    ]);
    expect(notices).toEqual(OUTCOME);
  });

  test('is void where nobody had claimed it, so that nothing was sent', () => {
    const { approval } = endAsEdited(approved(2), now);
    expect(approval.state).toBe('void');
    expect(progressOf(approval)).toEqual([
      { at: 'stopped', why: 'edited' },
      { at: 'stopped', why: 'edited' },
    ]);
  });

  test('says everything that two changes in one say', () => {
    const word = [{ kind: 'reminder', conversationId: 'chat' }] as const;
    const first = { approval: approved(), entries: [], notices: word };
    const both = moveOn(first, (approval) => endAsEdited(approval, now));
    expect(both.notices).toEqual([...word, ...OUTCOME]);
    expect(both.approval.revision).toBe(approved().revision);
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
    expect(moved?.notices).toEqual(OUTCOME);
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
