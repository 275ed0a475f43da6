import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { PasswordServiceClientCredentialFactory } from 'botframework-connector';
import fc from 'fast-check';
import { APP, type Edge, ISSUER, type Json, startEdge, TENANT } from './support/edge.ts';
import { type KeyPair, makeKey } from './support/pretend-channel.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

// botbuilder's own check of inbound tokens is the yardstick: whatever it refuses, the edge must refuse too.

let edge: Edge;
let unendorsed: KeyPair;
let impostor: KeyPair;
let theirs: ConfigurationBotFrameworkAuthentication;
const { error } = console;

// Both judge at the same moment, however long the one takes before the other.
beforeAll(async () => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  edge = await startEdge();
  [unendorsed, impostor] = await Promise.all([makeKey('unendorsed', ['webchat']), makeKey('first')]);
  edge.keys.publish([edge.key.jwk, unendorsed.jwk]);
  theirs = new ConfigurationBotFrameworkAuthentication(
    {
      ToBotFromChannelOpenIdMetadataUrl: edge.keys.openIdUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: edge.keys.openIdUrl,
      ToBotFromChannelTokenIssuer: ISSUER,
      ToChannelFromBotLoginUrl: 'http://127.0.0.1:9/',
      ToChannelFromBotOAuthScope: ISSUER,
      OAuthUrl: 'http://127.0.0.1:9/',
      CallerId: 'urn:botframework:azure',
    },
    new PasswordServiceClientCredentialFactory(APP, 'password', TENANT),
  );
  console.error = () => {};
});
afterAll(async () => {
  console.error = error;
  jest.restoreAllMocks();
  await edge.close();
});

const now = (): number => Math.floor(Date.now() / 1_000);

const judge = async (activity: Json, token: string) => ({
  ours: (await edge.post(activity, { authorization: `Bearer ${token}` })).status === 200,
  theirs: await theirs.authenticateRequest(activity as never, `Bearer ${token}`).then(
    () => true,
    () => false,
  ),
});

interface Case {
  readonly name: string;
  readonly claims?: () => Json;
  readonly header?: Json;
  readonly key?: () => KeyPair;
  readonly activity?: Json;
  /** What the edge says; botbuilder may be stricter nowhere. */
  readonly ours: boolean;
}

const EMULATOR = {
  iss: `https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/`,
  appid: APP,
  ver: '1.0',
};

const CASES: readonly Case[] = [
  { name: 'good', ours: true },
  { name: 'issuer with a slash', claims: () => ({ iss: `${ISSUER}/` }), ours: false },
  { name: 'government issuer', claims: () => ({ iss: 'https://api.botframework.us' }), ours: false },
  { name: 'no issuer', claims: () => ({ iss: undefined }), ours: false },
  { name: 'other audience', claims: () => ({ aud: TENANT }), ours: false },
  { name: 'list of audiences', claims: () => ({ aud: [APP] }), ours: false },
  { name: 'no audience', claims: () => ({ aud: undefined }), ours: false },
  { name: 'no end', claims: () => ({ exp: undefined }), ours: false },
  { name: 'end as text', claims: () => ({ exp: String(now() + 600) }), ours: false },
  { name: 'ended 4 minutes ago', claims: () => ({ exp: now() - 240 }), ours: true },
  { name: 'ended 5 minutes ago', claims: () => ({ exp: now() - 300 }), ours: false },
  { name: 'begins in 4 minutes', claims: () => ({ nbf: now() + 240 }), ours: true },
  { name: 'begins in 6 minutes', claims: () => ({ nbf: now() + 360 }), ours: false },
  { name: 'lasts two days', claims: () => ({ exp: now() + 172_800 }), ours: false },
  { name: 'other service URL', claims: () => ({ serviceurl: 'http://127.0.0.1:1/' }), ours: false },
  {
    name: 'service URL without the slash',
    claims: () => ({ serviceurl: edge.connector.serviceUrl.slice(0, -1) }),
    ours: false,
  },
  { name: 'activity without service URL', activity: { serviceUrl: undefined }, ours: false },
  { name: 'activity with an empty service URL', activity: { serviceUrl: '' }, ours: false },
  { name: 'empty channel', activity: { channelId: '' }, ours: false },
  { name: 'other channel', activity: { channelId: 'webchat' }, ours: false },
  { name: 'key for another channel', key: () => unendorsed, ours: false },
  { name: 'impostor', key: () => impostor, ours: false },
  { name: 'unknown key', header: { kid: 'nobody' }, ours: false },
  { name: 'no key id', header: { kid: undefined }, ours: false },
  { name: 'emulator', claims: () => EMULATOR, ours: false },
  { name: 'skill', claims: () => ({ ...EMULATOR, appid: TENANT }), ours: false },
];

test.each(CASES)('the edge is not more lenient than botbuilder: $name', async (row) => {
  const token = await edge.token(row.claims?.(), row.header, row.key?.());
  const verdict = await judge(edge.message('help', row.activity), token);
  expect(verdict.ours).toBe(row.ours);
  if (verdict.ours) expect(verdict.theirs).toBe(true);
});

test('the yardstick measures: botbuilder accepts a good token and three that the edge refuses', async () => {
  const good = await judge(edge.message('help'), await edge.token());
  expect(good).toEqual({ ours: true, theirs: true });
  const endless = await edge.token({ exp: undefined });
  expect(await judge(edge.message('help'), endless)).toEqual({ ours: false, theirs: true });
  const nowhere = edge.message('help', { serviceUrl: '' });
  expect(await judge(nowhere, await edge.token())).toEqual({ ours: false, theirs: true });
  expect(await judge(edge.message('help'), await edge.token(EMULATOR))).toEqual({
    ours: false,
    theirs: true,
  });
});

test('for all mixtures of claims, what botbuilder refuses the edge refuses', async () => {
  const any = fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    fc.constantFrom(null, 0, '', 'x', [], {}, true),
  );
  const offset = fc.integer({ min: -500, max: 500 });
  const mixture = fc.record(
    {
      iss: fc.oneof({ weight: 5, arbitrary: fc.constant<unknown>(ISSUER) }, any),
      aud: fc.oneof({ weight: 5, arbitrary: fc.constant<unknown>(APP) }, any),
      exp: fc.oneof({ weight: 5, arbitrary: offset.map((by): unknown => now() + by) }, any),
      nbf: fc.oneof({ weight: 5, arbitrary: offset.map((by): unknown => now() + by) }, any),
      iat: fc.oneof({ weight: 5, arbitrary: offset.map((by): unknown => now() + by) }, any),
      ver: any,
      appid: any,
    },
    { requiredKeys: ['iss', 'aud', 'exp', 'nbf'] },
  );
  await fc.assert(
    fc.asyncProperty(mixture, async (claims) => {
      const verdict = await judge(edge.message('help'), await edge.token(claims));
      expect(verdict.ours && !verdict.theirs).toBe(false);
    }),
    { numRuns: 200 },
  );
});
