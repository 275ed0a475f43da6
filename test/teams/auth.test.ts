import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import { createTeams } from '../../src/teams/server.ts';
import { ALICE, APP, type Edge, ISSUER, localCloud, startEdge, TENANT } from './support/edge.ts';
import { expectRefused, under } from './support/knock.ts';
import { makeKey } from './support/pretend-channel.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const seconds = (): number => Math.floor(edge.now() / 1_000);

describe('who may knock', () => {
  test('a good token lets a message in', async () => {
    expect((await under(edge, `Bearer ${await edge.token()}`)).status).toBe(200);
    expect(edge.messages).toHaveLength(1);
  });

  test('H001: without an Authorization header nothing runs, and it is counted once', async () => {
    await expectRefused(edge, null);
    expect(edge.events).toEqual(['auth.reject:authorization']);
    expect(edge.connector.sent).toEqual([]);
  });

  test('H002: the edge cannot be made without the ids of one bot in one tenant', () => {
    const make = (appId: string, tenantId: string) => () =>
      createTeams({
        appId,
        tenantId,
        cloud: localCloud(edge.keys.openIdUrl),
        getToken: async () => 'local',
        doors: {
          onMessage: async () => {},
          onPress: async () => ({ message: '' }),
          onSubmit: async () => undefined,
          onFile: async () => {},
          onInstall: async () => {},
          onSearch: async () => ({ message: '' }),
          onPick: async () => ({ message: '' }),
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
    await expectRefused(edge, `Bearer ${forged}`);
  });

  test('an unsigned token is no token', async () => {
    const [, payload] = (await edge.token()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: edge.key.kid })).toString('base64url');
    await expectRefused(edge, `Bearer ${header}.${payload}.`);
    await expectRefused(edge, `Bearer ${header}.${payload}.AAAA`);
  });

  test('H005: a key with the id of a trusted key is not the trusted key', async () => {
    const impostor = await makeKey(edge.key.kid);
    await expectRefused(edge, `Bearer ${await edge.token({}, {}, impostor)}`);
    expect(edge.events).toContain('auth.reject:ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  });

  test('H007: a token is good for five minutes after its end, as the Bot Framework has it, and no longer', async () => {
    await expectRefused(edge, `Bearer ${await edge.token({ exp: seconds() - 6 * 60 })}`);
    const answer = await under(edge, `Bearer ${await edge.token({ exp: seconds() - 4 * 60 })}`);
    expect(answer.status).toBe(200);
  });

  test('H008: a token without an end, or with one more than a day away, is refused', async () => {
    await expectRefused(edge, `Bearer ${await edge.token({ exp: undefined })}`);
    await expectRefused(edge, `Bearer ${await edge.token({ exp: seconds() + 25 * 3_600, nbf: seconds() })}`);
    await expectRefused(
      edge,
      `Bearer ${await edge.token({ exp: seconds() + 3_600, nbf: seconds() - 24 * 3_600 })}`,
    );
    await expectRefused(edge, `Bearer ${await edge.token({ exp: seconds() + 25 * 3_600, nbf: undefined })}`);
  });

  test("H009: a token that the bot's own secret could get is not the channel's", async () => {
    const emulator = { iss: `https://sts.windows.net/${TENANT}/`, appid: APP, ver: '1.0' };
    await expectRefused(edge, `Bearer ${await edge.token(emulator)}`);
    const second = { iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, azp: APP, ver: '2.0' };
    await expectRefused(edge, `Bearer ${await edge.token(second)}`);
    await expectRefused(edge, `Bearer ${await edge.token({ ...emulator, oid: ALICE, aud: ISSUER })}`);
  });

  test("H010: another application's token is refused", async () => {
    const other = '99999999-9999-4999-8999-999999999999';
    await expectRefused(edge, `Bearer ${await edge.token({ aud: other })}`);
    await expectRefused(
      edge,
      `Bearer ${await edge.token({ iss: `https://sts.windows.net/${TENANT}/`, appid: other, azp: other })}`,
    );
    await expectRefused(edge, `Bearer ${await edge.token({ aud: [APP, other] })}`);
  });

  test('H013: no other host becomes the address of Teams, whatever the token says', async () => {
    for (const serviceUrl of [
      'https://smba.trafficmanager.net.evil.example/',
      'http://127.0.0.1.evil.example/',
      'http://user@127.0.0.1:1/',
      'file://127.0.0.1/',
    ]) {
      await expectRefused(edge, `Bearer ${await edge.token({ serviceurl: serviceUrl })}`, { serviceUrl });
    }
    expect(edge.connector.sent).toEqual([]);
  });

  test('an activity may name only the address that its token names', async () => {
    const token = await edge.token();
    expect((await under(edge, `Bearer ${token}`)).status).toBe(200);
    edge.messages.length = 0;
    await expectRefused(edge, `Bearer ${token}`, { serviceUrl: 'http://127.0.0.1:1/elsewhere/' });
    await expectRefused(edge, `Bearer ${await edge.token({ serviceurl: undefined })}`);
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
    await expectRefused(edge, [`Bearer ${token}`, `Bearer ${token}`]);
    await expectRefused(edge, [`Bearer ${token}`, 'Bearer x']);
    await expectRefused(edge, `Bearer  ${token}`);
    await expectRefused(edge, 'Bearer  x y');
    await expectRefused(edge, `Bearer ${token} x`);
    await expectRefused(edge, `bearer ${token}`);
    await expectRefused(edge, `Basic ${token}`);
    await expectRefused(edge, token);
    await expectRefused(edge, 'Bearer a.b.c');
    await expectRefused(edge, 'Bearer ..');
    expect((await under(edge, `Bearer ${token}`)).status).toBe(200);
  });
});
