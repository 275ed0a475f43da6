import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Place } from '../../src/entra/place.ts';
import { APP, type Edge, startEdge, TENANT } from './support/edge.ts';

const CARD = { type: 'AdaptiveCard', version: '1.5', body: [] } as const;
const ALICE = { teamsId: '29:alice' };

let edge: Edge;
let place: Place;
beforeEach(async () => {
  edge = await startEdge();
  place = {
    kind: 'channel',
    conversationId: '19:c@thread.tacv2;messageid=17',
    serviceUrl: edge.connector.serviceUrl,
    tenantId: TENANT,
    botId: `28:${APP}`,
  };
});
afterEach(() => edge.close());

test('a message for one person names them, with the bot’s token, and gives the id for its edit', async () => {
  const only = edge.teams.chatIn(place).only(ALICE);
  expect(await only.send(CARD, 'A sign-in')).toBe('posted-1');
  await only.update('posted-1', CARD, 'Updated');
  const path = '/teams/v3/conversations/19%3Ac%40thread.tacv2%3Bmessageid%3D17/activities';
  const message = {
    type: 'message',
    recipient: { id: '29:alice' },
    conversation: { id: place.conversationId },
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: CARD }],
  };
  expect(edge.connector.sent).toMatchObject([
    { method: 'POST', path: `${path}?isTargetedActivity=true`, body: { ...message, summary: 'A sign-in' } },
    { method: 'PUT', path: `${path}/posted-1?isTargetedActivity=true`, body: { ...message, id: 'posted-1' } },
  ]);
  expect(edge.connector.sent[0]?.headers.authorization).toBe('Bearer local');
});

test('what Teams refuses is told by its status', async () => {
  edge.connector.answers.push({ status: 501 });
  const sending = edge.teams.chatIn(place).only(ALICE).send(CARD, 'x');
  await expect(sending).rejects.toMatchObject({ status: 501 });
});

test('an answer without an id is an answer', async () => {
  edge.connector.answers.push({ status: 202 }, { status: 200, body: [] });
  const only = edge.teams.chatIn(place).only(ALICE);
  expect(await only.send(CARD, 'x')).toBeUndefined();
  expect(await only.send(CARD, 'x')).toBeUndefined();
});

test('the personal chat with somebody is opened by their Teams id, in the tenant', async () => {
  edge.connector.answers.push({ status: 201, body: { id: 'a:personal' } });
  expect(await edge.teams.personalChat(ALICE, place)).toEqual({
    ...place,
    kind: 'personal',
    conversationId: 'a:personal',
  });
  expect(edge.connector.sent).toMatchObject([
    {
      method: 'POST',
      path: '/teams/v3/conversations',
      body: {
        bot: { id: `28:${APP}` },
        members: [{ id: '29:alice' }],
        tenantId: TENANT,
        channelData: { tenant: { id: TENANT } },
      },
    },
  ]);
});

test('a personal chat without an id is none', async () => {
  edge.connector.answers.push({ status: 202, body: {} });
  const opening = edge.teams.personalChat(ALICE, place);
  await expect(opening).rejects.toMatchObject({ problem: 'refused' });
});

test('an address outside the list gets nothing', async () => {
  const foreign = { ...place, serviceUrl: 'https://smba.trafficmanager.net.evil.example/' };
  const sending = edge.teams.chatIn(foreign).only(ALICE).send(CARD, 'x');
  await expect(sending).rejects.toMatchObject({ problem: 'foreign-host' });
});

test('without a token nothing is sent', async () => {
  const silent = await startEdge({
    getToken: async () => {
      throw new Error('no token');
    },
  });
  const sending = silent.teams.chatIn(place).only(ALICE).send(CARD, 'x');
  await expect(sending).rejects.toMatchObject({ problem: 'unreachable' });
  expect(edge.connector.sent).toEqual([]);
  await silent.close();
});
