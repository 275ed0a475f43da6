import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, type JWK, SignJWT } from 'jose';
import type { LoginApp } from './app.ts';

/** What a token is for. */
export interface Wanted {
  readonly app: LoginApp;
  /** The audience: a scope without `/.default`. */
  readonly resource: string;
  /** Application permissions that the token shall not name although they were consented to. */
  readonly without: readonly string[];
  /** Epoch milliseconds by the login's own clock. */
  readonly now: number;
}

/** Gives access tokens, signed by a key of its own. */
export interface Issuer {
  /** The `iss` of its tokens for other applications' federated credentials. */
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly published: { readonly keys: readonly JWK[] };
  readonly issue: (wanted: Wanted) => Promise<string>;
}

/** How long a token lives, in seconds. */
export const LIFE = 3600;

const forBots = (resource: string): boolean => /^https:\/\/api\.botframework\./.test(resource);

/** Makes an issuer for one tenant, with fresh keys. */
export const makeIssuer = async (name: string, tenantId: string, newId: () => string): Promise<Issuer> => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = await exportJWK(publicKey);
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
  return {
    name,
    publicKey,
    published: { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] },
    issue: ({ app, resource, without, now }) => {
      const seconds = Math.floor(now / 1000);
      const roles = forBots(resource) ? [] : app.roles.filter((role) => !without.includes(role));
      const claims = {
        iss: name,
        aud: resource,
        tid: tenantId,
        appid: app.appId,
        oid: app.objectId,
        sub: app.objectId,
        idtyp: 'app',
        ver: '1.0',
        jti: newId(),
        iat: seconds,
        nbf: seconds,
        exp: seconds + LIFE,
        // Entra ID leaves the claim out where nothing was consented to.
        ...(roles.length > 0 && { roles }),
      };
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(privateKey);
    },
  };
};
