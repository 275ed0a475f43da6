import type { SignIn } from './sign-in.ts';

/** How risky a sign-in is held to be, in Graph's words; empty where Graph said nothing. */
export interface Risk {
  readonly state: string;
  readonly detail: string;
  readonly level: string;
  readonly events: readonly string[];
}

/** The risk that a row of the log shows. */
export const riskOf = (signIn: SignIn): Risk => ({
  state: signIn.riskState ?? '',
  detail: signIn.riskDetail ?? '',
  level: signIn.riskLevelAggregated ?? '',
  events: signIn.riskEventTypes_v2 ?? [],
});

const RANKS: readonly string[] = ['none', 'low', 'medium', 'high'];

/** The states that stand for a decision. Source: microsoft.graph.riskState. */
const DECIDED: ReadonlySet<string> = new Set([
  'confirmedSafe',
  'remediated',
  'dismissed',
  'confirmedCompromised',
]);

// Graph names who decided at the beginning: adminDismissedRiskForSignIn, userPassedMFADrivenByRiskBasedPolicy.
const isByPerson = ({ state, detail }: Risk): boolean => {
  if (/^(?:admin|user|m365DAdmin)/.test(detail)) return true;
  // Without Entra ID P2 who decided is hidden; somebody may have.
  return DECIDED.has(state) && !/^(?:ai|microsoft)/.test(detail);
};

/** What became of a risk: a person decided about it, it sank, it rose, or nothing that matters here. */
export type RiskChange = 'same' | 'decided' | 'lower' | 'risen';

/** Compares a risk as it was shown with what it is now. Levels that are not told (`hidden`) are not compared. */
export const riskChange = (before: Risk, now: Risk): RiskChange => {
  const isOtherDecision = now.state !== before.state || now.detail !== before.detail;
  if (isOtherDecision && isByPerson(now)) return 'decided';
  const [was, is] = [RANKS.indexOf(before.level), RANKS.indexOf(now.level)];
  const [wasAtRisk, isAtRisk] = [before.state === 'atRisk', now.state === 'atRisk'];
  if ((was >= 0 && is > was) || (isAtRisk && !wasAtRisk)) return 'risen';
  if ((is >= 0 && is < was) || (wasAtRisk && !isAtRisk)) return 'lower';
  return now.events.some((event) => !before.events.includes(event)) ? 'risen' : 'same';
};
