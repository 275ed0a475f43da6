import { createHash, X509Certificate } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Federated, LoginApp } from './app.ts';
import type { Issuer } from './issue.ts';
import type { RefusalName } from './refusal.ts';

/** What a request for a token brought along. */
export interface Proof {
  readonly secret: string | null;
  readonly assertion: string | null;
}

/** Against what it is checked. */
export interface Ground {
  /** This token endpoint, as the request named it: the audience of an application's own assertion. */
  readonly endpoint: string;
  readonly issuer: Issuer;
  /** Epoch milliseconds by the login's own clock. */
  readonly now: number;
}

/** How far two clocks may differ, in seconds. */
const LEEWAY = 300;

const timely = (now: number) => ({ currentDate: new Date(now), clockTolerance: LEEWAY });

const whatIsWrong = (error: unknown): RefusalName => {
  if (error instanceof errors.JWTExpired) return 'wrong-time';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') return 'wrong-time';
  return 'wrong-assertion';
};

/** The application signed it with the key of its certificate, and says which certificate that is. */
const checkCertificate = async (
  { appId }: LoginApp,
  pem: string,
  assertion: string,
  ground: Ground,
): Promise<RefusalName | undefined> => {
  const { raw, publicKey } = new X509Certificate(pem);
  const thumbprint = (kind: string): string => createHash(kind).update(raw).digest('base64url');
  const { x5t, 'x5t#S256': x5tSha256, x5c } = decodeProtectedHeader(assertion);
  const isNamed = x5t === thumbprint('sha1') || x5tSha256 === thumbprint('sha256');
  if (!isNamed || (Array.isArray(x5c) && x5c[0] !== raw.toString('base64'))) return 'unknown-certificate';
  await jwtVerify(assertion, publicKey, {
    ...timely(ground.now),
    algorithms: ['RS256', 'PS256'],
    audience: ground.endpoint,
    issuer: appId,
    subject: appId,
    requiredClaims: ['exp', 'jti'],
  });
  return undefined;
};

/** Somebody else vouches for the application, and the application was told to take that. */
const checkFederated = async (
  { issuer, subject, audience, key }: Federated,
  assertion: string,
  ground: Ground,
): Promise<RefusalName | undefined> => {
  const claims = decodeJwt(assertion);
  if (claims.iss !== issuer) return 'wrong-issuer';
  if (claims.sub !== subject) return 'wrong-subject';
  if (claims.aud !== audience) return 'wrong-audience';
  await jwtVerify(assertion, key ?? ground.issuer.publicKey, {
    ...timely(ground.now),
    algorithms: ['RS256'],
    requiredClaims: ['exp'],
  });
  return undefined;
};

const checkAssertion = async (
  app: LoginApp,
  assertion: string,
  ground: Ground,
): Promise<RefusalName | undefined> => {
  try {
    // An application vouches for itself, everybody else for another.
    const isOwn = decodeJwt(assertion).iss === app.appId;
    if (!isOwn && app.federated) return await checkFederated(app.federated, assertion, ground);
    if (app.certificate === undefined) return isOwn ? 'unknown-certificate' : 'wrong-issuer';
    return await checkCertificate(app, app.certificate, assertion, ground);
  } catch (error) {
    return whatIsWrong(error);
  }
};

/** Whether this is the application that it says it is; if not, why not. */
export const check = async (
  app: LoginApp,
  { secret, assertion }: Proof,
  ground: Ground,
): Promise<RefusalName | undefined> => {
  if (assertion !== null) return checkAssertion(app, assertion, ground);
  if (secret === null) return 'no-secret';
  return secret === app.secret ? undefined : 'wrong-secret';
};
