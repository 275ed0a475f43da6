import { z } from 'zod';
import type { Approval } from '../actions/approval.ts';
import type { SignIn } from '../entra/sign-in.ts';
import { confusable, showText } from '../lib/text.ts';
import { counted } from './answer-words.ts';
import { approvalButton } from './approval-buttons.ts';
import { momentOf, statusOf, titleOf } from './approval-status.ts';
import { ButtonBar } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { Run } from './sign-in-row.ts';
import { LOOK_ALIKE, whoOf } from './sign-in-words.ts';
import { cardMaker, firstThatFits, Text } from './template.ts';
import type { ApprovalListView } from './view.ts';

const ApprovalRow = z.strictObject({ title: Text, status: Run, rest: Text, actions: z.array(ButtonBar) });

const ApprovalList = z.strictObject({
  title: Text,
  rows: z.array(ApprovalRow),
  more: z.array(Text),
});

const make = cardMaker('approval-list', ApprovalList);

const ROWS: readonly [number, ...number[]] = [12, 10, 8, 6, 4];

const MOST_USERS = 2;

const userOf = (signIn: SignIn): string =>
  confusable(signIn.userPrincipalName ?? '') ? `${whoOf(signIn).id} (${LOOK_ALIKE.text})` : whoOf(signIn).id;

const whoseOf = ({ targets }: Approval): string => {
  const users = [...new Set(targets.map(({ signIn }) => userOf(signIn)))];
  const left = users.length - MOST_USERS;
  return [...users.slice(0, MOST_USERS), ...(left > 0 ? [counted(left, 'more user')] : [])].join(', ');
};

const rowOf = (approval: Approval, { zone, now }: ApprovalListView): z.infer<typeof ApprovalRow> => {
  const { requester, createdAt, targets } = approval;
  const { text, note, colour } = statusOf(approval, zone, now);
  return {
    title: titleOf(approval),
    status: { text: `${text} · ${note}`, colour },
    rest: `${counted(targets.length, 'sign-in')} of ${whoseOf(approval)}\nAsked by “${showText(requester.name, 40)}” · ${momentOf(createdAt, zone)}`,
    actions: [{ buttons: [approvalButton('Show', 'look', approval)] }],
  };
};

/** What waits, in words. */
export const waitingOf = ({ approvals }: Pick<ApprovalListView, 'approvals'>): string => {
  if (approvals.length === 0) return 'No approval is waiting';
  return `${counted(approvals.length, 'approval')} ${approvals.length === 1 ? 'is' : 'are'} waiting`;
};

/** Approvals that wait for somebody; the oldest, whose time ends first, find room first. */
export const approvalListCard = (view: ApprovalListView): AdaptiveCard => {
  const { approvals } = view;
  return firstThatFits(ROWS, (most) => ({
    card: make({
      title: waitingOf(view),
      rows: approvals.slice(0, most).map((approval) => rowOf(approval, view)),
      more: approvals.length > most ? [`and ${counted(approvals.length - most, 'newer one')}`] : [],
    }),
  })).card;
};
