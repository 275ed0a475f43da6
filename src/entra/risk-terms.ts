import { RISK_EVENT_MEANINGS } from './risk-event-types.ts';
import { RISK_DETAIL_SYNONYMS, RISK_EVENT_SYNONYMS, RISK_STATE_SYNONYMS } from './risk-synonyms.ts';

export { RISK_DETAIL_SYNONYMS, RISK_EVENT_SYNONYMS, RISK_STATE_SYNONYMS } from './risk-synonyms.ts';

const STATE_MEANINGS = {
  none: 'No risk was found.',
  confirmedSafe: 'Somebody judged it harmless.',
  remediated: 'The risk was settled, for example by a new password or by passing MFA.',
  dismissed: 'An administrator or the service closed the risk without calling it an attack.',
  atRisk: 'Risk was found and nobody has settled it: this is the open work.',
  confirmedCompromised: 'Somebody declared that an attacker was at work.',
  unknownFutureValue: 'A state newer than the interface; Entra ID did not spell it out.',
} as const satisfies Readonly<Record<string, string>>;

const LEVEL_MEANINGS = {
  low: 'Few signs of an attack; worth a look together with other findings.',
  medium: 'Clear signs of an attack, none of them certain.',
  high: 'Entra ID is quite sure that the owner of the account was not behind it.',
  hidden: 'There is a level, but the tenant lacks the licence (Microsoft Entra ID P2) to see it.',
  none: 'No risk was found.',
  unknownFutureValue: 'A level newer than the interface; Entra ID did not spell it out.',
} as const satisfies Readonly<Record<string, string>>;

const DETAIL_MEANINGS = {
  none: 'Nobody has done anything about the risk yet, or there was none.',
  adminGeneratedTemporaryPassword: 'An administrator gave the user a temporary password.',
  userPerformedSecuredPasswordChange: 'The user passed MFA and changed the password.',
  userPerformedSecuredPasswordReset: 'The user proved who they are and reset the password themselves.',
  userChangedPasswordOnPremises: 'The user changed the password in the on-premises directory.',
  adminConfirmedSigninSafe: 'An administrator confirmed that the sign-in was safe.',
  aiConfirmedSigninSafe: 'The service itself concluded that the sign-in was safe.',
  userPassedMFADrivenByRiskBasedPolicy: 'A risk policy asked the user for MFA, and the user passed it.',
  adminDismissedAllRiskForUser: 'An administrator dismissed all risk of the user.',
  adminDismissedRiskForSignIn: 'An administrator dismissed the risk of this sign-in.',
  adminConfirmedSigninCompromised: 'An administrator confirmed that an attacker made the sign-in.',
  adminConfirmedUserCompromised: 'An administrator declared the user compromised.',
  adminConfirmedAccountSafe: 'An administrator confirmed that the account is safe.',
  m365DAdminDismissedDetection: 'An administrator dismissed the detection in Microsoft Defender XDR.',
  adminConfirmedServicePrincipalCompromised: 'An administrator declared the application compromised.',
  adminDismissedAllRiskForServicePrincipal: 'An administrator dismissed all risk of the application.',
  adminConfirmedAgentSafe: 'An administrator confirmed that the agent identity is safe.',
  adminConfirmedAgentCompromised: 'An administrator declared the agent identity compromised.',
  adminDismissedRiskForAgent: 'An administrator dismissed the risk of the agent identity.',
  microsoftRevokedSessions: 'Microsoft ended all sessions of the user because of the risk.',
  hidden: 'There is a reason, but the tenant lacks the licence (Microsoft Entra ID P2) to see it.',
  unknownFutureValue: 'A reason newer than the interface; Entra ID did not spell it out.',
} as const satisfies Readonly<Record<string, string>>;

/** A word of the risk vocabulary, explained. */
export interface RiskTerm {
  /** As Graph spells it. */
  readonly term: string;
  readonly kind: 'risk state' | 'risk level' | 'risk detail' | 'risk event type';
  /** One sentence. */
  readonly meaning: string;
}

const keysOf = <Key extends string>(record: Readonly<Record<Key, string>>): readonly Key[] =>
  Object.keys(record).filter((key): key is Key => key in record);

/** Every member of the enumerations (v1.0 and beta), and every event type in use. Source: Graph's metadata. */
export const RISK_STATES = keysOf(STATE_MEANINGS);
export const RISK_LEVELS = keysOf(LEVEL_MEANINGS);
export const RISK_DETAILS = keysOf(DETAIL_MEANINGS);
export const RISK_EVENT_TYPES = keysOf(RISK_EVENT_MEANINGS);

const termsOf = (kind: RiskTerm['kind'], meanings: Readonly<Record<string, string>>): readonly RiskTerm[] =>
  Object.entries(meanings).map(([term, meaning]) => ({ term, kind, meaning }));

const TERMS: readonly RiskTerm[] = [
  ...termsOf('risk state', STATE_MEANINGS),
  ...termsOf('risk level', LEVEL_MEANINGS),
  ...termsOf('risk detail', DETAIL_MEANINGS),
  ...termsOf('risk event type', RISK_EVENT_MEANINGS),
];

const BY_WORD: ReadonlyMap<string, readonly RiskTerm[]> = Map.groupBy(TERMS, (term) =>
  term.term.toLowerCase(),
);

const everyday = (word: string): string | undefined =>
  RISK_STATE_SYNONYMS.get(word) ?? RISK_EVENT_SYNONYMS.get(word)?.[0] ?? RISK_DETAIL_SYNONYMS.get(word);

/**
 * Explains a word of the risk vocabulary, in Graph's spelling or the everyday one ("atypical travel"), in any case.
 * Some words stand in several enumerations ("none", "hidden"): `kind` chooses, else the first of state, level,
 * detail, event type is meant. Undefined for a word that is none of them.
 */
export const explainRiskTerm = (word: string, kind?: RiskTerm['kind']): RiskTerm | undefined => {
  const asked = word.trim().toLowerCase();
  const terms = BY_WORD.get(asked) ?? BY_WORD.get(everyday(asked)?.toLowerCase() ?? '');
  return kind ? terms?.find((term) => term.kind === kind) : terms?.[0];
};
