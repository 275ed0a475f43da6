import { FLAGMAN } from '../../entra/ledger-event.ts';
import { type Risk, riskChange } from '../../entra/risk.ts';
import type { Approval, Moved } from '../approval.ts';
import { eachTarget, move, moveQuietly, outcome } from './move.ts';

/** How often the facts of a pending approval are read again, in milliseconds. */
export const LOOK_EVERY_MS = 60_000;

/** Puts off the next look at a pending approval: there is nothing new, or the facts could not be read now. */
export const lookLater = (approval: Approval, now: number): Moved =>
  moveQuietly(approval, { lookAt: now + LOOK_EVERY_MS });

/**
 * What new facts do to a pending approval: a decision that a person made elsewhere voids it, a lower risk asks for a
 * new press, a higher one is said on the card. `risks` has one for each target, in their order.
 */
export const look = (approval: Approval, risks: readonly Risk[], now: number): Moved | undefined => {
  if (approval.state !== 'pending') return undefined;
  const changes = approval.targets.map(({ before }, index) => riskChange(before, risks[index] ?? before));
  const change = { by: FLAGMAN, at: now };
  if (changes.includes('decided')) {
    const targets = eachTarget(approval, (target, index) =>
      changes[index] === 'decided'
        ? { ...target, progress: { at: 'conflict', now: risks[index] ?? target.before } }
        : target,
    );
    const facts = { why: 'decided-elsewhere' };
    return move(
      approval,
      { state: 'void', targets },
      { ...change, kind: 'voided', facts, notices: outcome(approval) },
    );
  }
  const targets = eachTarget(approval, (target, index) => {
    const risk = risks[index] ?? target.before;
    if (changes[index] === 'lower') return { ...target, before: risk };
    return changes[index] === 'risen' ? { ...target, risen: risk } : target;
  });
  if (JSON.stringify(targets) === JSON.stringify(approval.targets)) return lookLater(approval, now);
  return move(
    approval,
    { targets, lookAt: now + LOOK_EVERY_MS },
    { ...change, kind: 'facts', factsChanged: changes.includes('lower'), facts: { changes } },
  );
};
