import { ACTIONS } from '../../actions/list.ts';
import type { View } from '../../cards/view.ts';
import type { Press } from '../../entra/inbound.ts';
import type { Middle } from '../middle.ts';
import type { ApprovalButton, RequestButton } from '../pressed.ts';
import { forgotten } from '../problems.ts';
import { asked, askedAlone, isSeenByOthers } from './asked.ts';
import type { Decision } from './decision.ts';
import { noReasonOnForm, noSuchApproval, notHere, nothingChosen } from './problems.ts';
import { requestChange } from './request.ts';
import { recordDeclined, showApproval } from './show.ts';
import { vote } from './vote.ts';

/** Asks for the change that was filled in on the form. */
export const pressRequest = async (
  middle: Middle,
  press: Press,
  { result, row, action: chosen, reason }: RequestButton,
): Promise<View> => {
  const action = Object.values(ACTIONS).find(({ name }) => name === chosen);
  if (action === undefined) return nothingChosen;
  if (reason === '') return noReasonOnForm;
  const kept = await middle.ports.store.results.find(result);
  // Only what was shown can be asked about by a button.
  if (!kept?.answer.rows.some(({ signIn }) => signIn.id === row)) return forgotten;
  const made = await requestChange(middle, press, { action, ids: [row.toLowerCase()], reason });
  if ('card' in made) return made;
  return (await isSeenByOthers(middle.ports, press, made)) ? asked(made) : askedAlone(made);
};

const decisionOf = (button: ApprovalButton): Decision | undefined => {
  if (button.verb === 'look') return undefined;
  return button.verb === 'reject' ? { verb: 'reject', reason: button.reason } : { verb: button.verb };
};

/** Shows an approval, or decides about it: only where one of its cards was posted. */
export const pressApproval = async (middle: Middle, press: Press, button: ApprovalButton): Promise<View> => {
  const { ports, settings } = middle;
  const approval = await ports.approvals.find(button.approval);
  if (approval === undefined) return noSuchApproval(button.approval);
  const decision = decisionOf(button);
  if (decision === undefined) return showApproval(ports, settings, press, approval, 'look');
  if (!(await ports.posts.isIn(approval.number, press.place.conversationId))) {
    await recordDeclined(ports, press, button.verb, 'not-here', approval.number);
    return notHere(approval.number);
  }
  const { version } = button;
  return vote(middle, { asker: press, approval, version, activityId: press.activityId, decision });
};
