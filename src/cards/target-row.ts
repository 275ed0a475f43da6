import { z } from 'zod';
import { type Approval, isOpen, type Target } from '../actions/approval.ts';
import { showText } from '../lib/text.ts';
import { Badge, Head, headOf, Run, type WhoLimit } from './sign-in-row.ts';
import { placeOf, riskOf, type Words } from './sign-in-words.ts';
import { proofOf } from './target-proof.ts';
import { Text } from './template.ts';

/** One target of an approval: six lines at most, the last of them what was done about it. */
export const TargetRow = z.strictObject({
  ...Head.shape,
  badges: z.array(z.strictObject({ ...Badge.shape, isSubtle: z.boolean() })),
  rest: Text,
  proof: z.array(Run),
});

export type TargetRow = z.infer<typeof TargetRow>;

/** How many UTF-16 units of who it was, of other values of the log, and of our own words. */
export interface RowLimit extends WhoLimit {
  /** 0: only what tells the sign-in from others. */
  readonly value: number;
  readonly words: number;
}

const restOf = ({ signIn }: Target, { value }: RowLimit): string => {
  const request = `Request ${showText(signIn.id, 36)}`;
  if (value === 0) return request;
  const app = `App ${showText(signIn.appDisplayName || signIn.appId, value)}`;
  const client = signIn.clientAppUsed ? ` · ${showText(signIn.clientAppUsed, value)}` : '';
  const address = ` · IP\u00a0${showText(signIn.ipAddress, 45)} · ${showText(placeOf(signIn), 2 * value)}`;
  return `${app}${client}${address}\n${request}`;
};

/** The risk as it was shown; a word of Graph's own vocabulary is never cut. */
const shownOf = ({ signIn, before: { state, level } }: Target, { value }: RowLimit) => {
  const { riskLevelDuringSignIn: then } = signIn;
  const [longState, longLevel] = [Math.max(value, 20), Math.max(value, 8)];
  return {
    riskState: state && showText(state, longState),
    riskLevelAggregated: level && showText(level, longLevel),
    riskLevelDuringSignIn: then && showText(then, longLevel),
    ...(value === 0 && { flaggedForReview: null }),
  };
};

/** On a closed card the risk that was shown is a thing of the past: nobody may take it for the risk as it is now. */
const pastOf = ({ text }: Words): Words => ({
  text: `was ${text.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`,
  colour: 'Default',
});

/** A target with the risk as it was shown when the decision was asked for. */
export const targetRow = (target: Target, approval: Approval, zone: string, limit: RowLimit): TargetRow => {
  const signIn = { ...target.signIn, ...shownOf(target, limit) };
  const isClosed = !isOpen(approval);
  const risk = isClosed ? pastOf(riskOf(signIn)) : riskOf(signIn);
  const head = headOf({ signIn, confirmed: true }, zone, limit, risk);
  const shortened = ({ text, colour }: z.infer<typeof Run>) => ({
    text: showText(text, limit.words),
    colour,
  });
  return {
    ...head,
    badges: head.badges.map((badge) => ({ ...badge, isSubtle: isClosed && badge.colour === 'Default' })),
    result: shortened(head.result),
    rest: restOf(target, limit),
    proof: proofOf(target, approval).map(shortened),
  };
};
