/** What is looked at, in the order in which it is told. */
export const CHECKS = [
  'configuration',
  'bot-credentials',
  'graph-credentials',
  'permissions',
  'graph',
  'licence',
  'clock',
  'store',
  'ledger',
  'places',
  'inbound',
] as const;

export type CheckName = (typeof CHECKS)[number];

/** `not-checked` says in `what` for which reason; what keeps it from being checked is a finding of its own. */
export type FindingVerdict = 'ok' | 'warning' | 'wrong' | 'not-checked';

/** What a check came to, in short sentences for whoever runs Flagman. */
export interface Found {
  readonly verdict: FindingVerdict;
  /** Which of several: a permission, a variable. */
  readonly about?: string;
  readonly what: string;
  /** The step that mends it. */
  readonly mend?: string;
  /** There is nothing yet that could be checked, or by configuration never will be. */
  readonly isExpected?: true;
}

export interface Finding extends Found {
  readonly check: CheckName;
}

/** The findings of one check. */
export type Checked = readonly [CheckName, readonly Found[]];

export const fine = (what: string): Found => ({ verdict: 'ok', what });

export const warning = (what: string, mend: string): Found => ({ verdict: 'warning', what, mend });

export const wrong = (what: string, mend: string): Found => ({ verdict: 'wrong', what, mend });

/** @param because completes "Not checked: …" */
export const notChecked = (because: string): Found => ({
  verdict: 'not-checked',
  what: `Not checked: ${because}.`,
});

/** Where nothing is amiss with its not being checked. @param because completes "Not checked: …" */
export const nothingToCheck = (because: string): Found => ({ ...notChecked(because), isExpected: true });

/** The same, said about one of several. */
export const about = (name: string, found: Found): Found => ({ ...found, about: name });

/** The exit code of a whole examination: 1 where something is wrong, 2 where it could not be looked at. */
export const exitCodeOf = (findings: readonly Finding[]): 0 | 1 | 2 => {
  if (findings.some(({ verdict }) => verdict === 'wrong')) return 1;
  const isMissed = ({ verdict, isExpected }: Finding): boolean => verdict === 'not-checked' && !isExpected;
  return findings.some(isMissed) ? 2 : 0;
};
