import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listenOnLoopback } from '../../src/lib/loopback.ts';
import { artefactsOf, filesIn, tool } from './artefacts.ts';
import { playDisturbed, playExceptions, playQuietly } from './evening.ts';
import { type Microsoft, type Proof, secretOf, startMicrosoft } from './microsoft.ts';
import type { Trouble } from './quoting.ts';
import { startQuotingPostgres } from './quoting-postgres.ts';
import { type Artefacts, type Canary, hits } from './scan.ts';
import { startTalk } from './talk.ts';

const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listenOnLoopback(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

let microsoft: Microsoft;
beforeAll(async () => {
  microsoft = await startMicrosoft();
});
afterAll(() => microsoft.close());

interface Played {
  readonly artefacts: Artefacts;
  readonly canaries: readonly Canary[];
}

/** Plays an evening, and gathers all that was said and kept. */
const play = async (proof: Proof, troubles: readonly Trouble[]): Promise<Played> => {
  const metricsPort = await freePort();
  const { environment, canaries } = await microsoft.give(proof);
  const neighbours = Object.values(microsoft.neighbours);
  for (const neighbour of neighbours) neighbour.forget();
  const talk = await startTalk(microsoft.neighbours, environment, metricsPort);
  await playQuietly(talk);
  for (const [index, trouble] of troubles.entries()) await playDisturbed(talk, microsoft, trouble, index + 2);
  await playExceptions(talk, canaries);
  const running = await artefactsOf(talk, microsoft, metricsPort, troubles.length > 1);
  await talk.stop();
  // What is written at the end: the newest checkpoint, and all that was still beside the database.
  const ended = Object.entries(filesIn(talk.folder)).map(([name, bytes]) => [`${name} at the end`, bytes]);
  rmSync(talk.folder, { recursive: true });
  return {
    artefacts: { ...running, ...Object.fromEntries(ended) },
    canaries: [...canaries, ...talk.secrets, ...neighbours.flatMap(({ secrets }) => secrets)],
  };
};

const PASSED: Readonly<Record<Proof, readonly string[]>> = {
  'secret file and certificate': ['MicrosoftAppPassword', 'private key', 'client_secret', 'client_assertion'],
  'managed identity and secret': [
    'GRAPH_CLIENT_SECRET',
    'identity header',
    'client_secret',
    'client_assertion',
  ],
  'token file': ['federated token', 'client_assertion'],
};

const ALWAYS = [
  'ledger key 0',
  'ledger key 1',
  'ledger key 2',
  'IDENTITY_HEADER',
  'inbound token',
  'access token',
  'upload address',
];

describe.each([
  ['secret file and certificate', [401, 403, 500, 'no-json']],
  ['managed identity and secret', ['no-json']],
  ['token file', [403]],
] as const)('I16, H171: an evening with %s', (proof, troubles) => {
  let played: Played;
  beforeAll(async () => {
    played = await play(proof, troubles);
  });

  test('leaves no secret anywhere', () => {
    expect(hits(played.artefacts, played.canaries)).toEqual([]);
  });

  test('had every secret in it, and neighbours that said them', () => {
    const names = new Set(played.canaries.map(({ name }) => name));
    expect([...ALWAYS, ...PASSED[proof]].filter((name) => !names.has(name))).toEqual([]);
    const { identity: _, ...others } = microsoft.neighbours;
    for (const { quoted } of Object.values(others)) expect(quoted).toBeGreaterThan(0);
  });

  test('was played to its end', () => {
    const { artefacts } = played;
    expect(Object.entries(artefacts).filter(([, what]) => what.length === 0)).toEqual([]);
    const holds: Readonly<Record<string, RegExp>> = {
      'cards and messages': /Share 1(?=[\s\S]*Timeline of INC-204)(?=[\s\S]*acceptContext)(?=[\s\S]*CR-1001)/,
      'files in OneDrive': /Request id|requestId|request_id/i,
      'answers to presses': /composeExtension/,
      'flagman.db': /Share|share/,
      log: /turn\.failed(?=[\s\S]*\[redacted\])/,
      'HTTP answers': /flagman_events_total/,
      'doctor without tokens': /WRONG {4}Bot credentials/,
      'checkpoint at the end': /^[\s\S]{40,}/,
    };
    for (const [where, says] of Object.entries(holds)) expect(`${where}: ${artefacts[where]}`).toMatch(says);
  });
});

test('I16: the password of a database is shown by nothing that cannot get into it', async () => {
  const postgres = await startQuotingPostgres();
  const password = secretOf('of-the-database');
  const folder = mkdtempSync(join(tmpdir(), 'flagman-database-'));
  const environment = {
    CLOUD: 'local',
    LOCAL_GRAPH_URL: 'http://127.0.0.1:9',
    LOCAL_OPENID_URL: 'http://127.0.0.1:9/openid',
    MicrosoftAppId: 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08',
    MicrosoftAppTenantId: 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a07',
    LEDGER_KEY: 'ab'.repeat(32),
    PORT: '0',
    DATA: `postgres://flagman:${encodeURIComponent(password)}@127.0.0.1:${postgres.port}/flagman`,
  };
  const names = ['../main', 'doctor', 'ledger-verify', 'ledger-export'];
  const said = await Promise.all(names.map((name) => tool(name, [], environment, folder)));
  postgres.close();
  rmSync(folder, { recursive: true });
  expect(postgres.heard).toEqual(expect.arrayContaining([password]));
  expect(postgres.heard.length).toBeGreaterThanOrEqual(names.length);
  const artefacts = Object.fromEntries(names.map((name, index) => [name, said[index] ?? '']));
  expect(Object.values(artefacts).every((text) => text.length > 20)).toBe(true);
  expect(hits(artefacts, [{ name: 'password', secret: password }])).toEqual([]);
});
