import { z } from 'zod';
import type { Approval, Target } from '../actions/approval.ts';
import { showText } from '../lib/text.ts';
import { Head, headOf, Run } from './sign-in-row.ts';
import { placeOf } from './sign-in-words.ts';
import { proofOf } from './target-proof.ts';
import { Text } from './template.ts';

/** One target of an approval: six lines at most, the last of them what was done about it. */
export const TargetRow = z.strictObject({ ...Head.shape, rest: Text, proof: z.array(Run) });

export type TargetRow = z.infer<typeof TargetRow>;

/** How many UTF-16 units of what came from the log: of the display name, of other names, and of our own words. */
export interface RowLimit {
  readonly name: number;
  readonly value: number;
  readonly words: number;
}

const restOf = ({ signIn }: Target, { value }: RowLimit): string => {
  const app = `App ${showText(signIn.appDisplayName || signIn.appId, value)}`;
  const client = signIn.clientAppUsed ? ` · ${showText(signIn.clientAppUsed, value)}` : '';
  const address = ` · IP ${showText(signIn.ipAddress, 45)} · ${showText(placeOf(signIn), 2 * value)}`;
  return `${app}${client}${address}\nRequest ${showText(signIn.id, 36)}`;
};

/** A target with the risk as it was shown when the decision was asked for. */
export const targetRow = (target: Target, approval: Approval, zone: string, limit: RowLimit): TargetRow => {
  const { state: riskState, level: riskLevelAggregated } = target.before;
  const signIn = { ...target.signIn, riskState, riskLevelAggregated };
  const head = headOf({ signIn, confirmed: true }, zone, limit.name);
  const shortened = ({ text, colour }: z.infer<typeof Run>) => ({
    text: showText(text, limit.words),
    colour,
  });
  return {
    ...head,
    result: shortened(head.result),
    rest: restOf(target, limit),
    proof: proofOf(target, approval).map(shortened),
  };
};
