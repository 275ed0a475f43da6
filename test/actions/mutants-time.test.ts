import { describe, expect, test } from '@jest/globals';
import { pass, voidAsEdited } from '../../src/actions/approval/decide.ts';
import { LOOK_EVERY_MS, look, lookLater } from '../../src/actions/approval/look.ts';
import { hashOf } from '../../src/actions/approval.ts';
import { FLAGMAN } from '../../src/entra/ledger-event.ts';
import {
  AT_RISK,
  approved,
  COMPROMISED,
  LATER,
  MINUTE,
  movedBy,
  NOW,
  OUTCOME,
  pending,
  SAFE,
} from '../mutation/approvals.ts';

describe('time', () => {
  test('ends what nobody decided, and says so', () => {
    const { expiresAt } = pending();
    for (const now of [expiresAt, expiresAt + 1]) {
      const moved = pass(pending(), now);
      expect(moved?.approval).toMatchObject({ state: 'expired', version: 2 });
      expect(moved?.entries).toMatchObject([{ kind: 'expired', at: now, person: FLAGMAN }]);
      expect(moved?.notices).toEqual(OUTCOME);
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
    expect(notices).toEqual(OUTCOME);
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
    expect(notices).toEqual(OUTCOME);
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
