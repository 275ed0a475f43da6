import type { ActionName } from '../../src/actions/action.ts';
import type { Target } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import { riskChange } from '../../src/entra/risk.ts';
import type { Committed, Happening, Inspected, Life, Posted } from './journal.ts';
import { about, happened, intentOf, type Problems, type Record, unless } from './record.ts';
import { SETTLE_MS } from './world.ts';

// The invariants about what reached the tenant, by its own count, numbered as in the threat model.

/** Nothing reaches Graph of which the ledger had said nothing before. */
export const intentFirst = (record: Record): Problems =>
  happened(record.journal, 'posted').flatMap(({ clientRequestId, recorded, effect }) => {
    const intent = intentOf(record, clientRequestId);
    return unless(
      intent !== undefined && intent.seq <= recorded,
      `I1: ${effect.signInId} was sent before its intent was on record`,
    );
  });

const postsOf = (record: Record, number: number, target: string): readonly Posted[] =>
  happened(record.journal, 'posted').filter(
    ({ clientRequestId, effect }) =>
      effect.signInId === target && intentOf(record, clientRequestId)?.approval === number,
  );

const isOurs = ({ progress }: Target): boolean =>
  progress.at === 'done' && (progress.how === 'accepted' || progress.how === 'read-back');

/** What was read back may have been sent for an earlier approval of the same. */
const isDoneByUs = ({ journal }: Record, action: ActionName, id: string): boolean =>
  happened(journal, 'posted').some(
    ({ isDone, effect }) => isDone && effect.signInId === id && effect.effect === action,
  );

/** What must be so after an effect that the log shows in time. */
const tellsEffect = ({ progress }: Target): boolean =>
  // A conflict: somebody decided otherwise before it was read back.
  progress.at === 'done' ||
  progress.at === 'conflict' ||
  progress.at === 'unknown' ||
  (progress.at === 'failed' && progress.why === 'resolved');

/** Done is what was done, once; and what was done once is told. */
export const doneOnce = (record: Record): Problems => {
  const { circumstances, isClockSteady } = record.world;
  // The settle window is what the log was trusted to take; a clock that jumps makes it any length.
  const isExact = isClockSteady && circumstances.lag <= SETTLE_MS;
  return record.table.flatMap(({ number, action, targets }) =>
    targets.flatMap((target) => {
      const { id } = target.signIn;
      const posts = postsOf(record, number, id);
      const effects = posts.filter(({ isDone }) => isDone);
      const doubtful = posts.filter(({ outcome }) => outcome === 'done' || outcome === 'ambiguous');
      const dones = about(record, number).filter(
        ({ facts, kind }) => kind === 'outcome' && facts.target === id && facts.at === 'done',
      );
      const name = `CR-${number} ${id.slice(-1)}`;
      return [
        ...unless(dones.length <= 1, `I5: ${name} was done ${dones.length} times`),
        ...unless(!isOurs(target) || isDoneByUs(record, action, id), `I5: ${name} was not done`),
        ...unless(!isExact || effects.length <= 1, `I5: ${name} was changed ${effects.length} times`),
        ...unless(!isExact || effects.length === 0 || tellsEffect(target), `I5: ${name} hides its effect`),
        ...unless(
          doubtful.length <= ACTIONS[action].repeats + 1,
          `I5: ${name} was sent ${doubtful.length} times`,
        ),
      ];
    }),
  );
};

/** A request is done when each of its targets is, and not before. */
export const doneAsAWhole = ({ table }: Record): Problems =>
  table.flatMap(({ number, state, targets }) =>
    unless(
      (state === 'done') === targets.every(({ progress }) => progress.at === 'done'),
      `I5: CR-${number} is ${state}, which its targets are not`,
    ),
  );

const isIntentOf =
  (id: string) =>
  (one: Happening): one is Committed =>
    one.what === 'committed' &&
    one.entries.some(({ kind, facts }) => kind === 'intent' && facts.target === id);

/** A change is repeated only after it was certainly not done, or was read back as not done. */
export const readBackBetween = ({ journal, table, world, ...record }: Record): Problems =>
  table.flatMap(({ number, targets, action }) =>
    targets.flatMap(({ signIn: { id } }) => {
      const steps = journal.filter(
        (one) =>
          (one.what === 'inspected' && one.target === id) ||
          (isIntentOf(id)(one) && one.approval.number === number) ||
          (one.what === 'posted' &&
            one.effect.signInId === id &&
            intentOf(record, one.clientRequestId)?.approval === number),
      );
      // Whose clock jumps may send late; the intents are in order even so.
      const sends = steps.flatMap((one, index) =>
        (world.isClockSteady ? one.what === 'posted' : isIntentOf(id)(one)) ? [index] : [],
      );
      return sends.slice(1).flatMap((at, index) => {
        const from = sends[index] ?? 0;
        const before = steps[from];
        const isUndone = before?.what === 'posted' && before.outcome === 'not-done';
        const isRead = steps
          .slice(from, at)
          .some(
            (one) =>
              one.what === 'inspected' && one.risk !== undefined && !ACTIONS[action].isWished(one.risk),
          );
        return unless(isUndone || isRead, `I11: CR-${number} repeated ${id.slice(-1)} blindly`);
      });
    }),
  );

/** What workers saw of a target that counts for an approval: before it was approved, and then whoever held it. */
const seenFor = (journal: readonly Happening[], number: number, id: string): readonly Inspected[] => {
  let holder: Life | undefined;
  let isApproved = false;
  return journal.flatMap((one): readonly Inspected[] => {
    if (one.what === 'committed' && one.approval.number === number) {
      if (one.entries.some(({ kind }) => kind === 'claimed')) holder = one.life;
      isApproved ||= one.approval.decided !== undefined;
    }
    const isSeen = one.what === 'inspected' && one.target === id && one.task === 'worker';
    return isSeen && (one.life === holder || !isApproved) ? [one] : [];
  });
};

/** A decision that a person made elsewhere, once it was seen, is never overridden. */
export const decisionsStand = ({ journal, table, ...record }: Record): Problems =>
  journal.flatMap((posted, index) => {
    if (posted.what !== 'posted') return [];
    const { signInId } = posted.effect;
    const number = intentOf(record, posted.clientRequestId)?.approval;
    const approval = table.find((one) => one.number === number);
    const target = approval?.targets.find(({ signIn }) => signIn.id === signInId);
    if (approval === undefined || target === undefined) return [];
    const asked = journal.findIndex((one) => one.what === 'committed' && one.approval.number === number);
    const seen = seenFor(journal.slice(asked, index), approval.number, signInId);
    return unless(
      seen.every(({ risk }) => !risk || riskChange(target.before, risk) !== 'decided'),
      `I12: CR-${number} was sent over a decision that had been seen`,
    );
  });

/** Each owner has a fence of its own, and writes under no other. */
export const fencesHold = ({ journal, table }: Record): Problems =>
  table.flatMap(({ number }) => {
    const mine = happened(journal, 'committed').filter(({ approval }) => approval.number === number);
    let holder: Committed | undefined;
    return mine.flatMap((one) => {
      const isClaim = one.entries.some(({ kind }) => kind === 'claimed');
      const fence = holder?.approval.fence ?? 0;
      if (isClaim) {
        holder = one;
        return unless(one.approval.fence > fence, `I10: CR-${number} was claimed twice under ${fence}`);
      }
      const isHeld = one.approval.lease !== undefined;
      return unless(
        !isHeld || (one.life === holder?.life && one.approval.fence === fence),
        `I10: CR-${number} was written under an old fence`,
      );
    });
  });
