import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { type Flaw, type Keys, makeKeys, startOpenId } from '../../src/demo/chat/keys.ts';
import type { Loopback } from '../../src/demo/http.ts';

const APP = '11111111-2222-4333-8444-555555555555';
const SERVICE = 'http://127.0.0.1:4000/';

let keys: Keys;
let openId: Loopback;

beforeAll(async () => {
  keys = await makeKeys();
  openId = await startOpenId(keys);
});
afterAll(() => openId.close());

/** What a careful bot does with a token, short of the serviceurl claim. */
const verify = async (token: string) => {
  const { jwks_uri } = (await (await fetch(openId.url)).json()) as { jwks_uri: string };
  return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer: 'https://api.botframework.com',
    audience: APP,
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'serviceurl'],
  });
};

describe('tokens of the pretended channel', () => {
  test('verify with the published keys and carry what the real ones carry', async () => {
    const { payload, protectedHeader } = await verify(
      await keys.signActivity({ appId: APP, serviceUrl: SERVICE }),
    );
    expect(payload).toMatchObject({ iss: 'https://api.botframework.com', aud: APP, serviceurl: SERVICE });
    expect(payload.exp).toBeGreaterThan(payload.nbf ?? 0);
    const published = keys.published().keys.find(({ kid }) => kid === protectedHeader.kid);
    expect(published).toMatchObject({ endorsements: ['msteams'], alg: 'RS256' });
  });

  const flaws: readonly Flaw[] = [
    'other-key',
    'retired-key',
    'unknown-kid',
    'hs256',
    'none',
    'no-exp',
    'expired',
    'not-yet',
    'audience',
    'issuer',
    'no-service-url',
  ];
  test.each(flaws)('with the flaw %s do not verify', async (flaw) => {
    const token = await keys.signActivity({ appId: APP, serviceUrl: SERVICE, flaw });
    await expect(verify(token)).rejects.toBeInstanceOf(errors.JOSEError);
  });

  test('can verify and still name a foreign service URL or a key not endorsed for Teams', async () => {
    const foreign = await verify(
      await keys.signActivity({ appId: APP, serviceUrl: SERVICE, flaw: 'service-url' }),
    );
    expect(foreign.payload.serviceurl).not.toBe(SERVICE);
    const token = await keys.signActivity({ appId: APP, serviceUrl: SERVICE, flaw: 'unendorsed-key' });
    await verify(token);
    const { kid } = decodeProtectedHeader(token);
    expect(keys.published().keys.find((key) => key.kid === kid)).toMatchObject({ endorsements: ['webchat'] });
  });

  test('of a key that was rotated away no longer verify, those of its successor do', async () => {
    const own = await makeKeys();
    const server = await startOpenId(own);
    try {
      const before = await own.signActivity({ appId: APP, serviceUrl: SERVICE });
      await own.rotate();
      const after = await own.signActivity({ appId: APP, serviceUrl: SERVICE });
      expect(own.published().keys.map(({ kid }) => kid)).not.toContain(decodeProtectedHeader(before).kid);
      expect(own.published().keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(after).kid);
      expect(decodeProtectedHeader(before).kid).toBe(
        decodeProtectedHeader(
          await own.signActivity({ appId: APP, serviceUrl: SERVICE, flaw: 'retired-key' }),
        ).kid,
      );
    } finally {
      await server.close();
    }
  });

  test('are made for the time of the clock', async () => {
    const past = await makeKeys(() => Date.parse('2026-01-01T00:00:00Z'));
    const token = await past.signActivity({ appId: APP, serviceUrl: SERVICE });
    const [, payload = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      exp: Date.parse('2026-01-01T01:00:00Z') / 1000,
    });
  });
});
