import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ALICE, type Edge, startEdge, TENANT } from './support/edge.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

const FOREIGN = '55555555-eeee-4555-8555-555555555555';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const expectRefused = async (activity: Record<string, unknown>, reason: string) => {
  expect(await edge.post(activity)).toMatchObject({ status: 403, text: '' });
  expect(edge.events.at(-1)).toBe(`gate.reject:${reason}`);
  expect(edge.log.at(-1)).toContain(reason);
  expect([...edge.messages, ...edge.presses, ...edge.installs, ...edge.connector.sent]).toEqual([]);
};

test.each([
  { conversation: { id: '19:x', tenantId: FOREIGN } },
  { channelData: { tenant: { id: FOREIGN } } },
  { conversation: { id: '19:x', tenantId: FOREIGN }, channelData: { tenant: { id: FOREIGN } } },
  { conversation: { id: '19:x' }, channelData: { tenant: { id: FOREIGN } } },
  { conversation: { id: '19:x', tenantId: '' } },
])('H037: another tenant is refused, wherever its id stands: %j', async (more) => {
  for (const type of ['message', 'invoke', 'installationUpdate', 'conversationUpdate', 'whatever']) {
    await expectRefused({ ...edge.message('help'), ...more, type, action: 'add' }, 'tenant');
  }
});

test('a tenant id is the same in capitals', async () => {
  const shouted = { channelData: { tenant: { id: TENANT.toUpperCase() } } };
  expect((await edge.post(edge.message('help', shouted))).status).toBe(200);
  expect(edge.messages[0]?.person.tenantId).toBe(TENANT);
});

test('H041: a person is an object id in a tenant, whatever the name says', async () => {
  const other = ALICE.replace(/^3/, '4');
  await edge.post(
    edge.message('help', { from: { id: '29:x', name: 'Alice', aadObjectId: ALICE.toUpperCase() } }),
  );
  await edge.post(edge.message('help', { from: { id: '29:x', name: 'Alice', aadObjectId: other } }));
  expect(edge.messages.map(({ person }) => person.id)).toEqual([ALICE, other]);
});

test.each([['bot'], ['Bot']])('H044: what a %s says is refused', async (role) => {
  await expectRefused(edge.message('help', { from: { id: '28:x', aadObjectId: ALICE, role } }), 'bot');
  await expectRefused(
    edge.execute({ action: {} }, { from: { id: '28:x', aadObjectId: ALICE, role } }),
    'bot',
  );
});

test.each([[undefined], [null], [''], ['alice@contoso.com'], [`${ALICE}0`], [`{${ALICE}}`]])(
  'nobody acts without an object id: %p',
  async (aadObjectId) => {
    await expectRefused(edge.message('help', { from: { id: '29:x', aadObjectId } }), 'no-person');
  },
);
