import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { targetAt } from '../../src/actions/approval/move.ts';
import { claim, intend, mayStillSend } from '../../src/actions/approval/perform.ts';
import { hashOf } from '../../src/actions/approval.ts';
import { FLAGMAN } from '../../src/entra/ledger-event.ts';
import {
  ACTION,
  approved,
  at,
  idOf,
  LATER,
  LEASE_MS,
  MINUTE,
  movedBy,
  PERFORM_MS,
  pending,
  progressOf,
  running,
  SECOND,
  sent,
  turn,
  waiting,
  withProgress,
} from '../mutation/approvals.ts';

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

  test('with everything that was not sent as it is', () => {
    const now = LATER + LEASE_MS;
    const targets = withProgress(sent(2), ...progressOf(sent(2)).slice(0, 1), waiting);
    const taken = movedBy(claim(targets, { ...turn, now }));
    expect(progressOf(taken)).toMatchObject([{ at: 'sent', since: now }, {}]);
    expect(progressOf(taken)[1]).toStrictEqual(waiting);
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

test('what is carried out keeps the hash that was approved', () => {
  for (const approval of [approved(2), running(2), sent(2)]) {
    expect(approval.hash).toBe(pending(2).hash);
    expect(hashOf(approval)).toBe(approval.hash);
  }
});
