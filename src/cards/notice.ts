import { z } from 'zod';
import { ACTIONS } from '../actions/list.ts';
import { counted } from './answer-words.ts';
import { approvalButton } from './approval-buttons.ts';
import { crOf, momentOf, statusOf } from './approval-status.ts';
import { ButtonBar } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { Run } from './sign-in-row.ts';
import { cardMaker, Text } from './template.ts';
import type { NoticeView } from './view.ts';

const Notice = z.strictObject({ said: Run, notes: z.array(Text), actions: z.array(ButtonBar) });

const make = cardMaker('notice', Notice);

// Many people read it, each in a zone of their own.
const ZONE = 'UTC';

/** What a notice says, without a name: it may stand on a locked screen. */
export const saidOf = ({ kind, approval, now }: NoticeView): z.infer<typeof Run> => {
  const { text, colour } = statusOf(approval, ZONE, now);
  return kind === 'reminder' && approval.state === 'pending'
    ? {
        text: `${crOf(approval)} ends at ${momentOf(approval.expiresAt, ZONE)} and nobody has decided.`,
        colour: 'Warning',
      }
    : { text: `${crOf(approval)}: ${text}`, colour };
};

const aboutOf = ({ kind, approval, now }: NoticeView): string => {
  const about = `${ACTIONS[approval.action].title} · ${counted(approval.targets.length, 'sign-in')}`;
  return kind === 'reminder' ? about : `${about}\n${statusOf(approval, ZONE, now).note}`;
};

/** A short word about an approval, with the way to its card. */
export const noticeCard = (view: NoticeView): AdaptiveCard =>
  make({
    said: saidOf(view),
    notes: [aboutOf(view), ...(view.isRepeat ? ['This may be a repeat of an earlier message.'] : [])],
    actions: [{ buttons: [approvalButton('Show', 'look', view.approval)] }],
  });
