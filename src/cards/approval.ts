import { z } from 'zod';
import type { Approval, Decided } from '../actions/approval.ts';
import { ACTIONS } from '../actions/list.ts';
import { roleName } from '../entra/roles.ts';
import { showText } from '../lib/text.ts';
import { counted } from './answer-words.ts';
import { approvalButtons, FormButton, Link, portalLinks } from './approval-buttons.ts';
import { confirmation, holdersOf, momentOf, statusOf, titleOf } from './approval-status.ts';
import type { AdaptiveCard } from './card.ts';
import { Fact, fact } from './facts.ts';
import { lookAlikeName, lookAlikeTargets } from './look-alike.ts';
import { type RowLimit, TargetRow, targetRow } from './target-row.ts';
import { Colour, cardMaker, firstThatFits, Text } from './template.ts';
import type { ApprovalView } from './view.ts';

const Status = z.strictObject({
  text: Text,
  note: Text,
  colour: Colour,
  ground: z.enum(['accent', 'emphasis', 'good', 'warning', 'attention']),
});

/** A fact, and when it came about and through whom. */
const Told = z.strictObject({ ...Fact.shape, at: z.array(z.strictObject({ when: Text, id: Text })) });

type Told = z.infer<typeof Told>;

const ApprovalCard = z.strictObject({
  title: Text,
  status: Status,
  warnings: z.array(Text),
  facts: z.array(Told),
  heading: Text,
  targets: z.array(TargetRow),
  ahead: z.array(Fact),
  reasons: z.array(z.strictObject({ id: z.literal('reason') })),
  actions: z.array(z.strictObject({ links: z.array(Link), buttons: z.array(FormButton) })),
});

const make = cardMaker('approval', ApprovalCard);

/** How much of the rows and of what people gave as a reason, and how many warnings of look-alike names. */
interface Limit extends RowLimit {
  readonly reason: number;
  readonly lookAlikes: number;
}

const LIMITS: readonly [Limit, ...Limit[]] = [
  { id: 72, name: 40, value: 40, words: 320, reason: 500, lookAlikes: 4 },
  { id: 72, name: 24, value: 24, words: 200, reason: 300, lookAlikes: 4 },
  { id: 72, name: 16, value: 16, words: 100, reason: 200, lookAlikes: 4 },
  { id: 72, name: 8, value: 10, words: 60, reason: 120, lookAlikes: 2 },
  { id: 36, name: 8, value: 0, words: 48, reason: 48, lookAlikes: 1 },
];

/** A name is a label that people choose; the id behind it is who it was. */
const person = (label: string, { by, at, role }: Omit<Decided, 'reason'>, zone: string): Told => ({
  label,
  value: `“${showText(by.name, 40)}”${role === undefined ? '' : ` · as ${showText(roleName(role) ?? role, 48)}`}`,
  at: [{ when: momentOf(at, zone), id: showText(by.id, 36) }],
});

const quoted = (label: string, reason: string | undefined, limit: Limit): Told[] =>
  reason === undefined ? [] : [{ label, value: `“${showText(reason, limit.reason)}”`, at: [] }];

const deedOf = ({ state }: ApprovalView['approval']): string => {
  if (state === 'rejected') return 'Rejected by';
  return state === 'withdrawn' ? 'Withdrawn by' : 'Approved by';
};

const factsOf = ({ approval, zone }: ApprovalView, limit: Limit): Told[] => {
  const { requester, createdAt, reason, decided } = approval;
  return [
    person('Asked by', { by: requester, at: createdAt }, zone),
    ...quoted('Why', reason, limit),
    ...(decided ? [person(deedOf(approval), decided, zone)] : []),
    ...quoted('Because', decided?.reason, limit),
  ];
};

const decidersOf = ({ approval, approvers, mayBeOwn, confirmsOwn }: ApprovalView): Fact[] => {
  const holders = holdersOf(approvers);
  if (approval.state === 'unknown') return fact('To be resolved by', holders, 400);
  if (approval.state !== 'pending' || confirmsOwn) return [];
  const own = mayBeOwn
    ? 'The requester may approve too, if they hold such a role, and is asked once more.'
    : 'The requester cannot approve, only withdraw.';
  return fact('To be decided by', `${holders}. ${own}`, 400);
};

/** What it will do is of no use once it was done or given up. */
const isAhead = ({ state }: Approval): boolean => ['pending', 'approved', 'running'].includes(state);

const effectsOf = ({ approval }: ApprovalView): Fact[] => {
  const { will, willNot } = ACTIONS[approval.action];
  return isAhead(approval)
    ? [
        { label: 'What will happen', value: will.join(' ') },
        { label: 'What it will not do', value: willNot.join(' ') },
      ]
    : [];
};

const warningsOf = ({ approval, isRepeat }: ApprovalView, limit: Limit): string[] => {
  const people = [approval.requester, ...(approval.decided ? [approval.decided.by] : [])];
  const lookAlikes = new Set([
    ...people.flatMap(({ name }) => lookAlikeName(name)),
    ...lookAlikeTargets(approval.targets),
  ]);
  const left = lookAlikes.size - limit.lookAlikes;
  return [
    ...(isRepeat ? ['This may be a repeat of an earlier message.'] : []),
    ...[...lookAlikes].slice(0, limit.lookAlikes),
    ...(left > 0 ? [`and ${counted(left, 'more name')} like that, marked below`] : []),
  ];
};

/** Several sign-ins are counted, so that a warning can name one. */
const rowsOf = ({ approval, zone }: ApprovalView, limit: Limit): TargetRow[] => {
  const { targets } = approval;
  const rows = targets.map((target) => targetRow(target, approval, zone, limit));
  return targets.length === 1
    ? rows
    : rows.map((row, index) => ({ ...row, who: `${index + 1}. ${row.who}` }));
};

const within = (view: ApprovalView, limit: Limit): z.infer<typeof ApprovalCard> => {
  const { approval, confirmsOwn, zone, now } = view;
  const buttons = approvalButtons(view);
  const links = portalLinks(view);
  const { text, note, colour, ground } = confirmsOwn
    ? confirmation(approval, zone)
    : statusOf(approval, zone, now);
  return {
    title: titleOf(approval),
    status: { text, note, colour, ground },
    warnings: warningsOf(view, limit),
    facts: factsOf(view, limit),
    heading: `${counted(approval.targets.length, 'sign-in')}, as shown for the decision`,
    targets: rowsOf(view, limit),
    ahead: [...effectsOf(view), ...decidersOf(view)],
    reasons: buttons.some(({ verb }) => verb === 'reject') ? [{ id: 'reason' }] : [],
    actions: buttons.length + links.length > 0 ? [{ links, buttons }] : [],
  };
};

/** An approval as it stands, with every target: their texts are cut before a card grows too large to be sent. */
export const approvalCard = (view: ApprovalView): AdaptiveCard =>
  firstThatFits(LIMITS, (limit) => ({ card: make(within(view, limit)) })).card;
