import type { Approval } from '../../actions/approval.ts';
import { ACTIONS, MOST_TARGETS } from '../../actions/list.ts';
import type { View } from '../../cards/view.ts';
import type { ChangeWish } from '../../commands/command.ts';
import type { Asker } from '../asker.ts';
import { answerMeant } from '../meant.ts';
import type { Middle } from '../middle.ts';
import { askedAlone, isSeenByOthers } from './asked.ts';
import type { Decision } from './decision.ts';
import { noReason, noSuchApproval, noSuchRows, notHere } from './problems.ts';
import { requestChange } from './request.ts';
import { recordDeclined, showApproval } from './show.ts';
import { type Voting, vote } from './vote.ts';

type Asked = Extract<ChangeWish, { readonly wish: 'request' }>;
type Decides = Exclude<ChangeWish, Asked>;

/** Who typed it, and the activity that carried it. */
export interface Typed extends Asker {
  readonly activityId: string;
}

/** The sign-ins that are meant: ids as they stand, or rows of the card that is replied to. */
const idsOf = async (
  { ports }: Middle,
  asker: Asker,
  targets: Asked['targets'],
): Promise<readonly string[] | View> => {
  if ('ids' in targets) return targets.ids;
  const shown = await answerMeant(ports.store, asker);
  const rows = shown?.answer.rows ?? [];
  const missing = targets.rows.filter((row) => rows[row - 1] === undefined);
  if (missing.length > 0) return noSuchRows(missing, rows.length);
  return targets.rows.flatMap((row) => rows[row - 1]?.signIn.id ?? []);
};

/** Asks for a change. Nothing is answered when all is well: the card of the request is the answer. */
const ask = async (
  middle: Middle,
  asker: Asker,
  { action, targets, reason }: Asked,
  asked: string,
): Promise<View | undefined> => {
  if (reason === undefined) return noReason(asked);
  const found = await idsOf(middle, asker, targets);
  if ('card' in found) return found;
  const [first, ...others] = new Set(found.map((id) => id.toLowerCase()));
  if (first === undefined || others.length >= MOST_TARGETS) return noSuchRows([], found.length);
  const made = await requestChange(middle, asker, {
    action: ACTIONS[action],
    ids: [first, ...others],
    reason,
  });
  if ('card' in made) return made;
  return (await isSeenByOthers(middle.ports, asker, made)) ? undefined : askedAlone(made);
};

const decisionOf = (wish: Decides): Decision | undefined => {
  switch (wish.wish) {
    // What was shown is part of an approval, so it takes the button under the preview.
    case 'approve':
      return undefined;
    case 'withdraw':
      return { verb: 'withdraw' };
    case 'reject':
      return { verb: 'reject', reason: wish.reason ?? '' };
    case 'resolve':
      return wish.as && { verb: `resolve-${wish.as}` };
  }
};

/** Where a decision may be made by text: where the card stands, or in the voter's own chat. */
const isHere = async ({ ports }: Middle, { place }: Asker, { number }: Approval): Promise<boolean> =>
  place.kind === 'personal' || ports.posts.isIn(number, place.conversationId);

/**
 * What a decision by text is answered with: where its card stands, which is edited, that is a word at most. A
 * withdrawal alone is announced by nothing else.
 */
const inShort = async (
  { ports }: Middle,
  { asker, approval: before, decision }: Voting,
  view: View,
): Promise<View | undefined> => {
  if (view.card !== 'approval') return view;
  const { approval, now } = view;
  const { conversationId } = asker.place;
  if (!(await ports.posts.isIn(approval.number, conversationId))) return view;
  const isNew = approval.revision !== before.revision;
  const isAnnounced = isNew && decision.verb !== 'withdraw' && approval.conversationId === conversationId;
  return isAnnounced ? undefined : { card: 'notice', kind: 'outcome', approval, now };
};

const decide = async (middle: Middle, asker: Typed, wish: Decides): Promise<View | undefined> => {
  const { ports, settings } = middle;
  const { conversationId } = asker.place;
  const { cardId } = asker;
  const meant = cardId === undefined ? undefined : await ports.posts.about(conversationId, cardId);
  const number = wish.number ?? meant;
  const approval = number === undefined ? undefined : await ports.approvals.find(number);
  if (approval === undefined) return noSuchApproval(number);
  if (!(await isHere(middle, asker, approval))) {
    await recordDeclined(ports, asker, wish.wish, 'not-here', approval.number);
    return notHere(approval.number);
  }
  const decision = decisionOf(wish);
  const { version } = approval;
  if (decision === undefined) return showApproval(ports, settings, asker, approval, wish.wish);
  const voting = { asker, approval, version, activityId: asker.activityId, decision };
  return inShort(middle, voting, await vote(middle, voting));
};

/** Does what somebody typed about changes; undefined where nothing is left to be said. */
export const answerChange = (
  middle: Middle,
  asker: Typed,
  wish: ChangeWish,
  asked: string,
): Promise<View | undefined> =>
  wish.wish === 'request' ? ask(middle, asker, wish, asked) : decide(middle, asker, wish);
