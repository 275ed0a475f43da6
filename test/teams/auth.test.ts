import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import { createTeams } from '../../src/teams/server.ts';
import { ALICE, APP, type Edge, ISSUER, localCloud, startEdge, TENANT } from './support/edge.ts';
import { makeKey } from './support/pretend-channel.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const seconds = (): number => Math.floor(edge.now() / 1_000);

/** Posts a good message under this token. */
const under = async (token: string | string[] | null, more: Record<string, unknown> = {}) =>
  edge.post(edge.message('help', more), { authorization: token });

const expectRefused = async (token: string | string[] | null, more: Record<string, unknown> = {}) => {
  const answer = await under(token, more);
  expect(answer.status).toBe(401);
  expect(answer.text).toBe('');
  expect(answer.headers.server).toBeUndefined();
  expect(edge.messages).toEqual([]);
};

describe('who may knock', () => {
  test('a good token lets a message in', async () => {
    expect((await under(`Bearer ${await edge.token()}`)).status).toBe(200);
    expect(edge.messages).toHaveLength(1);
  });

  test('H001: without an Authorization header nothing runs, and it is counted once', async () => {
    await expectRefused(null);
    expect(edge.events).toEqual(['auth.reject:authorization']);
    expect(edge.connector.sent).toEqual([]);
  });

  test('H002: the edge cannot be made without the ids of one bot in one tenant', () => {
    const make = (appId: string, tenantId: string) => () =>
      createTeams({
        appId,
        tenantId,
        cloud: localCloud(edge.keys.openIdUrl),
        credential: { kind: 'local' },
        doors: {
          onMessage: async () => {},
          onPress: async () => ({ message: '' }),
          onInstall: async () => {},
        },
        clock: Date.now,
        log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
        onEvent: () => {},
        ready: () => true,
      });
    for (const wrong of ['', '  ', 'common', '*', `${APP} `]) {
      expect(make(wrong, TENANT)).toThrow('application id');
      expect(make(APP, wrong)).toThrow('tenant id');
    }
    expect(make(APP, TENANT)).not.toThrow();
  });

  test('H004: the public key is not a shared secret', async () => {
    const pem = await exportSPKI((await importJWK(edge.key.jwk, 'RS256')) as CryptoKey);
    const claims = { iss: ISSUER, aud: APP, exp: seconds() + 600, serviceurl: edge.connector.serviceUrl };
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: edge.key.kid })
      .sign(new TextEncoder().encode(pem));
    await expectRefused(`Bearer ${forged}`);
  });

  test('an unsigned token is no token', async () => {
    const [, payload] = (await edge.token()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: edge.key.kid })).toString('base64url');
    await expectRefused(`Bearer ${header}.${payload}.`);
    await expectRefused(`Bearer ${header}.${payload}.AAAA`);
  });

  test('H005: a key with the id of a trusted key is not the trusted key', async () => {
    const impostor = await makeKey(edge.key.kid);
    await expectRefused(`Bearer ${await edge.token({}, {}, impostor)}`);
    expect(edge.events).toContain('auth.reject:ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  });

  test('H007: a token is good for five minutes after its end, as the Bot Framework has it, and no longer', async () => {
    await expectRefused(`Bearer ${await edge.token({ exp: seconds() - 6 * 60 })}`);
    const answer = await under(`Bearer ${await edge.token({ exp: seconds() - 4 * 60 })}`);
    expect(answer.status).toBe(200);
  });

  test('H008: a token without an end, or with one more than a day away, is refused', async () => {
    await expectRefused(`Bearer ${await edge.token({ exp: undefined })}`);
    await expectRefused(`Bearer ${await edge.token({ exp: seconds() + 25 * 3_600, nbf: seconds() })}`);
    await expectRefused(
      `Bearer ${await edge.token({ exp: seconds() + 3_600, nbf: seconds() - 24 * 3_600 })}`,
    );
    await expectRefused(`Bearer ${await edge.token({ exp: seconds() + 25 * 3_600, nbf: undefined })}`);
  });

  test("H009: a token that the bot's own secret could get is not the channel's", async () => {
    const emulator = { iss: `https://sts.windows.net/${TENANT}/`, appid: APP, ver: '1.0' };
    await expectRefused(`Bearer ${await edge.token(emulator)}`);
    const second = { iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, azp: APP, ver: '2.0' };
    await expectRefused(`Bearer ${await edge.token(second)}`);
    await expectRefused(`Bearer ${await edge.token({ ...emulator, oid: ALICE, aud: ISSUER })}`);
  });

  test("H010: another application's token is refused", async () => {
    const other = '99999999-9999-4999-8999-999999999999';
    await expectRefused(`Bearer ${await edge.token({ aud: other })}`);
    await expectRefused(
      `Bearer ${await edge.token({ iss: `https://sts.windows.net/${TENANT}/`, appid: other, azp: other })}`,
    );
    await expectRefused(`Bearer ${await edge.token({ aud: [APP, other] })}`);
  });

  test('H013: no other host becomes the address of Teams, whatever the token says', async () => {
    for (const serviceUrl of [
      'https://smba.trafficmanager.net.evil.example/',
      'http://127.0.0.1.evil.example/',
      'http://user@127.0.0.1:1/',
      'file://127.0.0.1/',
    ]) {
      await expectRefused(`Bearer ${await edge.token({ serviceurl: serviceUrl })}`, { serviceUrl });
    }
    expect(edge.connector.sent).toEqual([]);
  });

  test('an activity may name only the address that its token names', async () => {
    const token = await edge.token();
    expect((await under(`Bearer ${token}`)).status).toBe(200);
    edge.messages.length = 0;
    await expectRefused(`Bearer ${token}`, { serviceUrl: 'http://127.0.0.1:1/elsewhere/' });
    await expectRefused(`Bearer ${await edge.token({ serviceurl: undefined })}`);
  });

  test.each([[''], [undefined], [null], [5], ['webchat'], ['AseChannel'], ['MSTEAMS'], ['emulator']])(
    'H014: the channel %p is refused before botbuilder sees it',
    async (channelId) => {
      const answer = await edge.post(edge.message('help', { channelId }));
      expect(answer).toMatchObject({ status: 400, text: '' });
      expect(edge.messages).toEqual([]);
    },
  );

  test('H016: one header, one scheme, one token', async () => {
    const token = await edge.token();
    await expectRefused([`Bearer ${token}`, `Bearer ${token}`]);
    await expectRefused([`Bearer ${token}`, 'Bearer x']);
    await expectRefused(`Bearer  ${token}`);
    await expectRefused('Bearer  x y');
    await expectRefused(`Bearer ${token} x`);
    await expectRefused(`bearer ${token}`);
    await expectRefused(`Basic ${token}`);
    await expectRefused(token);
    await expectRefused('Bearer a.b.c');
    await expectRefused('Bearer ..');
    expect((await under(`Bearer ${token}`)).status).toBe(200);
  });
});

describe("the channel's keys", () => {
  test('H017: a new key is fetched once the cooldown is over, and not before', async () => {
    await under(`Bearer ${await edge.token()}`);
    const second = await makeKey('second');
    edge.keys.publish([second.jwk]);
    edge.messages.length = 0;
    await expectRefused(`Bearer ${await edge.token({}, {}, second)}`);
    expect(edge.keys.fetches()).toBe(1);
    edge.pass(30_000);
    expect((await under(`Bearer ${await edge.token({}, {}, second)}`)).status).toBe(200);
    expect(edge.keys.fetches()).toBe(2);
    expect(edge.events.filter((name) => name === 'keys.fetched')).toHaveLength(2);
  });

  test('a token that was good is refused once its key is withdrawn', async () => {
    const token = `Bearer ${await edge.token()}`;
    expect((await under(token)).status).toBe(200);
    const second = await makeKey('second');
    edge.keys.publish([second.jwk]);
    edge.pass(30_000);
    await under(`Bearer ${await edge.token({}, {}, second)}`);
    edge.messages.length = 0;
    await expectRefused(token);
  });

  test('a token that was good is refused once it is over', async () => {
    const token = `Bearer ${await edge.token()}`;
    expect((await under(token)).status).toBe(200);
    edge.pass(3_600_000 + 6 * 60_000);
    edge.messages.length = 0;
    await expectRefused(token);
  });

  test('a hundred unknown key ids cost one fetch', async () => {
    await under(`Bearer ${await edge.token()}`);
    edge.pass(31_000);
    const unknown = await Promise.all(
      Array.from({ length: 100 }, async (_, at) => edge.token({}, { kid: `unknown-${at}` })),
    );
    const answers = await Promise.all(unknown.map((token) => under(`Bearer ${token}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(edge.keys.fetches()).toBe(2);
  });

  test('H018: when the keys are a day old and cannot be fetched, nobody comes in and readiness goes', async () => {
    const ready = () => edge.post('', { method: 'GET', path: '/readyz' });
    expect((await under(`Bearer ${await edge.token()}`)).status).toBe(200);
    expect((await ready()).status).toBe(200);
    edge.keys.fail(true);
    edge.pass(24 * 3_600_000);
    edge.messages.length = 0;
    await expectRefused(`Bearer ${await edge.token()}`);
    expect(await ready()).toMatchObject({ status: 503, text: '' });
    expect(edge.events).toContain('keys.failed');
    edge.keys.fail(false);
    edge.pass(1_000);
    expect((await under(`Bearer ${await edge.token()}`)).status).toBe(200);
    expect((await ready()).status).toBe(200);
  });

  test.each([
    ['something else than JSON', '<html>'],
    ['half of a document', '{"keys":['],
    ['no list of keys', '{"keys":"none"}'],
    [
      'keys without n or e',
      JSON.stringify({ keys: [{ kty: 'RSA', kid: 'first', endorsements: ['msteams'] }] }),
    ],
    ['keys of another kind', JSON.stringify({ keys: [{ kty: 'oct', kid: 'first', k: 'AAAA' }] })],
  ])('H019: a key document with %s lets nobody in', async (_, document) => {
    edge.keys.publish(document);
    await expectRefused(`Bearer ${await edge.token()}`);
    expect(edge.events).toEqual(['keys.failed', 'auth.reject:keys-unavailable']);
  });

  test('H019: a key document of ten megabytes lets nobody in, although a good key is in it', async () => {
    edge.keys.publish(JSON.stringify({ keys: [edge.key.jwk, { pad: 'x'.repeat(10_000_000) }] }));
    await expectRefused(`Bearer ${await edge.token()}`);
  });

  test('H019: a broken key beside good ones is left out', async () => {
    edge.keys.publish([{ kty: 'RSA', kid: 'broken' }, edge.key.jwk]);
    expect((await under(`Bearer ${await edge.token()}`)).status).toBe(200);
  });

  test('nobody is remembered longer than the keys are good', async () => {
    await under(`Bearer ${await edge.token()}`);
    edge.pass(12 * 3_600_000);
    const lasting = `Bearer ${await edge.token({ exp: seconds() + 13 * 3_600 })}`;
    expect((await under(lasting)).status).toBe(200);
    edge.keys.fail(true);
    edge.pass(12 * 3_600_000);
    edge.messages.length = 0;
    await expectRefused(lasting);
  });

  test('a redirect is not followed to the keys', async () => {
    edge.keys.pointTo(edge.keys.openIdUrl.replace('/openid', '/moved'));
    await expectRefused(`Bearer ${await edge.token()}`);
    expect(edge.events).toContain('keys.failed');
  });

  test('keys are taken from the side that the configuration came from', async () => {
    edge.keys.pointTo('https://keys.example/keys');
    await expectRefused(`Bearer ${await edge.token()}`);
    expect(edge.log.join()).toContain('another host');
  });

  test.each([[['webchat']], [[]], [['msteams2', 'MSTeams']]])(
    'a key endorsed for %j signs nothing here',
    async (endorsements) => {
      const key = await makeKey('other', endorsements);
      edge.keys.publish([key.jwk]);
      await expectRefused(`Bearer ${await edge.token({}, {}, key)}`);
      expect(edge.events).toContain('auth.reject:endorsement');
    },
  );
});
