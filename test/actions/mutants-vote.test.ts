import { describe, expect, test } from '@jest/globals';
import { approve, reject, withdraw } from '../../src/actions/approval/decide.ts';
import type { Approval } from '../../src/actions/approval.ts';
import {
  ANA,
  BEN,
  ballot,
  LATER,
  movedIn,
  NOW,
  OUTCOME,
  PERFORM_MS,
  pending,
  progressOf,
  withProgress,
} from '../mutation/approvals.ts';

describe('a decision', () => {
  const four = { performMs: PERFORM_MS, mayBeOwn: false };
  const own = { ...ballot, by: ANA };
  const evidence = { activity: 'press', role: 'admin' };

  test('to approve says who, when, by which role, and until when it may be sent', () => {
    const { approval, entries, notices } = movedIn(approve(pending(2), ballot, four));
    const performBy = LATER + PERFORM_MS;
    expect(approval).toMatchObject({
      state: 'approved',
      version: 2,
      revision: 2,
      edition: 2,
      decided: { by: BEN, at: LATER, role: 'admin' },
      performBy,
      dueAt: LATER,
    });
    expect(approval.decided).not.toHaveProperty('reason');
    const fresh = { at: 'waiting', attempts: 0, doubts: 0, dueAt: LATER };
    expect(progressOf(approval)).toEqual([fresh, fresh]);
    expect(entries).toMatchObject([
      {
        kind: 'approved',
        at: LATER,
        person: BEN,
        state: 'approved',
        version: 2,
        facts: { ...evidence, performBy },
      },
    ]);
    expect(entries[0]?.users).toEqual([]);
    expect(entries[0]).not.toHaveProperty('reason');
    expect(notices).toEqual([]);
  });

  test('to reject says why, and tells where it was asked for', () => {
    const { approval, entries, notices } = movedIn(reject(pending(), ballot, 'travel confirmed'));
    expect(approval).toMatchObject({
      state: 'rejected',
      version: 2,
      decided: { by: BEN, at: LATER, role: 'admin', reason: 'travel confirmed' },
    });
    expect(approval).not.toHaveProperty('dueAt');
    expect(entries).toMatchObject([
      { kind: 'rejected', at: LATER, person: BEN, reason: 'travel confirmed', facts: evidence },
    ]);
    expect(notices).toEqual(OUTCOME);
  });

  test('to withdraw needs no role', () => {
    const { role: _none, ...plain } = own;
    const { approval, entries, notices } = movedIn(withdraw(pending(), plain));
    expect(approval).toMatchObject({ state: 'withdrawn', version: 2, decided: { by: ANA, at: LATER } });
    expect(approval.decided).not.toHaveProperty('role');
    expect(approval).not.toHaveProperty('dueAt');
    expect(entries).toMatchObject([{ kind: 'withdrawn', at: LATER, person: ANA }]);
    expect(entries[0]?.facts).toStrictEqual({ activity: 'press' });
    expect(notices).toEqual([]);
  });

  const votes = {
    approve: (approval: Approval, changed = {}) => approve(approval, { ...ballot, ...changed }, four),
    reject: (approval: Approval, changed = {}) => reject(approval, { ...ballot, ...changed }, 'no'),
    withdraw: (approval: Approval, changed = {}) => withdraw(approval, { ...own, ...changed }),
  } as const;

  test.each(Object.entries(votes))(
    'to %s counts for the version that was shown, before the end',
    (_verb, vote) => {
      const { expiresAt } = pending();
      expect(vote(pending(), { version: 0 })).toEqual({ ok: false, error: 'stale' });
      expect(vote(pending(), { version: 2 })).toEqual({ ok: false, error: 'stale' });
      expect(vote(pending(), { at: expiresAt })).toEqual({ ok: false, error: 'expired' });
      expect(vote(pending(), { at: expiresAt + 1, version: 0 })).toEqual({ ok: false, error: 'expired' });
      expect(vote(pending(), { at: expiresAt - 1 })).toMatchObject({ ok: true });
    },
  );

  test.each(Object.entries(votes))('to %s counts once', (_verb, vote) => {
    for (const won of Object.values(votes)) {
      const { approval } = movedIn(won(pending()));
      expect(vote(approval, { version: approval.version })).toEqual({ ok: false, error: 'decided' });
    }
  });

  test('is not for the requester, who only withdraws, and nobody else does that', () => {
    expect(approve(pending(), own, four)).toEqual({ ok: false, error: 'own-request' });
    expect(reject(pending(), own, 'no')).toEqual({ ok: false, error: 'own-request' });
    expect(withdraw(pending(), ballot)).toEqual({ ok: false, error: 'not-the-requester' });
  });

  test('about an own request is for a single approver', () => {
    const { approval } = movedIn(approve(pending(), own, { ...four, mayBeOwn: true }));
    expect(approval.decided?.by).toEqual(ANA);
  });
});

test('what is closed waits for the proof of what was done, and for nothing else', () => {
  const two = withProgress(
    pending(2),
    { at: 'waiting', attempts: 0, doubts: 0, dueAt: NOW },
    {
      at: 'done',
      how: 'accepted',
      since: NOW,
      reads: 0,
      dueAt: LATER + 1,
    },
  );
  expect(movedIn(reject(two, ballot, 'no')).approval.dueAt).toBe(LATER + 1);
});
