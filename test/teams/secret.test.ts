import { afterEach, describe, expect, test } from '@jest/globals';
import { CloudAdapter } from 'botbuilder';
import { createLog } from '../../src/lib/log.ts';
import { runTurn } from '../../src/teams/adapter.ts';
import { BotAuthentication } from '../../src/teams/bot-authentication.ts';
import { captureConsole } from '../../src/teams/console.ts';
import { createHttpClient } from '../../src/teams/http-client.ts';
import { LIMITS } from '../../src/teams/limits.ts';
import { APP, type Edge, localCloud, startEdge } from './support/edge.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';
const CANARY = 'canary-7f3a';

let edge: Edge | undefined;
afterEach(() => edge?.close());

const failing = (error: unknown) => async (): Promise<never> => {
  throw error;
};

describe('H172: what goes wrong inside stays inside', () => {
  const error = new Error(`secret=${CANARY}`);

  test('H172: a failing message door says a reference that stands in the log', async () => {
    edge = await startEdge({ doors: { onMessage: failing(error) } });
    const answer = await edge.post(edge.message('help'));
    expect(answer).toMatchObject({ status: 200, text: '' });
    const said = String(edge.connector.sent[0]?.body.text);
    expect(said).toContain('ref-1');
    expect(said).not.toContain(CANARY);
    expect(edge.log.join()).toContain('"reference":"ref-1"');
    expect(edge.log.join()).not.toContain(CANARY);
    expect(edge.events).toContain('turn.failed');
  });

  test('H172: a failing press door answers the invoke with a message, never with an error', async () => {
    edge = await startEdge({
      doors: {
        onPress: () => {
          throw error;
        },
      },
    });
    const answer = await edge.post(edge.execute({ action: { verb: 'x' } }));
    expect(answer.status).toBe(200);
    const body = JSON.parse(answer.text);
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.activity.message' });
    expect(body.value).toContain('ref-1');
    expect(answer.text).not.toContain(CANARY);
  });

  test('H172: a failing installation and a failing submit are told too', async () => {
    edge = await startEdge({ doors: { onInstall: failing(error), onPress: failing('not even an error') } });
    await edge.post({ ...edge.message(''), type: 'installationUpdate', action: 'add' });
    await edge.post(edge.message('', { value: { verb: 'x' } }));
    expect(edge.connector.sent.map(({ body }) => String(body.text).match(/ref-\d/)?.[0])).toEqual([
      'ref-1',
      'ref-2',
    ]);
  });

  test('H172: an error outside every door is an empty 500', async () => {
    edge = await startEdge({
      ready: () => {
        throw error;
      },
    });
    const answer = await edge.post('', { method: 'GET', path: '/readyz' });
    expect(answer).toMatchObject({ status: 500, text: '' });
    expect(edge.log.join()).toContain('http.failed');
    expect(edge.log.join()).not.toContain(CANARY);
  });

  test('when not even the apology can be posted, the log says so', async () => {
    edge = await startEdge({ doors: { onMessage: failing(error) } });
    edge.connector.answers.push({ status: 403, body: { error: { message: CANARY } } });
    expect((await edge.post(edge.message('help'))).status).toBe(200);
    expect(edge.log.join()).toContain('turn.untold');
    expect(edge.log.join()).not.toContain(CANARY);
  });
});

test('H171: tokens, headers and bodies of errors do not reach the log', async () => {
  edge = await startEdge({
    doors: {
      onMessage: async (_, chat) => chat.say('hello'),
      onPress: failing(new Error(`Authorization: Bearer ${JWT} was refused, {"access_token":"${CANARY}"}`)),
    },
  });
  const token = await edge.token();
  edge.connector.answers.push({
    status: 401,
    body: { token: CANARY },
    headers: { 'www-authenticate': CANARY },
  });
  await edge.post(edge.message('help'), { authorization: `Bearer ${token}` });
  await edge.post(edge.execute({ action: { verb: CANARY } }));
  await edge.post(edge.message(CANARY), { authorization: `Bearer ${token}x` });
  const log = edge.log.join('\n');
  expect(log).toContain('turn.failed');
  expect(log).toContain('auth.reject');
  for (const secret of [token, JWT, CANARY, 'Bearer local']) expect(log).not.toContain(secret);
});

test("H173: botbuilder's own complaints go to the log without secrets, and the console is given back", async () => {
  const lines: string[] = [];
  const { error, warn } = console;
  const release = captureConsole(createLog({ level: 'debug', write: (line) => void lines.push(line) }));
  console.error(new Error(`token ${JWT}`));
  console.warn('Available keys: %s', `Bearer ${JWT}`);
  release();
  expect([console.error, console.warn]).toEqual([error, warn]);
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain(JWT);
  expect(lines[1]).toContain('Available keys');
});

test('H173: the adapter refuses what the gate did not vouch for, and says so only in the log', async () => {
  const lines: string[] = [];
  const cloud = localCloud('http://127.0.0.1:9/');
  const http = createHttpClient({ cloud, limits: LIMITS });
  const authentication = new BotAuthentication({ appId: APP, cloud, getToken: async () => 'local', http });
  const adapter = new CloudAdapter(authentication);
  const activity = { type: 'message', channelId: 'msteams', serviceUrl: 'http://127.0.0.1:9/' };
  let ran = 0;
  const turn = async () => {
    ran += 1;
    return undefined;
  };
  const release = captureConsole(createLog({ level: 'debug', write: (line) => void lines.push(line) }));
  expect(await runTurn(adapter, activity, turn)).toEqual({ status: 500 });
  // What was vouched for is this object, not one that looks like it.
  const token = { serviceUrl: activity.serviceUrl, expires: 0 };
  authentication.vouch({ ...activity }, token);
  expect(await runTurn(adapter, activity, turn)).toEqual({ status: 500 });
  authentication.vouch(activity, token);
  expect((await runTurn(adapter, activity, turn)).status).toBe(200);
  release();
  expect(ran).toBe(1);
  expect(lines.join()).toContain('did not pass the gate');
  await expect(authentication.authenticateStreamingRequest()).rejects.toThrow('Streaming');
});
