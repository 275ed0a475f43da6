import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';

const APP = '11111111-2222-4333-8444-555555555555';
const { analyst } = PEOPLE;

let chat: Chat;
let place: string;

beforeEach(async () => {
  chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: APP });
  place = chat.personal(analyst.oid);
});
afterEach(() => chat.close());

interface Answer {
  readonly status: number;
  readonly body: { readonly id?: string; readonly error?: { readonly code: string } };
  readonly retryAfter: string | null;
}

const ask = async (method: string, path: string, body?: unknown, signed = true): Promise<Answer> => {
  const response = await fetch(`${chat.serviceUrl}v3/conversations${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(signed ? { authorization: 'Bearer opaque' } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Answer['body'],
    retryAfter: response.headers.get('retry-after'),
  };
};

const activities = (id = place): string => `/${encodeURIComponent(id)}/activities`;
const texts = (id = place): readonly string[] => chat.messages(id, analyst.oid).map(({ text }) => text);

describe('the Connector', () => {
  test('takes a message, a reply, a change and a deletion', async () => {
    const { body, status } = await ask('POST', activities(), { type: 'message', text: 'one' });
    expect(status).toBe(201);
    await ask('POST', `${activities()}/12345`, { type: 'message', text: 'two' });
    expect(texts()).toEqual(['one', 'two']);
    const one = `${activities()}/${encodeURIComponent(body.id ?? '')}`;
    expect(await ask('PUT', one, { type: 'message', text: 'changed' })).toMatchObject({
      status: 200,
      body: { id: body.id },
    });
    expect(texts()).toEqual(['changed', 'two']);
    expect(await ask('DELETE', one)).toMatchObject({ status: 200 });
    expect(texts()).toEqual(['two']);
    expect(await ask('DELETE', one)).toMatchObject({ status: 404 });
    expect(await ask('PUT', one, { type: 'message' })).toMatchObject({ status: 404 });
  });

  test('opens a new thread for a message to the channel itself', async () => {
    const { body } = await ask('POST', activities(chat.channel.id), { type: 'message', text: 'digest' });
    expect(chat.messages(`${chat.channel.id};messageid=${body.id}`, analyst.oid)).toHaveLength(1);
  });

  test('shows typing without leaving a message', async () => {
    expect(await ask('POST', activities(), { type: 'typing' })).toMatchObject({ status: 202 });
    expect(texts()).toEqual([]);
    expect(chat.posts.at(-1)).toMatchObject({ method: 'POST', body: { type: 'typing' } });
  });

  test('gives the existing personal chat, and a thread with its first message', async () => {
    const members = await ask('GET', `/${encodeURIComponent(place)}/members`);
    const [{ id }] = members.body as unknown as [{ id: string }];
    expect(await ask('POST', '', { members: [{ id }] })).toMatchObject({ status: 201, body: { id: place } });
    const { body } = await ask('POST', '', {
      channelData: { channel: { id: chat.channel.id } },
      activity: { type: 'message', text: 'new incident' },
    });
    expect(body).toMatchObject({
      id: expect.stringContaining(';messageid='),
      activityId: expect.any(String),
    });
    expect(await ask('POST', '', { members: [{ id: '29:nobody' }] })).toMatchObject({
      status: 403,
      body: { error: { code: 'BotNotInConversationRoster' } },
    });
    expect(await ask('POST', '', { members: 5 })).toMatchObject({ status: 400 });
  });

  test('names the members with their object ids', async () => {
    const group = `/${encodeURIComponent(chat.group.id)}`;
    const paged = (await ask('GET', `${group}/pagedmembers`)).body as unknown as {
      members: { id: string }[];
    };
    expect(paged.members).toHaveLength(Object.keys(PEOPLE).length);
    expect(await ask('GET', `${group}/members/${analyst.oid}`)).toMatchObject({
      body: { aadObjectId: analyst.oid, userPrincipalName: analyst.userPrincipalName, tenantId: TENANT_ID },
    });
    expect(await ask('GET', `${group}/members/nobody`)).toMatchObject({ status: 404 });
  });

  test('refuses what has no token, no conversation, no sense or no end', async () => {
    expect(await ask('POST', activities(), { type: 'message' }, false)).toMatchObject({ status: 401 });
    expect(await ask('POST', activities('a:1unknown'), { type: 'message' })).toMatchObject({
      status: 404,
      body: { error: { code: 'ConversationNotFound' } },
    });
    expect(await ask('POST', activities(), [])).toMatchObject({ status: 400 });
    expect(await ask('PATCH', activities(), {})).toMatchObject({ status: 405 });
    expect(texts()).toEqual([]);
  });

  test('counts a message as UTF-16: 100 KB pass, more is MessageSizeTooBig', async () => {
    const empty = JSON.stringify({ type: 'message', text: '' }).length;
    const most = 'é'.repeat((100 * 1024) / 2 - empty);
    expect(await ask('POST', activities(), { type: 'message', text: most })).toMatchObject({ status: 201 });
    expect(await ask('POST', activities(), { type: 'message', text: `${most}é` })).toMatchObject({
      status: 413,
      body: { error: { code: 'MessageSizeTooBig' } },
    });
  });
});

describe('a fault', () => {
  test('hits as many requests as it says, then life goes on', async () => {
    chat.faults.add({ answer: 429, retryAfter: 2, times: 2, method: 'POST' });
    const say = () => ask('POST', activities(), { type: 'message', text: 'x' });
    expect(await say()).toMatchObject({ status: 429, retryAfter: '2' });
    expect(await ask('GET', `/${encodeURIComponent(place)}/members`)).toMatchObject({ status: 200 });
    expect(await say()).toMatchObject({ status: 429 });
    expect(await say()).toMatchObject({ status: 201 });
    expect(texts()).toEqual(['x']);
  });

  test('can tear the connection before or after the message was taken', async () => {
    chat.faults.add({ answer: 'cut' });
    chat.faults.add({ answer: 'cut', carriedOut: true });
    const say = (text: string) => ask('POST', activities(), { type: 'message', text });
    await expect(say('lost')).rejects.toThrow();
    await expect(say('taken')).rejects.toThrow();
    expect(texts()).toEqual(['taken']);
  });

  test('can be taken back', async () => {
    chat.faults.add({ answer: 502, times: 9 });
    expect(await ask('POST', activities(), { type: 'message' })).toMatchObject({
      status: 502,
      retryAfter: null,
    });
    chat.faults.clear();
    expect(await ask('POST', activities(), { type: 'message' })).toMatchObject({ status: 201 });
  });
});
