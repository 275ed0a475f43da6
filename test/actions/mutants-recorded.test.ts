import { describe, expect, test } from '@jest/globals';
import { reject } from '../../src/actions/approval/decide.ts';
import { type Approval, isAsRecorded, isOpen } from '../../src/actions/approval.ts';
import type { Evidence } from '../../src/entra/ledger-event.ts';
import { ANA, approved, BEN, ballot, movedIn, NOW, pending, running } from '../mutation/approvals.ts';

describe('an approval is as recorded', () => {
  const evidenceOf = (approval: Approval): Evidence => ({
    requesterId: approval.requester.id,
    hash: approval.hash,
    state: approval.state,
    version: approval.version,
    expiresAt: approval.expiresAt,
    document: JSON.stringify(approval),
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
    ['newer row', { revision: 99 }],
    ['sealed text', { document: '{}' }],
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
    const rejected = movedIn(reject(pending(), ballot, 'no')).approval;
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
