import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Microsoft } from './microsoft.ts';
import type { Artefacts } from './scan.ts';
import type { Talk } from './talk.ts';

const CLI = new URL('../../src/cli/', import.meta.url).pathname;

/** Runs a tool with these variables and no others; gives all that it says. */
export const tool = async (
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd: string,
): Promise<string> => {
  const child = spawn(process.execPath, [join(CLI, `${name}.ts`), ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return out + errors;
};

/** What the tools beside the bot say, while all goes well (in a long evening) and while it does not. */
const toolsOf = async (
  { environment, folder }: Talk,
  { caFile, neighbours }: Microsoft,
  isLong: boolean,
): Promise<Artefacts> => {
  const { graph, connector, login } = neighbours;
  const variables = { ...environment, NODE_EXTRA_CA_CERTS: caFile };
  const said: Record<string, string> = {};
  const run = async (where: string, name: string, ...args: string[]): Promise<void> => {
    said[where] = await tool(name, args, variables, folder);
  };
  if (isLong)
    await Promise.all([
      run('doctor', 'doctor', '--post'),
      run('ledger', 'ledger-export'),
      run('ledger as CSV', 'ledger-export', '--format', 'csv'),
      run('verdict on the ledger', 'ledger-verify'),
      run('making the package', 'package', '--out', 'flagman.zip'),
    ]);
  graph.trouble = 403;
  connector.trouble = 500;
  await run('doctor with errors', 'doctor', '--post', '--json');
  graph.trouble = undefined;
  connector.trouble = undefined;
  login.trouble = 401;
  await run('doctor without tokens', 'doctor');
  login.trouble = undefined;
  return said;
};

/** Every file of the evening as bytes: the database, what is not yet moved into it, checkpoint, package. */
export const filesIn = (folder: string): Artefacts =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));

/** What the bot answers on HTTP to those who should not ask, and what it tells of itself. */
const knocks = async ({ conversation, secrets }: Talk, metricsPort: number): Promise<Artefacts> => {
  const url = conversation.botUrl();
  const token = secrets.findLast(({ name }) => name === 'inbound token')?.secret ?? '';
  const say = (authorization: string, body: string): RequestInit => ({
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body,
  });
  const asked: readonly (readonly [string, RequestInit])[] = [
    [`${url}/api/messages?access_token=${token}`, { headers: { authorization: `Bearer ${token}` } }],
    [`${url}/api/messages`, say(`Bearer ${token}`, JSON.stringify({ text: token }))],
    [`${url}/api/messages`, say(`Bearer ${token}`, `{${token}`)],
    [`${url}/api/messages`, say(`Bearer ${token}x`, '{}')],
    [`${url}/api/messages`, say(`Basic ${token}`, '{}')],
    [`${url}/${token}`, {}],
    [`${url}/readyz`, {}],
    [`http://127.0.0.1:${metricsPort}/metrics`, {}],
    [`http://127.0.0.1:${metricsPort}/${token}`, {}],
  ];
  const told = await Promise.all(
    asked.map(async ([to, request]) => {
      const answer = await fetch(to, request);
      return `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
    }),
  );
  return { 'HTTP answers': told.join('\n') };
};

/** All that somebody may come to see of an evening. */
export const artefactsOf = async (
  talk: Talk,
  microsoft: Microsoft,
  metricsPort: number,
  isLong: boolean,
): Promise<Artefacts> => ({
  ...(await toolsOf(talk, microsoft, isLong)),
  ...(await knocks(talk, metricsPort)),
  ...filesIn(talk.folder),
  log: talk.conversation.log.join('\n'),
  'cards and messages': microsoft.neighbours.connector.bodies.join('\n'),
  'answers to presses': JSON.stringify(talk.answers),
  'what Graph was sent': microsoft.neighbours.graph.bodies.join('\n'),
  'files in OneDrive': microsoft.neighbours.onedrive.bodies.join('\n'),
});
