import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Edge, startEdge } from './support/edge.ts';
import { expectRefused, under } from './support/knock.ts';
import { makeKey } from './support/pretend-channel.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

describe("the channel's keys", () => {
  test('H017: a new key is fetched once the cooldown is over, and not before', async () => {
    await under(edge, `Bearer ${await edge.token()}`);
    const second = await makeKey('second');
    edge.keys.publish([second.jwk]);
    edge.messages.length = 0;
    await expectRefused(edge, `Bearer ${await edge.token({}, {}, second)}`);
    expect(edge.keys.fetches()).toBe(1);
    edge.pass(30_000);
    expect((await under(edge, `Bearer ${await edge.token({}, {}, second)}`)).status).toBe(200);
    expect(edge.keys.fetches()).toBe(2);
    expect(edge.events.filter((name) => name === 'keys.fetched')).toHaveLength(2);
  });

  test('a token that was good is refused once its key is withdrawn', async () => {
    const token = `Bearer ${await edge.token()}`;
    expect((await under(edge, token)).status).toBe(200);
    const second = await makeKey('second');
    edge.keys.publish([second.jwk]);
    edge.pass(30_000);
    await under(edge, `Bearer ${await edge.token({}, {}, second)}`);
    edge.messages.length = 0;
    await expectRefused(edge, token);
  });

  test('a token that was good is refused once it is over', async () => {
    const token = `Bearer ${await edge.token()}`;
    expect((await under(edge, token)).status).toBe(200);
    edge.pass(3_600_000 + 6 * 60_000);
    edge.messages.length = 0;
    await expectRefused(edge, token);
  });

  test('a hundred unknown key ids cost one fetch', async () => {
    await under(edge, `Bearer ${await edge.token()}`);
    edge.pass(31_000);
    const unknown = await Promise.all(
      Array.from({ length: 100 }, async (_, at) => edge.token({}, { kid: `unknown-${at}` })),
    );
    const answers = await Promise.all(unknown.map((token) => under(edge, `Bearer ${token}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(edge.keys.fetches()).toBe(2);
  });

  test('H018: when the keys are a day old and cannot be fetched, nobody comes in and readiness goes', async () => {
    const ready = () => edge.post('', { method: 'GET', path: '/readyz' });
    expect((await under(edge, `Bearer ${await edge.token()}`)).status).toBe(200);
    expect((await ready()).status).toBe(200);
    edge.keys.fail(true);
    edge.pass(24 * 3_600_000);
    edge.messages.length = 0;
    await expectRefused(edge, `Bearer ${await edge.token()}`);
    expect(await ready()).toMatchObject({ status: 503, text: '' });
    expect(edge.events).toContain('keys.failed');
    edge.keys.fail(false);
    edge.pass(1_000);
    expect((await under(edge, `Bearer ${await edge.token()}`)).status).toBe(200);
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
    await expectRefused(edge, `Bearer ${await edge.token()}`);
    expect(edge.events).toEqual(['keys.failed', 'auth.reject:keys-unavailable']);
  });

  test('H019: a key document of ten megabytes lets nobody in, although a good key is in it', async () => {
    edge.keys.publish(JSON.stringify({ keys: [edge.key.jwk, { pad: 'x'.repeat(10_000_000) }] }));
    await expectRefused(edge, `Bearer ${await edge.token()}`);
  });

  test('H019: a broken key beside good ones is left out', async () => {
    edge.keys.publish([{ kty: 'RSA', kid: 'broken' }, edge.key.jwk]);
    expect((await under(edge, `Bearer ${await edge.token()}`)).status).toBe(200);
  });

  test('nobody is remembered longer than the keys are good', async () => {
    await under(edge, `Bearer ${await edge.token()}`);
    edge.pass(12 * 3_600_000);
    const lasting = `Bearer ${await edge.token({ exp: Math.floor(edge.now() / 1_000) + 13 * 3_600 })}`;
    expect((await under(edge, lasting)).status).toBe(200);
    edge.keys.fail(true);
    edge.pass(12 * 3_600_000);
    edge.messages.length = 0;
    await expectRefused(edge, lasting);
  });

  test('a redirect is not followed to the keys', async () => {
    edge.keys.pointTo(edge.keys.openIdUrl.replace('/openid', '/moved'));
    await expectRefused(edge, `Bearer ${await edge.token()}`);
    expect(edge.events).toContain('keys.failed');
  });

  test('keys are taken from the side that the configuration came from', async () => {
    edge.keys.pointTo('https://keys.example/keys');
    await expectRefused(edge, `Bearer ${await edge.token()}`);
    expect(edge.log.join()).toContain('another host');
  });

  test.each([[['webchat']], [[]], [['msteams2', 'MSTeams']]])(
    'a key endorsed for %j signs nothing here',
    async (endorsements) => {
      const key = await makeKey('other', endorsements);
      edge.keys.publish([key.jwk]);
      await expectRefused(edge, `Bearer ${await edge.token({}, {}, key)}`);
      expect(edge.events).toContain('auth.reject:endorsement');
    },
  );
});
