import { explainErrorCode } from '../entra/error-codes.ts';
import type { Risk } from '../entra/risk.ts';
import type { SignIn } from '../entra/sign-in.ts';
import { showText } from '../lib/text.ts';
import type { Colour } from './template.ts';

/** Words of our own and the colour they are drawn in; whatever came from the log is cleaned and cut. */
export interface Words {
  readonly text: string;
  readonly colour: Colour;
}

/** Whose sign-in it was: the UPN is what can be trusted; the display name is a label that people choose. */
export const whoOf = (signIn: SignIn): { readonly id: string; readonly name: string | undefined } => {
  const id =
    signIn.userPrincipalName || signIn.servicePrincipalName || signIn.userId || signIn.servicePrincipalId;
  return {
    id: showText(id, 72),
    name: signIn.userDisplayName ? showText(signIn.userDisplayName, 40) : undefined,
  };
};

/** Success, failure or a normal prompt on the way, with the code and what it means. */
export const resultOf = (signIn: SignIn): Words => {
  const code = signIn.status?.errorCode;
  if (code === 0) return { text: 'SUCCEEDED', colour: 'Good' };
  if (code === null || code === undefined) return { text: 'RESULT NOT GIVEN', colour: 'Default' };
  const known = explainErrorCode(code, signIn.status?.failureReason, signIn.status?.additionalDetails);
  const meaning = known?.meaning ?? 'A code that Flagman cannot explain.';
  return known?.kind === 'interrupt'
    ? { text: `INTERRUPTED ${code} · ${meaning}`, colour: 'Default' }
    : { text: `FAILED ${code} · ${meaning}`, colour: 'Warning' };
};

// Maps, not objects: a value of the log such as "__proto__" must find nothing.
const RISK_STATES: ReadonlyMap<string, Words> = new Map([
  ['atRisk', { text: 'AT RISK', colour: 'Attention' }],
  ['confirmedCompromised', { text: 'CONFIRMED COMPROMISED', colour: 'Attention' }],
  ['remediated', { text: 'Risk remediated', colour: 'Default' }],
  ['dismissed', { text: 'Risk dismissed', colour: 'Default' }],
  ['confirmedSafe', { text: 'Confirmed safe', colour: 'Default' }],
  ['none', { text: 'No risk found', colour: 'Default' }],
]);

/** A level in words. */
export const levelOf = (level: string | null | undefined): string => {
  if (!level) return 'not given';
  return level === 'hidden' ? 'hidden (needs Entra ID P2)' : showText(level, 24);
};

type Scored = Pick<SignIn, 'riskState' | 'riskLevelAggregated' | 'riskLevelDuringSignIn'>;

/** The levels in words: now, and at the moment of the sign-in where that differs. */
const levelsOf = ({ riskLevelAggregated: now, riskLevelDuringSignIn: then }: Scored): string =>
  now === then ? levelOf(now) : `${levelOf(now)} (at sign-in: ${levelOf(then)})`;

const stateOf = (state: string | null | undefined): Words => {
  if (!state) return { text: 'Risk not given', colour: 'Default' };
  // A state that appears after this was written is shown as it is, and stands out: it never passes for safe.
  return RISK_STATES.get(state) ?? { text: `Risk state ${showText(state, 32)}`, colour: 'Warning' };
};

/** What Entra ID Protection thinks of the sign-in: state and levels. */
export const riskOf = (signIn: Scored): Words => {
  const { riskState, riskLevelAggregated, riskLevelDuringSignIn } = signIn;
  const levels = [riskLevelAggregated, riskLevelDuringSignIn].filter((level) => level && level !== 'none');
  const { text, colour } = stateOf(riskState);
  if (levels.length === 0) return { text, colour };
  if (riskState !== 'none') return { text: `${text} · ${levelsOf(signIn)}`, colour };
  // Without the licence the state says "none" whatever was found.
  return levels.every((level) => level === 'hidden')
    ? { text: `Risk ${levelOf('hidden')}`, colour: 'Default' }
    : { text: `Risk state none · ${levelsOf(signIn)}`, colour: 'Warning' };
};

/** A risk by itself, as it was or is: state and level. */
export const riskWords = ({ state, level }: Risk): string =>
  riskOf({ riskState: state, riskLevelAggregated: level, riskLevelDuringSignIn: level }).text;

/** Said of every flagged row, so that nobody takes the flag for a verdict. */
export const FLAGGED: Words = { text: 'FLAGGED · user asked for help', colour: 'Accent' };

/** Said of a row that lacks a property which the question is about. */
export const NOT_CONFIRMED: Words = { text: 'NOT CONFIRMED', colour: 'Warning' };

/** Said of a user name that is written to be taken for another. */
export const LOOK_ALIKE: Words = { text: 'LOOK-ALIKE NAME', colour: 'Warning' };

/** City, state and country as the log gives them. */
export const placeOf = (signIn: SignIn): string => {
  const { city, state, countryOrRegion } = signIn.location ?? {};
  const parts = [city, state === city ? undefined : state, countryOrRegion].filter(Boolean);
  return parts.length > 0 ? parts.map((part) => showText(part, 24)).join(', ') : 'place not given';
};
