import type { Approval } from '../actions/approval.ts';
import { ACTIONS } from '../actions/list.ts';
import { showText } from '../lib/text.ts';
import { isoOf, showInstant } from '../lib/time.ts';
import { counted } from './answer-words.ts';
import type { Words } from './sign-in-words.ts';

/** Where an approval stands, in words of our own: no name and no value of the tenant is part of it. */
export interface Status extends Words {
  readonly note: string;
  /** The ground of the status line; nothing else on the card has a ground like it. */
  readonly ground: 'accent' | 'emphasis' | 'good' | 'warning' | 'attention';
}

/** "CR-1001" */
export const crOf = ({ number }: Pick<Approval, 'number'>): string => `CR-${number}`;

/** "CR-1001 · Confirm compromised" */
export const titleOf = (approval: Approval): string =>
  `${crOf(approval)} · ${ACTIONS[approval.action].title}`;

/** Epoch milliseconds for people. */
export const momentOf = (at: number, zone: string): string => showText(showInstant(isoOf(at), zone), 80);

const LISTED = new Intl.ListFormat('en', { type: 'disjunction' });

/** "Security Administrator or Global Administrator" */
export const holdersOf = (roles: readonly string[]): string => {
  const names = roles.slice(0, 4).map((role) => showText(role, 40));
  const all = roles.length > 4 ? [...names, `${roles.length - 4} more`] : names;
  return all.length > 0 ? LISTED.format(all) : 'a role that nobody configured';
};

const UNCHANGED = 'Nothing was changed.';

const accent = (text: string, note: string): Status => ({ text, note, colour: 'Accent', ground: 'accent' });
const plain = (text: string, note: string): Status => ({ text, note, colour: 'Default', ground: 'emphasis' });
const good = (text: string, note: string): Status => ({ text, note, colour: 'Good', ground: 'good' });
const warning = (text: string, note: string): Status => ({
  text,
  note,
  colour: 'Warning',
  ground: 'warning',
});
const attention = (text: string, note: string): Status => ({
  text,
  note,
  colour: 'Attention',
  ground: 'attention',
});

type At = Approval['targets'][number]['progress']['at'];

const has = ({ targets }: Approval, ...at: readonly At[]): boolean =>
  targets.some(({ progress }) => at.includes(progress.at));

/** Said only where it is certain: what was sent, or nobody knows of, may have changed something. */
const ifUnchanged = (approval: Approval): string =>
  has(approval, 'sent', 'done', 'unknown') ? '' : ` ${UNCHANGED}`;

/** "1 of 3 sign-ins done" */
export const doneOf = ({ targets }: Approval): string =>
  `${targets.filter(({ progress }) => progress.at === 'done').length} of ${counted(targets.length, 'sign-in')} done`;

const voided = (approval: Approval): string => {
  const isSunk = approval.targets.some(
    ({ progress }) => progress.at === 'stopped' && progress.why === 'lower',
  );
  if (has(approval, 'conflict')) return `A person decided elsewhere in the meantime.${ifUnchanged(approval)}`;
  if (isSunk) return `The risk has sunk since it was shown.${ifUnchanged(approval)}`;
  return `What is stored of it is not what the ledger says: it was edited.${ifUnchanged(approval)}`;
};

/** How it is known that all of it was done, by the target of which the least is known. */
const proven = ({ targets, action }: Approval): string => {
  const all = targets.flatMap(({ progress }) => (progress.at === 'done' ? [progress] : []));
  const unseen = all.filter(({ how, now }) => how === 'accepted' && now === undefined);
  if (unseen.some(({ dueAt }) => dueAt !== undefined))
    return 'Microsoft Graph accepted it and is still processing.';
  if (unseen.length > 0) return 'Microsoft Graph accepted it, but did not show the new state in time.';
  if (all.some(({ how }) => how === 'resolved')) return 'A person looked and says that it was done.';
  return all.some(({ now }) => now && !ACTIONS[action].isWished(now))
    ? 'It was done, and a person decided otherwise since.'
    : 'Entra ID shows what was asked for.';
};

const pending = ({ expiresAt }: Approval, zone: string, now: number): Status =>
  now < expiresAt
    ? accent('Waiting for a decision', `Until ${momentOf(expiresAt, zone)}`)
    : plain('Time is up', `It could be decided until ${momentOf(expiresAt, zone)}. ${UNCHANGED}`);

/** How an approval stands; a time is always an end and never a countdown, as nobody edits the card every minute. */
export const statusOf = (approval: Approval, zone: string, now: number): Status => {
  switch (approval.state) {
    case 'pending':
      return pending(approval, zone, now);
    case 'approved':
      return accent('Approved, to be carried out', 'Flagman carries it out as soon as it can.');
    case 'running':
      return accent('Approved, being carried out', `${doneOf(approval)} so far.`);
    case 'unknown':
      return attention(
        'Unknown: nobody can tell whether it was done',
        'Somebody who may decide has to look in the Entra admin center and say how it ended.',
      );
    case 'rejected':
      return plain('Rejected', UNCHANGED);
    case 'expired':
      return plain('Expired', `Nobody decided until ${momentOf(approval.expiresAt, zone)}. ${UNCHANGED}`);
    case 'withdrawn':
      return plain('Withdrawn', UNCHANGED);
    case 'void':
      return warning('Void', voided(approval));
    case 'revoked':
      return attention(
        'Revoked',
        `A role was missing when it was to be carried out.${ifUnchanged(approval)}`,
      );
    case 'done':
      return good('Done', proven(approval));
    case 'failed':
      return attention('Failed', `${doneOf(approval)}. See below why.`);
    case 'conflict':
      return warning('Conflict', 'Not done: a person decided otherwise elsewhere, and that stands.');
  }
};

/** The card that asks a requester once more, who wants to approve alone. */
export const confirmation = ({ expiresAt }: Approval, zone: string): Status =>
  warning(
    'Approve your own request?',
    `Nobody else will have looked at it. It can be decided until ${momentOf(expiresAt, zone)}`,
  );
