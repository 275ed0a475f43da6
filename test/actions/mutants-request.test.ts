import { describe, expect, test } from '@jest/globals';
import { request } from '../../src/actions/approval/decide.ts';
import { LOOK_EVERY_MS } from '../../src/actions/approval/look.ts';
import { targetAt } from '../../src/actions/approval/move.ts';
import { type Approval, hashOf, type Target } from '../../src/actions/approval.ts';
import { ANA, AT_RISK, asked, BEN, idOf, MINUTE, NOW, pending, signIn } from '../mutation/approvals.ts';

describe('a request', () => {
  test('is a pending approval in its first version, and stands in the ledger', () => {
    const moved = request({ ...asked, signIns: [signIn(2), signIn(1)] });
    const { targets, hash, ...rest } = moved.approval;
    expect(rest).toEqual({
      number: 1001,
      version: 1,
      revision: 1,
      edition: 1,
      state: 'pending',
      action: 'confirm-sign-in-compromised',
      reason: 'user denies travel',
      requester: ANA,
      conversationId: 'chat',
      createdAt: NOW,
      expiresAt: NOW + 30 * MINUTE,
      remindAt: NOW + 25 * MINUTE,
      lookAt: NOW + LOOK_EVERY_MS,
      fence: 0,
      dueAt: NOW + LOOK_EVERY_MS,
    });
    expect(targets).toEqual(
      [1, 2].map((n) => ({
        signIn: signIn(n),
        before: AT_RISK,
        progress: { at: 'waiting', attempts: 0, doubts: 0, dueAt: NOW },
      })),
    );
    expect(hash).toBe(hashOf(moved.approval));
    expect(moved.notices).toEqual([{ kind: 'card', conversationId: 'chat' }]);
    expect(moved.entries).toEqual([
      {
        kind: 'requested',
        at: NOW,
        person: ANA,
        approval: 1001,
        state: 'pending',
        version: 1,
        hash,
        facts: {
          action: 'confirm-sign-in-compromised',
          targets: [idOf(1), idOf(2)],
          expiresAt: NOW + 30 * MINUTE,
        },
        users: ['kim@contoso.com'],
        reason: 'user denies travel',
      },
    ]);
  });

  test.each([[[3, 1, 2]], [[1, 3, 2]], [[2, 3, 1]]])(
    'has its targets sorted, not as they came: %j',
    (order) => {
      const [first = 1, ...others] = order;
      const { approval } = request({ ...asked, signIns: [signIn(first), ...others.map(signIn)] });
      expect(approval.targets.map(({ signIn: { id } }) => id)).toEqual([idOf(1), idOf(2), idOf(3)]);
    },
  );

  test('is about each user once, by the id where there is no name', () => {
    const nameless = { ...signIn(3), userPrincipalName: '', userId: 'Id-3' };
    const [entry] = request({ ...asked, signIns: [signIn(1), signIn(2), nameless] }).entries;
    expect(entry?.users).toEqual(['kim@contoso.com', 'id-3']);
  });

  test('is posted in the configured conversation too, and once where both are one', () => {
    const moved = request({ ...asked, alsoIn: 'on-call' });
    expect(moved.approval.alsoIn).toBe('on-call');
    expect(moved.notices).toEqual([
      { kind: 'card', conversationId: 'chat' },
      { kind: 'card', conversationId: 'on-call' },
    ]);
    expect(request({ ...asked, alsoIn: 'chat' }).notices).toHaveLength(1);
    expect(request(asked).approval).not.toHaveProperty('alsoIn');
  });

  test.each([0, 30 * MINUTE, 31 * MINUTE])(
    'that lives 30 minutes is not reminded of %d ms before its end',
    (reminderMs) => {
      expect(request({ ...asked, reminderMs }).approval).not.toHaveProperty('remindAt');
    },
  );

  test('lies until the first of its times: reminder, look, end', () => {
    const dueAt = (lifeMs: number, reminderMs: number) =>
      request({ ...asked, lifeMs, reminderMs }).approval.dueAt;
    expect(dueAt(LOOK_EVERY_MS / 2, 0)).toBe(NOW + LOOK_EVERY_MS / 2);
    expect(dueAt(LOOK_EVERY_MS / 2, LOOK_EVERY_MS / 4)).toBe(NOW + LOOK_EVERY_MS / 4);
    expect(dueAt(2 * LOOK_EVERY_MS, 0)).toBe(NOW + LOOK_EVERY_MS);
  });
});

describe('what was asked for, as a hash', () => {
  const changes: readonly (readonly [
    what: string,
    change: (one: Target, other: Target) => Partial<Approval>,
  ])[] = [
    ['the action', () => ({ action: 'dismiss-sign-in-risk' })],
    ['the reason', () => ({ reason: 'another' })],
    ['the requester', () => ({ requester: BEN })],
    ['a target', (first) => ({ targets: [first] })],
    [
      'the user of a target',
      (first, second) => ({ targets: [{ ...first, signIn: { ...first.signIn, userId: 'x' } }, second] }),
    ],
    [
      'the id of a target',
      (first, second) => ({ targets: [{ ...first, signIn: { ...first.signIn, id: idOf(9) } }, second] }),
    ],
    [
      'a state',
      (first, second) => ({ targets: [{ ...first, before: { ...AT_RISK, state: 'none' } }, second] }),
    ],
    [
      'a detail',
      (first, second) => ({ targets: [{ ...first, before: { ...AT_RISK, detail: 'hidden' } }, second] }),
    ],
  ];
  test.each(changes)('is another one with another: %s', (_what, change) => {
    const base = pending(2);
    const changed = { ...base, ...change(targetAt(base, 0), targetAt(base, 1)) };
    expect(hashOf(changed)).not.toBe(hashOf(base));
    expect(hashOf(changed)).toMatch(/^[\w+/]{43}=$/);
  });

  test('is the same when a name or a level changes', () => {
    const base = pending();
    const [target] = base.targets;
    expect(hashOf({ ...base, requester: { ...ANA, name: 'Anna' } })).toBe(hashOf(base));
    expect(hashOf({ ...base, targets: [{ ...target, before: { ...AT_RISK, level: 'low' } }] })).toBe(
      hashOf(base),
    );
  });
});
