import { createHash } from 'node:crypto';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { fail, ok, type Result } from '../lib/result.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a verified token says. It vouches that the channel delivered something, not for what the body holds. */
export interface VerifiedToken {
  /** The only address that activities under this token may name. */
  readonly serviceUrl: string;
  /** Epoch seconds. */
  readonly expires: number;
}

/** What a token is held to. */
export interface TokenRules {
  readonly appId: string;
  /** The only issuer. */
  readonly issuer: string;
  readonly keys: SigningKeys;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Verifies a compact token; the error is a short reason for log and counters, never for the caller. */
export type VerifyToken = (token: string) => Promise<Result<VerifiedToken, string>>;

const CHANNEL = 'msteams';
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
// Clocks differ; the Bot Framework's own check has the same tolerance.
const TOLERANCE_SECONDS = 5 * 60;
const MAX_LIFETIME_SECONDS = 24 * 60 * 60;
const MAX_REMEMBERED = 1_000;

const reasonOf = (error: unknown): string => {
  if (error instanceof errors.JWTClaimValidationFailed) return `claim-${error.claim}`;
  return error instanceof errors.JOSEError ? error.code : 'malformed';
};

const checkClaims = (claims: JWTPayload, appId: string, now: number): Result<VerifiedToken, string> => {
  const { aud, exp, serviceurl: serviceUrl } = claims;
  // A list of audiences would be somebody else's token that also names this bot.
  if (typeof aud !== 'string' || aud.toLowerCase() !== appId) return fail('claim-aud');
  if (exp === undefined) return fail('claim-exp');
  const begins = Math.min(claims.iat ?? now, claims.nbf ?? now, now);
  if (exp - begins > MAX_LIFETIME_SECONDS) return fail('lifetime');
  if (typeof serviceUrl !== 'string' || serviceUrl === '') return fail('claim-serviceurl');
  return ok({ serviceUrl, expires: exp });
};

/**
 * The only check of inbound tokens: signature by a key of the channel that is endorsed for Teams, issuer, audience,
 * times. A token that passed is remembered by its hash while the same keys hold and until it expires; the channel
 * uses one for about an hour.
 */
export const createTokenVerifier = ({ appId, issuer, keys, clock }: TokenRules): VerifyToken => {
  const botId = appId.toLowerCase();
  const remembered = new Map<string, VerifiedToken>();
  let generation = -1;

  const verify: VerifyToken = async (token) => {
    const { kid } = decodeProtectedHeader(token);
    if (typeof kid !== 'string') return fail('no-key-id');
    const key = await keys.find(kid);
    if (key === 'unknown' || key === 'unavailable') return fail(`keys-${key}`);
    const { payload } = await jwtVerify(token, key.jwk, {
      algorithms: ALGORITHMS,
      issuer,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: new Date(clock()),
    });
    if (!key.endorsements.includes(CHANNEL)) return fail('endorsement');
    return checkClaims(payload, botId, Math.floor(clock() / 1_000));
  };

  const recall = async (hash: string): Promise<VerifiedToken | undefined> => {
    if (!(await keys.ready())) return undefined;
    if (generation !== keys.generation) remembered.clear();
    generation = keys.generation;
    const known = remembered.get(hash);
    return known && known.expires + TOLERANCE_SECONDS > clock() / 1_000 ? known : undefined;
  };

  const remember = (hash: string, token: VerifiedToken): void => {
    // Keys were fetched meanwhile, so it is not certain that the token's key is still among them.
    if (generation !== keys.generation) return;
    const [oldest] = remembered.keys();
    if (remembered.size >= MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(hash, token);
  };

  return async (token) => {
    const hash = createHash('sha256').update(token).digest('base64');
    const known = await recall(hash);
    if (known) return ok(known);
    try {
      const verified = await verify(token);
      if (verified.ok) remember(hash, verified.value);
      return verified;
    } catch (error) {
      return fail(reasonOf(error));
    }
  };
};
