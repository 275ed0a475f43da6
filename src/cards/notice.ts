import { z } from 'zod';
import type { Approval } from '../actions/approval.ts';
import { ACTIONS } from '../actions/list.ts';
import { counted } from './answer-words.ts';
import { approvalButton } from './approval-buttons.ts';
import { crOf, doneOf, momentOf, type Status, statusOf } from './approval-status.ts';
import { ButtonBar } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { Run } from './sign-in-row.ts';
import { cardMaker, Text } from './template.ts';
import type { NoticeView } from './view.ts';

const Notice = z.strictObject({ said: Run, notes: z.array(Text), actions: z.array(ButtonBar) });

const make = cardMaker('notice', Notice);

// Many people read it, each in a zone of their own.
const ZONE = 'UTC';

/** How it stands, in words that are still true when somebody scrolls back: a notice is posted once, its card goes on. */
const standingOf = (approval: Approval, now: number): Status => {
  const status = statusOf(approval, ZONE, now);
  switch (approval.state) {
    case 'approved':
    case 'running':
      return { ...status, text: 'Approved', note: 'Its card shows how it goes on.' };
    case 'done':
      return { ...status, note: 'Its card says how that is known.' };
    case 'failed':
      return { ...status, note: `${doneOf(approval)}. Its card says why.` };
    default:
      return status;
  }
};

/** What a notice says, without a name: it may stand on a locked screen. */
export const saidOf = ({ kind, approval, now }: NoticeView): z.infer<typeof Run> => {
  const { text, colour } = standingOf(approval, now);
  return kind === 'reminder' && approval.state === 'pending'
    ? {
        text: `${crOf(approval)} ends at ${momentOf(approval.expiresAt, ZONE)} and nobody has decided.`,
        colour: 'Warning',
      }
    : { text: `${crOf(approval)} · ${text}`, colour };
};

const aboutOf = ({ kind, approval, now }: NoticeView): string => {
  const about = `${ACTIONS[approval.action].title} · ${counted(approval.targets.length, 'sign-in')}`;
  return kind === 'reminder' ? about : `${about}\n${standingOf(approval, now).note}`;
};

/** A short word about an approval, with the way to its card. */
export const noticeCard = (view: NoticeView): AdaptiveCard =>
  make({
    said: saidOf(view),
    notes: [aboutOf(view), ...(view.isRepeat ? ['This may be a repeat of an earlier message.'] : [])],
    actions: [{ buttons: [approvalButton('Show', 'look', view.approval)] }],
  });
