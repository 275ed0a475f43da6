import { APPS } from './error-codes/apps.ts';
import { CONDITIONAL_ACCESS } from './error-codes/conditional-access.ts';
import { CONSENT } from './error-codes/consent.ts';
import { CREDENTIALS } from './error-codes/credentials.ts';
import { DEVICES } from './error-codes/devices.ts';
import type { ErrorCode, ErrorKind } from './error-codes/error-code.ts';
import { FEDERATION } from './error-codes/federation.ts';
import { MFA } from './error-codes/mfa.ts';
import { PASS_THROUGH } from './error-codes/pass-through.ts';
import { SESSIONS } from './error-codes/sessions.ts';
import { TENANTS } from './error-codes/tenants.ts';

/** A code in words, ready to be shown; the texts are ours and hold nothing of the log entry. */
export interface ErrorExplanation {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
  readonly next: string;
  readonly kind: ErrorKind;
}

const SUCCESS: ErrorCode = {
  code: 0,
  name: 'Success',
  meaning: 'The sign-in succeeded.',
  next: 'If the place, the device or the risk does not fit the person, this is the sign-in to worry about.',
  kind: 'success',
};

/** Every code that Flagman can explain, by theme. */
export const ERROR_CODES: readonly ErrorCode[] = [
  SUCCESS,
  ...CREDENTIALS,
  ...MFA,
  ...CONDITIONAL_ACCESS,
  ...DEVICES,
  ...SESSIONS,
  ...TENANTS,
  ...APPS,
  ...CONSENT,
  ...FEDERATION,
  ...PASS_THROUGH,
];

const BY_CODE: ReadonlyMap<number, ErrorCode> = new Map(ERROR_CODES.map((entry) => [entry.code, entry]));

// A log entry that lists all causes of its code tells nothing: only one match decides.
const causeIn = (entry: ErrorCode, said: string) => {
  const matches = entry.causes?.filter((cause) => cause.says.test(said)) ?? [];
  return matches.length === 1 ? matches[0] : undefined;
};

/**
 * Explains an AADSTS code of the sign-in log, or gives undefined for one that is not in the table. Where a code has
 * several causes, the entry's own words (`status.failureReason`, `status.additionalDetails`) tell which it was; without
 * them the explanation names all.
 */
export const explainErrorCode = (
  code: number,
  failureReason?: string | null,
  additionalDetails?: string | null,
): ErrorExplanation | undefined => {
  const entry = BY_CODE.get(code);
  if (!entry) return undefined;
  const said = `${failureReason?.slice(0, 1000) ?? ''} ${additionalDetails?.slice(0, 1000) ?? ''}`;
  const { meaning, next } = causeIn(entry, said) ?? entry;
  return { code, name: entry.name ?? `AADSTS${code}`, meaning, next, kind: entry.kind ?? 'failure' };
};

/** A normal prompt on the way of a sign-in: neither success nor failure. */
export const isInterrupt = (code: number): boolean => BY_CODE.get(code)?.kind === 'interrupt';

/** Neither success nor a normal prompt; a code that nobody knows is a failure. */
export const isFailure = (code: number): boolean => code !== 0 && !isInterrupt(code);
