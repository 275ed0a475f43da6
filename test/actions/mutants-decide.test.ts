import { describe, expect, test } from '@jest/globals';
import {
  approve,
  pass,
  reject,
  request,
  type VoteProblem,
  voidAsEdited,
  withdraw,
} from '../../src/actions/approval/decide.ts';
import { LOOK_EVERY_MS, look, lookLater } from '../../src/actions/approval/look.ts';
import { targetAt } from '../../src/actions/approval/move.ts';
import {
  type Approval,
  hashOf,
  isAsRecorded,
  isOpen,
  type Moved,
  type Target,
} from '../../src/actions/approval.ts';
import { type Evidence, FLAGMAN } from '../../src/entra/ledger-event.ts';
import type { Result } from '../../src/lib/result.ts';
import {
  ANA,
  AT_RISK,
  approved,
  asked,
  BEN,
  ballot,
  COMPROMISED,
  idOf,
  LATER,
  MINUTE,
  movedBy,
  NOW,
  PERFORM_MS,
  pending,
  progressOf,
  running,
  SAFE,
  signIn,
  withProgress,
} from '../mutation/approvals.ts';

const value = (result: Result<Moved, VoteProblem>): Moved => {
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

const outcomeIn = (conversationId: string) => [{ kind: 'outcome', conversationId }];

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

describe('an approval is as recorded', () => {
  const evidenceOf = (approval: Approval): Evidence => ({
    requesterId: approval.requester.id,
    hash: approval.hash,
    state: approval.state,
    version: approval.version,
    expiresAt: approval.expiresAt,
    ...(approval.performBy !== undefined && { performBy: approval.performBy }),
    ...(approval.decided && { approved: { personId: approval.decided.by.id, version: 1 } }),
  });
  const LIVES = { pending, approved, running } as const;
  const lives = Object.entries(LIVES);

  test.each(lives)('when the ledger says the same of it: %s', (_state, make) => {
    const approval = make();
    expect(isAsRecorded(approval, evidenceOf(approval))).toBe(true);
  });

  test.each(lives)('never when the ledger says nothing: %s', (_state, make) => {
    const approval = make();
    expect(isAsRecorded(approval, undefined)).toBe(false);
  });

  const edits: readonly [string, Partial<Evidence>][] = [
    ['hash', { hash: 'other' }],
    ['requester', { requesterId: BEN.id }],
    ['state', { state: 'rejected' }],
    ['version', { version: 7 }],
    ['end', { expiresAt: NOW }],
    ['time to perform', { performBy: NOW }],
  ];
  test.each(lives.flatMap(([state, make]) => edits.map((edit) => [state, make, ...edit] as const)))(
    'not when a %s one has another %#',
    (_state, make, _what, edit) => {
      const approval = make();
      expect(isAsRecorded(approval, { ...evidenceOf(approval), ...edit })).toBe(false);
    },
  );

  test.each(lives)('not when its facts are others than its hash says: %s', (_state, make) => {
    const edited = { ...make(), reason: 'edited' };
    expect(isAsRecorded(edited, evidenceOf(edited))).toBe(false);
  });

  test.each(['approved', 'running'] as const)('not when somebody else approved what is %s', (state) => {
    const approval = LIVES[state]();
    const evidence = evidenceOf(approval);
    expect(isAsRecorded(approval, { ...evidence, approved: { personId: ANA.id, version: 1 } })).toBe(false);
    const { approved: _nobody, ...unapproved } = evidence;
    expect(isAsRecorded(approval, unapproved)).toBe(false);
    const { decided: _removed, ...undecided } = approval;
    expect(isAsRecorded(undecided, evidence)).toBe(false);
  });

  test('whoever rejected it: only approvers are recorded', () => {
    const rejected = value(reject(pending(), ballot, 'no')).approval;
    const { approved: _nobody, ...unapproved } = evidenceOf(rejected);
    expect(isAsRecorded(rejected, unapproved)).toBe(true);
  });
});

describe('an approval is open', () => {
  test.each(['pending', 'approved', 'running', 'unknown'] as const)('while it is %s', (state) => {
    expect(isOpen({ state })).toBe(true);
  });

  test.each(['rejected', 'expired', 'withdrawn', 'void', 'revoked', 'done', 'failed', 'conflict'] as const)(
    'and never again once it is %s',
    (state) => {
      expect(isOpen({ state })).toBe(false);
    },
  );
});

describe('a decision', () => {
  const four = { performMs: PERFORM_MS, mayBeOwn: false };
  const own = { ...ballot, by: ANA };
  const evidence = { activity: 'press', role: 'admin' };

  test('to approve says who, when, by which role, and until when it may be sent', () => {
    const { approval, entries, notices } = value(approve(pending(2), ballot, four));
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
    const { approval, entries, notices } = value(reject(pending(), ballot, 'travel confirmed'));
    expect(approval).toMatchObject({
      state: 'rejected',
      version: 2,
      decided: { by: BEN, at: LATER, role: 'admin', reason: 'travel confirmed' },
    });
    expect(approval).not.toHaveProperty('dueAt');
    expect(entries).toMatchObject([
      { kind: 'rejected', at: LATER, person: BEN, reason: 'travel confirmed', facts: evidence },
    ]);
    expect(notices).toEqual(outcomeIn('chat'));
  });

  test('to withdraw needs no role', () => {
    const { role: _none, ...plain } = own;
    const { approval, entries, notices } = value(withdraw(pending(), plain));
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
      const { approval } = value(won(pending()));
      expect(vote(approval, { version: approval.version })).toEqual({ ok: false, error: 'decided' });
    }
  });

  test('is not for the requester, who only withdraws, and nobody else does that', () => {
    expect(approve(pending(), own, four)).toEqual({ ok: false, error: 'own-request' });
    expect(reject(pending(), own, 'no')).toEqual({ ok: false, error: 'own-request' });
    expect(withdraw(pending(), ballot)).toEqual({ ok: false, error: 'not-the-requester' });
  });

  test('about an own request is for a single approver', () => {
    const { approval } = value(approve(pending(), own, { ...four, mayBeOwn: true }));
    expect(approval.decided?.by).toEqual(ANA);
  });
});

describe('time', () => {
  test('ends what nobody decided, and says so', () => {
    const { expiresAt } = pending();
    for (const now of [expiresAt, expiresAt + 1]) {
      const moved = pass(pending(), now);
      expect(moved?.approval).toMatchObject({ state: 'expired', version: 2 });
      expect(moved?.entries).toMatchObject([{ kind: 'expired', at: now, person: FLAGMAN }]);
      expect(moved?.notices).toEqual(outcomeIn('chat'));
    }
  });

  test('reminds once, where it is waited for', () => {
    const approval = pending();
    const remindAt = approval.remindAt ?? 0;
    expect(pass(approval, remindAt - 1)).toBeUndefined();
    const moved = pass(approval, remindAt);
    expect(moved?.notices).toEqual([{ kind: 'reminder', conversationId: 'chat' }]);
    expect(moved?.entries).toMatchObject([
      { kind: 'facts', at: remindAt, person: FLAGMAN, facts: { reminded: 1 } },
    ]);
    expect(moved?.approval).toMatchObject({ version: 1, edition: 1, revision: 2 });
    expect(moved?.approval).not.toHaveProperty('remindAt');
    expect(pass(movedBy(moved), remindAt + 1)).toBeUndefined();
    const elsewhere = pass(pending(1, { alsoIn: 'on-call' }), remindAt);
    expect(elsewhere?.notices).toEqual([{ kind: 'reminder', conversationId: 'on-call' }]);
  });

  test('does nothing to what was decided', () => {
    expect(pass(approved(), NOW + 90 * MINUTE)).toBeUndefined();
  });

  test('is not waited for when the store holds something else than the ledger', () => {
    const { approval, entries, notices } = voidAsEdited(pending(), LATER);
    expect(approval).toMatchObject({ state: 'void', version: 2 });
    expect(approval).not.toHaveProperty('dueAt');
    expect(entries).toMatchObject([{ kind: 'voided', at: LATER, person: FLAGMAN, facts: { why: 'edited' } }]);
    expect(notices).toEqual(outcomeIn('chat'));
  });
});

describe('a look at the facts of a pending approval', () => {
  const high = { ...AT_RISK, level: 'high' };
  const low = { ...AT_RISK, level: 'low' };

  test('that shows nothing new is nobody’s business', () => {
    const moved = look(pending(2), [AT_RISK, AT_RISK], LATER);
    expect(moved).toMatchObject({ entries: [], notices: [] });
    expect(moved?.approval).toMatchObject({
      version: 1,
      edition: 1,
      revision: 2,
      lookAt: LATER + LOOK_EVERY_MS,
      dueAt: LATER + LOOK_EVERY_MS,
    });
  });

  test('a decision that a person made elsewhere voids it', () => {
    const moved = look(pending(2), [AT_RISK, SAFE], LATER);
    const { approval, entries, notices } = moved ?? {};
    expect(approval).toMatchObject({ state: 'void', version: 2 });
    expect(approval?.targets).toMatchObject([
      { before: AT_RISK, progress: { at: 'waiting' } },
      { before: AT_RISK, progress: { at: 'conflict', now: SAFE } },
    ]);
    expect(entries).toMatchObject([
      { kind: 'voided', at: LATER, person: FLAGMAN, facts: { why: 'decided-elsewhere' } },
    ]);
    expect(notices).toEqual(outcomeIn('chat'));
  });

  test('that shows a lower risk asks for a new press', () => {
    const moved = look(pending(2), [AT_RISK, low], LATER);
    const { approval, entries, notices } = moved ?? {};
    expect(approval).toMatchObject({
      state: 'pending',
      version: 2,
      edition: 2,
      lookAt: LATER + LOOK_EVERY_MS,
    });
    expect(approval?.targets.map(({ before }) => before)).toEqual([AT_RISK, low]);
    expect(approval && hashOf(approval)).toBe(approval?.hash);
    expect(entries).toMatchObject([
      { kind: 'facts', at: LATER, person: FLAGMAN, version: 2, facts: { changes: ['same', 'lower'] } },
    ]);
    expect(notices).toEqual([]);
  });

  test('that shows a state which calmed down binds the decision to it', () => {
    const calm = { ...AT_RISK, state: 'none' };
    const approval = movedBy(look(pending(), [calm], LATER));
    expect(approval.hash).not.toBe(pending().hash);
    expect(approval.hash).toBe(hashOf(approval));
  });

  test('that shows a higher risk is said on the card, and voids nothing', () => {
    const moved = look(pending(2), [high, AT_RISK], LATER);
    expect(moved?.approval).toMatchObject({ state: 'pending', version: 1, edition: 2 });
    expect(moved?.approval.targets.map(({ before, risen }) => [before, risen])).toEqual([
      [AT_RISK, high],
      [AT_RISK, undefined],
    ]);
    expect(moved?.entries).toMatchObject([
      { kind: 'facts', version: 1, facts: { changes: ['risen', 'same'] } },
    ]);
    const again = look(movedBy(moved), [high, AT_RISK], LATER);
    expect(again?.entries).toEqual([]);
    expect(again?.approval.edition).toBe(2);
  });

  test('is not taken at what was decided', () => {
    expect(look(approved(), [COMPROMISED], LATER)).toBeUndefined();
  });

  test('takes a target of which nothing was read as it was', () => {
    const approval = movedBy(look(pending(2), [high], LATER));
    expect(approval.targets.map(({ before, risen }) => [before, risen])).toEqual([
      [AT_RISK, high],
      [AT_RISK, undefined],
    ]);
  });

  test('is put off when the facts cannot be read', () => {
    const { approval, entries, notices } = lookLater(pending(), LATER);
    expect(approval).toMatchObject({ version: 1, edition: 1, revision: 2, lookAt: LATER + LOOK_EVERY_MS });
    expect([entries, notices]).toEqual([[], []]);
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
  expect(value(reject(two, ballot, 'no')).approval.dueAt).toBe(LATER + 1);
});
