import type { Actor, ChangeEvent, ChangeKind } from '../../entra/ledger-event.ts';
import { type Approval, hashOf, type Moved, type Notice, type Target } from '../approval.ts';
import { soonestIn } from './progress.ts';

const dueOf = (approval: Approval): number | undefined => {
  const { state, lease, targets, remindAt, expiresAt, lookAt } = approval;
  if (state === 'pending') return Math.min(expiresAt, lookAt, remindAt ?? expiresAt);
  // It is held only while it is carried out.
  if (lease) return lease.until;
  const isPerformed = state === 'approved' || state === 'running';
  // What is closed may still wait for its proof, and for nothing else.
  return soonestIn(targets.map(({ progress }) => progress).filter(({ at }) => isPerformed || at === 'done'));
};

const usersOf = ({ targets }: Pick<Approval, 'targets'>): readonly string[] => [
  ...new Set(targets.map(({ signIn }) => (signIn.userPrincipalName || signIn.userId).toLowerCase())),
];

type Next = Partial<Omit<Approval, 'revision' | 'version' | 'edition' | 'dueAt'>>;

/** What a change means to those who see the approval. */
interface Weight {
  /** The card stays as it is. */
  readonly unseen?: boolean;
  /** The hashed facts changed, though not the state. */
  readonly factsChanged?: boolean;
}

/** How an approval changes, and by whom. */
export interface Change extends Weight {
  readonly kind: ChangeKind;
  readonly by: Actor;
  readonly at: number;
  readonly facts?: ChangeEvent['facts'];
  readonly reason?: string;
  readonly notices?: readonly Notice[];
}

const advance = (
  before: Approval,
  next: Next,
  { unseen = false, factsChanged = false }: Weight,
): Approval => {
  const merged = { ...before, ...next };
  const isNewVersion = merged.state !== before.state || factsChanged;
  const { dueAt: _before, ...rest } = merged;
  const hash = factsChanged ? hashOf(merged) : before.hash;
  const dueAt = dueOf(rest);
  return {
    ...rest,
    hash,
    revision: before.revision + 1,
    version: before.version + (isNewVersion ? 1 : 0),
    edition: before.edition + (unseen ? 0 : 1),
    ...(dueAt !== undefined && { dueAt }),
  };
};

/** Makes a change of which nobody needs to know: nothing is written about it, and the card stays as it is. */
export const moveQuietly = (before: Approval, next: Next): Moved => ({
  approval: advance(before, next, { unseen: true }),
  entries: [],
  notices: [],
});

/** Makes the change: numbers, due time, and the entry that is written with it. */
export const move = (before: Approval, next: Next, change: Change): Moved => {
  const { kind, by, at, facts = {}, reason, notices = [] } = change;
  const approval = advance(before, next, change);
  const { number, state, version, hash } = approval;
  const entry: ChangeEvent = {
    kind,
    at,
    person: by,
    approval: number,
    state,
    version,
    hash,
    facts,
    users: kind === 'requested' ? usersOf(approval) : [],
    ...(reason !== undefined && { reason }),
  };
  return { approval, entries: [entry], notices };
};

/** Two changes that are kept as one: nothing can come between them. */
export const moveOn = (first: Moved, next: (approval: Approval) => Moved): Moved => {
  const { approval, entries, notices } = next(first.approval);
  return {
    approval: { ...approval, revision: first.approval.revision },
    entries: [...first.entries, ...entries],
    notices: [...first.notices, ...notices],
  };
};

/** Tells where it was asked for how it ended: an edited card makes no phone ring. */
export const outcome = ({ conversationId }: Approval): readonly Notice[] => [
  { kind: 'outcome', conversationId },
];

/** One target of an approval, by its place among them; throws where there is none. */
export const targetAt = ({ targets }: Pick<Approval, 'targets'>, index: number): Target => {
  const target = targets[index];
  if (target === undefined) throw new RangeError('There is no such target.');
  return target;
};

/** The same approval with every target changed. */
export const eachTarget = (
  { targets: [first, ...others] }: Pick<Approval, 'targets'>,
  change: (target: Target, index: number) => Target,
): Approval['targets'] => [change(first, 0), ...others.map((target, index) => change(target, index + 1))];
