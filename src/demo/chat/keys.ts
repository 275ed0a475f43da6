import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { type Loopback, listen, sendJson } from '../http.ts';

/** The issuer that the Bot Framework channel names in every token. */
const ISSUER = 'https://api.botframework.com';
const HOUR = 3600;

/** One way in which a token can be wrong, for tests of the gate. */
export type Flaw =
  | 'other-key' // signed by a key that nobody published, under the published kid
  | 'retired-key' // signed by the key that `rotate` took away
  | 'unendorsed-key' // published, but not endorsed for msteams
  | 'unknown-kid'
  | 'hs256' // the public key's PEM used as an HMAC secret
  | 'none' // alg none, no signature
  | 'no-exp'
  | 'expired'
  | 'not-yet'
  | 'audience'
  | 'issuer'
  | 'service-url'
  | 'no-service-url';

/** What a token of the channel says. */
export interface Claims {
  /** Application id of the bot that the token is for. */
  readonly appId: string;
  readonly serviceUrl: string;
  readonly flaw?: Flaw;
}

/** The channel's signing keys: makes tokens as Teams does, and wrong ones on demand. */
export interface Keys {
  signActivity(claims: Claims): Promise<string>;
  /** The key set as published now. */
  published(): { readonly keys: readonly JWK[] };
  /** Replaces the key; the old one is no longer published. */
  rotate(): Promise<void>;
}

interface Pair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

const makePair = async (kid: string, endorsements: readonly string[]): Promise<Pair> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, x5t: kid, use: 'sig', alg: 'RS256', endorsements };
  return { kid, privateKey, publicKey, jwk };
};

const claimsOf = ({ appId, serviceUrl, flaw }: Claims, seconds: number): Record<string, unknown> => ({
  iss: flaw === 'issuer' ? 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' : ISSUER,
  aud: flaw === 'audience' ? '00000000-0000-4000-8000-00000000dead' : appId,
  nbf: flaw === 'not-yet' ? seconds + HOUR : seconds - 60,
  ...(flaw === 'no-exp' ? {} : { exp: flaw === 'expired' ? seconds - HOUR : seconds + HOUR }),
  ...(flaw === 'no-service-url'
    ? {}
    : { serviceurl: flaw === 'service-url' ? 'https://smba.trafficmanager.net.evil.example/' : serviceUrl }),
});

/** A token without a signature, as `alg: none` allows. */
const unsigned = (claims: Record<string, unknown>): string =>
  [{ alg: 'none', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('')
    .join('.');

/** Makes fresh RS256 keys. `clock` gives epoch milliseconds for `nbf` and `exp`. */
export const makeKeys = async (clock: () => number = Date.now): Promise<Keys> => {
  let serial = 1;
  let current = await makePair(`channel-key-${serial}`, ['msteams']);
  let retired = await makePair('channel-key-0', ['msteams']);
  const stranger = await makePair('stranger', ['msteams']);
  const unendorsed = await makePair('webchat-key', ['webchat']);

  const keyFor = (flaw: Flaw | undefined): { readonly kid: string; readonly key: CryptoKey } => {
    if (flaw === 'other-key') return { kid: current.kid, key: stranger.privateKey };
    if (flaw === 'retired-key') return { kid: retired.kid, key: retired.privateKey };
    if (flaw === 'unendorsed-key') return { kid: unendorsed.kid, key: unendorsed.privateKey };
    if (flaw === 'unknown-kid') return { kid: 'nobody-published-this', key: stranger.privateKey };
    return { kid: current.kid, key: current.privateKey };
  };

  return {
    signActivity: async (claims) => {
      const payload = claimsOf(claims, Math.floor(clock() / 1000));
      if (claims.flaw === 'none') return unsigned(payload);
      const jwt = new SignJWT(payload);
      if (claims.flaw === 'hs256') {
        const pem = new TextEncoder().encode(await exportSPKI(current.publicKey));
        return jwt.setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: current.kid }).sign(pem);
      }
      const { kid, key } = keyFor(claims.flaw);
      return jwt.setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, x5t: kid }).sign(key);
    },
    published: () => ({ keys: [current.jwk, unendorsed.jwk] }),
    rotate: async () => {
      serial += 1;
      retired = current;
      current = await makePair(`channel-key-${serial}`, ['msteams']);
    },
  };
};

/** Serves the OpenID configuration and the key set; `url` of the answer is the configuration's address. */
export const startOpenId = async (keys: Keys): Promise<Loopback> => {
  const server = await listen((_request, response, { pathname }) => {
    if (pathname === '/v1/.well-known/keys') return sendJson(response, 200, keys.published());
    if (pathname !== '/v1/.well-known/openidconfiguration') return sendJson(response, 404, {});
    return sendJson(response, 200, {
      issuer: ISSUER,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${server.url}/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
  });
  return { url: `${server.url}/v1/.well-known/openidconfiguration`, close: server.close };
};
