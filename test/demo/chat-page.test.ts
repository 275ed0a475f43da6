import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PageEvent } from '../../src/demo/chat/wire.ts';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { quiet, type Script, type ScriptedBot, startScriptedBot } from './scripted-bot.ts';

const { analyst, approver } = PEOPLE;

let chat: Chat;
let bot: ScriptedBot;
let script: Script;

beforeEach(async () => {
  script = quiet;
  bot = await startScriptedBot((...turn) => script(...turn));
  chat = await startChat({
    people: Object.values(PEOPLE),
    tenantId: TENANT_ID,
    appId: '11111111-2222-4333-8444-555555555555',
  });
  await chat.connect(bot.url);
  bot.heard.length = 0;
});
afterEach(async () => {
  await chat.close();
  await bot.close();
});

/** Listens to the live updates; `next` waits for one of a kind. */
const listenAs = async (personId: string) => {
  const stop = new AbortController();
  const response = await fetch(`${chat.pageUrl}/events?as=${personId}`, { signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return {
    stop: () => stop.abort(),
    next: async <Kind extends PageEvent['kind']>(kind: Kind): Promise<Extract<PageEvent, { kind: Kind }>> => {
      for (;;) {
        const end = rest.indexOf('\n\n');
        if (end < 0) rest += (await reader?.read())?.value ?? '';
        else {
          const event = JSON.parse(rest.slice('data: '.length, end)) as PageEvent;
          rest = rest.slice(end + 2);
          if (event.kind === kind) return event as Extract<PageEvent, { kind: Kind }>;
        }
      }
    },
  };
};

const wish = (body: unknown, type = 'application/json'): Promise<Response> =>
  fetch(`${chat.pageUrl}/do`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });

describe('the page', () => {
  test('outlives a path that is none', async () => {
    expect((await fetch(`${chat.pageUrl}//`)).status).toBe(500);
    expect((await fetch(chat.pageUrl)).status).toBe(200);
  });

  test('comes from this server alone: no other host, no inline script', async () => {
    const response = await fetch(chat.pageUrl);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'self'; img-src 'self' data:/,
    );
    const html = await response.text();
    expect(html).not.toMatch(/https?:|<script>|style=| on\w+=/);
    for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g))
      expect({ path, status: (await fetch(chat.pageUrl + path)).status }).toEqual({ path, status: 200 });
  });

  test('gets TypeScript as the JavaScript that it is without types', async () => {
    const response = await fetch(`${chat.pageUrl}/state.ts`);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const body = await response.text();
    expect(body).toContain('export const receive');
    expect(body).not.toContain('import type');
  });

  test('reaches no file beside its own', async () => {
    for (const path of ['/../chat/keys.ts', '/%2e%2e/start.ts', '/missing.ts', '/package.json'])
      expect((await fetch(chat.pageUrl + path)).status).toBe(404);
  });

  test('does not speak to a page of another name', async () => {
    const response = await new Promise<IncomingMessage>((resolve) => {
      request(chat.pageUrl, { headers: { host: 'rebound.example' } }, resolve).end();
    });
    expect(response.statusCode).toBe(403);
    response.resume();
  });

  test('takes wishes only as JSON and only those it knows', async () => {
    expect((await wish({ do: 'say' }, 'text/plain')).status).toBe(415);
    expect((await wish({ do: 'fly' })).status).toBe(400);
    expect((await fetch(chat.pageUrl, { method: 'PUT' })).status).toBe(405);
    expect(bot.heard).toEqual([]);
  });
});

describe('live updates', () => {
  test('begin with everything that the person can see', async () => {
    const live = await listenAs(approver.oid);
    const { me, conversations, people } = await live.next('everything');
    live.stop();
    expect(me).toEqual(approver);
    expect(people).toHaveLength(Object.keys(PEOPLE).length);
    expect(conversations.map(({ id }) => id)).toEqual([
      chat.personal(approver.oid),
      chat.group.id,
      chat.channel.id,
    ]);
  });

  test('bring what is said in the own conversations, and nothing of others’', async () => {
    const live = await listenAs(approver.oid);
    await live.next('everything');
    const said = { do: 'say', as: analyst.oid, text: 'help', mention: true };
    await wish({ ...said, in: chat.personal(analyst.oid) });
    const reply = await wish({ ...said, in: chat.group.id });
    expect(await reply.json()).toEqual({ conversationId: chat.group.id, toast: null });
    const { message } = await live.next('message');
    live.stop();
    expect(message).toMatchObject({ conversationId: chat.group.id, authorId: analyst.oid, text: 'help' });
    expect(bot.heard).toHaveLength(2);
  });

  test('bring a card that a press gave to the person who pressed only', async () => {
    const [own, other] = await Promise.all([listenAs(analyst.oid), listenAs(approver.oid)]);
    script = async (activity, connector, response) => {
      const { id } = activity.conversation as { id: string };
      const path = `/${encodeURIComponent(id)}/activities`;
      if (activity.type === 'message') await connector('POST', path, { type: 'message', text: 'card' });
      const value = { type: 'AdaptiveCard' };
      response.end(
        JSON.stringify({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value }),
      );
    };
    const { answers } = await chat.say(analyst.oid, chat.group.id, 'card please');
    const card = answers[0]?.id ?? '';
    const action = { type: 'Action.Execute' };
    await wish({ do: 'press', as: analyst.oid, in: chat.group.id, card, action, inputs: {} });
    await chat.say(analyst.oid, chat.group.id, 'the end', { mention: false });
    const heardBy = async (live: typeof own): Promise<readonly (string | boolean)[]> => {
      const heard: (string | boolean)[] = [];
      while (heard.at(-2) !== 'the end') {
        const { message } = await live.next('message');
        heard.push(message.text, message.card !== null);
      }
      live.stop();
      return heard;
    };
    expect(await heardBy(own)).toEqual(['card please', false, 'card', false, 'card', true, 'the end', false]);
    expect(await heardBy(other)).toEqual(['card please', false, 'card', false, 'the end', false]);
  });

  test('tell of typing and of deleted messages', async () => {
    const live = await listenAs(analyst.oid);
    await live.next('everything');
    const path = `${chat.serviceUrl}v3/conversations/${encodeURIComponent(chat.group.id)}/activities`;
    const send = (method: string, url: string, body: unknown) =>
      fetch(url, { method, headers: { authorization: 'Bearer x' }, body: JSON.stringify(body) });
    await send('POST', path, { type: 'typing' });
    expect(await live.next('typing')).toMatchObject({ conversationId: chat.group.id });
    const { id } = (await (await send('POST', path, { type: 'message', text: 'x' })).json()) as {
      id: string;
    };
    await send('DELETE', `${path}/${id}`, {});
    expect(await live.next('removed')).toMatchObject({ id });
    live.stop();
  });

  test('a bot that refuses leaves a notice', async () => {
    await bot.close();
    const said = { do: 'say', as: analyst.oid, in: chat.personal(analyst.oid), text: 'help', mention: false };
    expect(await (await wish(said)).json()).toMatchObject({ toast: expect.stringContaining('HTTP 502') });
  });
});
