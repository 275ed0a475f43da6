import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TokenFailure } from '../../src/entra/application.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';
import type { Place } from '../../src/entra/place.ts';
import { createLog } from '../../src/lib/log.ts';
import { listenOnLoopback } from '../../src/lib/loopback.ts';
import type { Chat } from '../../src/teams/doors.ts';
import { createHttpClient } from '../../src/teams/http-client.ts';
import { LIMITS } from '../../src/teams/limits.ts';
import { isServiceUrl } from '../../src/teams/service-url.ts';
import { holdLimits } from '../graph/support/limits.ts';
import { APP, type Edge, startEdge, TENANT } from './support/edge.ts';
import type { ConnectorAnswer } from './support/pretend-channel.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

/** Passes in no test by itself. */
const CALL_MS = 500_000;

let edge: Edge;
let chat: Chat;
let place: Place;
beforeEach(async () => {
  edge = await startEdge({
    limits: { callMs: CALL_MS },
    doors: {
      onMessage: async (_, given) => {
        chat = given;
      },
    },
  });
  await edge.post(edge.message('help'));
  const { serviceUrl } = edge.connector;
  place = { kind: 'personal', conversationId: 'a:chat', serviceUrl, tenantId: TENANT, botId: `28:${APP}` };
});
afterEach(() => edge.close());

const CARD = { type: 'AdaptiveCard', version: '1.5', body: [] } as const;
const answer = (...answers: ConnectorAnswer[]): void => void edge.connector.answers.push(...answers);
const calls = (): number => edge.connector.sent.length;
const status = (code: number, headers: Record<string, string> = {}): ConnectorAnswer => ({
  status: code,
  headers,
});

describe('a post', () => {
  test('that is answered with an empty id has none', async () => {
    answer({ status: 201, body: { id: '' } });
    expect(await chat.send(CARD, 'x')).toBeUndefined();
  });

  test.each([
    [403, 'gone'],
    [404, 'gone'],
    [413, 'too-big'],
    [429, 'throttled'],
    [400, 'refused'],
    [401, 'refused'],
    [302, 'refused'],
    [412, 'ambiguous'],
    [500, 'ambiguous'],
    [503, 'ambiguous'],
  ])('that is answered with %p is not repeated and ends as %s', async (code, problem) => {
    answer(status(code, { location: `${edge.connector.serviceUrl}elsewhere` }));
    await expect(chat.send(CARD, 'x')).rejects.toMatchObject({ problem, status: code });
    expect(calls()).toBe(1);
  });

  test('that is cut off may have arrived, so it is not repeated', async () => {
    answer('reset');
    await expect(chat.say('x')).rejects.toMatchObject({ problem: 'ambiguous', status: undefined });
    expect(calls()).toBe(1);
  });

  test('that is not answered in time may have arrived, so it is not repeated', async () => {
    const pass = holdLimits();
    answer('hang');
    const refused = expect(chat.say('x')).rejects.toMatchObject({ problem: 'ambiguous', status: undefined });
    await edge.connector.arrived(1);
    pass(CALL_MS);
    await refused;
    expect(calls()).toBe(1);
  });

  test('is repeated when Teams says when, and given up after four times', async () => {
    answer(status(429, { 'retry-after': '0' }), status(429, { 'retry-after': '0' }));
    expect(await chat.send(CARD, 'x')).toBe('posted-3');
    answer(...Array.from({ length: 4 }, () => status(429, { 'retry-after': '0' })));
    await expect(chat.send(CARD, 'x')).rejects.toMatchObject({ problem: 'throttled' });
    expect(calls()).toBe(7);
  });

  test.each(['3600', 'soon', '-1'])('is not repeated when Teams says %p', async (after) => {
    answer(status(429, { 'retry-after': after }));
    await expect(chat.say('x')).rejects.toMatchObject({ problem: 'throttled' });
    expect(calls()).toBe(1);
  });

  test.each([
    ['H148: 412', { status: 412 }],
    ['H148: 502', { status: 502 }],
    ['H148: 504', { status: 504, headers: { 'retry-after': '0' } }],
    ['H149: a connection that is cut after the body was sent', 'reset'],
  ] as const)('leaves %s to the caller: in doubt, and sent exactly once', async (_, fault) => {
    answer(fault);
    await expect(edge.teams.chatIn(place).send(CARD, 'x')).rejects.toMatchObject({ problem: 'ambiguous' });
    expect(calls()).toBe(1);
  });

  test('H148: that is told when to come again comes again then, and not before', async () => {
    answer(status(429, { 'retry-after': '1' }));
    const began = performance.now();
    expect(await edge.teams.chatIn(place).send(CARD, 'x')).toBe('posted-2');
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  test('H149: that is cut on a connection which served another one is in doubt too', async () => {
    await chat.say('x');
    answer('reset');
    await expect(chat.say('x')).rejects.toMatchObject({ problem: 'ambiguous' });
    expect(calls()).toBe(2);
  });

  test('with an answer of two megabytes is in doubt', async () => {
    answer({ status: 200, body: { id: 'x'.repeat(2_000_000) } });
    await expect(chat.say('x')).rejects.toMatchObject({ problem: 'ambiguous' });
  });
});

describe('an edit', () => {
  test.each([[status(503)], [status(412)], [status(429)], ['reset' as const]])(
    'may be repeated after %j',
    async (fault) => {
      answer(fault);
      await chat.update('card-1', CARD, 'x');
      expect(edge.connector.sent.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
    },
  );

  test.each([
    [400, 'refused'],
    [404, 'gone'],
    [413, 'too-big'],
  ])('that is answered with %p is not', async (code, problem) => {
    answer(status(code));
    await expect(chat.update('card-1', CARD, 'x')).rejects.toMatchObject({ problem });
    expect(calls()).toBe(1);
  });
});

describe('what certainly was not sent', () => {
  /** Somebody who listens where Teams should; gives the address. */
  const listen = async (onConnection: (socket: Socket) => void, secure = false): Promise<string> => {
    const server = createServer(onConnection);
    const port = await listenOnLoopback(server);
    others.push(server);
    return `${secure ? 'https' : 'http'}://127.0.0.1:${port}/`;
  };
  const others: Server[] = [];
  afterEach(() => {
    for (const server of others.splice(0)) server.close();
  });

  test('is told from what may have been: nobody listens there', async () => {
    const { say, update } = edge.teams.chatIn({ ...place, serviceUrl: 'http://127.0.0.1:9/' });
    await expect(say('x')).rejects.toMatchObject({ problem: 'unreachable', status: undefined });
    await expect(update('card-1', CARD, 'x')).rejects.toMatchObject({ problem: 'unreachable' });
  });

  test('is told from what may have been: no secure connection came about', async () => {
    const serviceUrl = await listen((socket) => socket.end('this is no handshake\n'), true);
    const { say } = edge.teams.chatIn({ ...place, serviceUrl });
    await expect(say('x')).rejects.toMatchObject({ problem: 'unreachable' });
  });

  test('is told from what may have been: a connection came about and was cut', async () => {
    const serviceUrl = await listen((socket) => socket.destroy());
    const { say } = edge.teams.chatIn({ ...place, serviceUrl });
    await expect(say('x')).rejects.toMatchObject({ problem: 'ambiguous' });
  });

  test('is told from what may have been: the bot has no token, and the log says why', async () => {
    const log: string[] = [];
    const poor = await startEdge({
      getToken: async () => {
        throw new TokenFailure('AADSTS7000215');
      },
      log: createLog({ level: 'error', write: (line) => void log.push(line) }),
      doors: { onMessage: (_, given) => given.say('x') },
    });
    const { say } = poor.teams.chatIn({ ...place, serviceUrl: poor.connector.serviceUrl });
    await expect(say('x')).rejects.toMatchObject({ problem: 'unreachable', cause: expect.anything() });
    await poor.post(poor.message('help'));
    expect(log.join()).toContain('"problem":"unreachable"');
    expect(log.join()).toContain('AADSTS7000215');
    expect(poor.connector.sent).toEqual([]);
    await poor.close();
  });
});

describe('an address', () => {
  test('outside the list gets nothing, not even a connection', async () => {
    const { sendRequest } = createHttpClient({ cloud: CLOUDS.global, limits: LIMITS });
    const request = {
      url: `${edge.connector.serviceUrl}v3/conversations/x/activities`,
      method: 'POST',
      headers: { rawHeaders: () => ({}) },
    };
    await expect(sendRequest(request as never)).rejects.toMatchObject({ problem: 'foreign-host' });
    expect(calls()).toBe(0);
  });

  test('is one of Teams only if the host is exactly on the list', () => {
    const { global } = CLOUDS;
    for (const good of ['https://smba.trafficmanager.net/teams/', 'https://SMBA.trafficmanager.net/amer/']) {
      expect(isServiceUrl(global, good)).toBe(true);
    }
    for (const bad of [
      'http://smba.trafficmanager.net/',
      'https://smba.trafficmanager.net.evil.example/',
      'https://smba.trafficmanager.net@evil.example/',
      'https://x@smba.trafficmanager.net/',
      'https://:x@smba.trafficmanager.net/',
      'https://smba.trafficmanager.net:8443/',
      'https://smba.trafficmanager.net./',
      'https://evil.example/#smba.trafficmanager.net',
      'https://evil.example\\@smba.trafficmanager.net/',
      'smba.trafficmanager.net',
      'wss://smba.trafficmanager.net/',
      'http://127.0.0.1/',
      '',
    ]) {
      expect([bad, isServiceUrl(global, bad)]).toEqual([bad, false]);
    }
  });

  test('made of anything around a listed host is not of Teams unless its host is that one', () => {
    const piece = fc.oneof(
      fc.constantFrom('https://', 'smba.trafficmanager.net', '@', ':', '/', '.', '\\', '#', '?'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const address = pieces.join('');
        if (!isServiceUrl(CLOUDS.global, address)) return;
        expect(new URL(address).origin).toBe('https://smba.trafficmanager.net');
      }),
      { numRuns: 2_000 },
    );
  });
});
