import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { type PretendGraph, startGraph } from '../../src/demo/graph/server.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { textOf } from '../support/conversation.ts';
import { type MainProcess, startMain } from '../support/main-process.ts';
import { isLong } from './form.ts';
import { MINUTE } from './ground.ts';
import { randomFrom } from './run.ts';
import { riskyTenant } from './targets.ts';

const APP_ID = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';

const KILLS = 10;

/** Far more than a bot takes to end or to show a card, far less than a connection is kept open for nothing. */
const GRACE_MS = 40_000;

/** The lease of a process that was killed has to end, and the log has to settle, also on a busy machine. */
const SETTLED_MS = 10 * MINUTE;

const { analyst, approver } = PEOPLE;

let graph: PretendGraph;
let chat: Chat;
let bot: MainProcess;
let signIns: readonly string[];
const folder = mkdtempSync(join(tmpdir(), 'flagman-kills-bot-'));

const begin = async (): Promise<void> => {
  bot = startMain({
    CLOUD: 'local',
    LOCAL_GRAPH_URL: graph.url,
    LOCAL_OPENID_URL: chat.openIdUrl,
    MicrosoftAppId: APP_ID,
    MicrosoftAppTenantId: TENANT_ID,
    DATA: join(folder, 'flagman.db'),
    GRAPH_BUDGET_SPEED: '1000',
    QUESTIONS_PER_MINUTE: '1000',
    PERFORM_MINUTES: '60',
    SETTLE_SECONDS: '5',
    PORT: '0',
  });
  const [, port] = await bot.written(/"port":(\d+)/);
  await chat.connect(`http://127.0.0.1:${port}`);
};

beforeAll(async () => {
  const { tenant, targets } = riskyTenant(20);
  signIns = targets.map(({ id }) => id);
  const limits = { reportsPer10s: 1e9, identityProtectionPerSecond: 1e9, speed: 1 };
  graph = await startGraph({ tenant, clock: Date.now, limits });
  chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: APP_ID });
  await begin();
}, SETTLED_MS);

afterAll(async () => {
  bot.stop();
  await bot.ended;
  await Promise.all([graph.close(), chat.close()]);
  rmSync(folder, { recursive: true });
}, SETTLED_MS);

/** The texts of what stands in the group chat about CR-n, and where. */
const messagesAbout = (cr: string) =>
  chat
    .messages(chat.group.id, approver.oid)
    .filter(({ authorId, card }) => authorId === null && card !== null)
    .map((seen) => ({ id: seen.id, text: textOf(seen) }))
    .filter(({ text }) => text.includes(`${cr} · `));

/** Waits for a message about CR-n that says so. */
const shown = async (cr: string, says: RegExp): Promise<string> => {
  for (const end = performance.now() + SETTLED_MS; performance.now() < end; await sleep(20)) {
    const found = messagesAbout(cr).find(({ text }) => says.test(text));
    if (found) return found.id;
  }
  const texts = messagesAbout(cr).map(({ text }) => text);
  throw new Error(`Nothing about ${cr} says ${says} but\n${texts.join('\n')}`);
};

/** Maya asks for a change of this sign-in in the group chat. */
const ask = async (signIn: string): Promise<string> => {
  const says = `confirm compromised ${signIn} reason: user denies travel`;
  const until = (): boolean => messagesWith(signIn).length > 0;
  await chat.say(analyst.oid, chat.group.id, says, { until, within: SETTLED_MS });
  const [cr = ''] = /CR-\d+/.exec(messagesWith(signIn)[0] ?? '') ?? [];
  return cr;
};

const messagesWith = (signIn: string): readonly string[] =>
  chat
    .messages(chat.group.id, approver.oid)
    .map((seen) => (seen.card === null ? '' : textOf(seen)))
    .filter((text) => text.includes(signIn) && text.includes('CR-'));

const press = (cardId: string): Promise<unknown> =>
  chat.press(approver.oid, chat.group.id, cardId, 'Approve').catch(() => 'The bot was not there.');

/** Priya approves. A press that met a dying bot may have gone for nothing; then she presses again. */
const approve = async (cr: string): Promise<void> => {
  await press(await shown(cr, /^\[.*Approve/m));
};

const effectsOn = (signIn: string): number =>
  graph.effects.filter(({ requestId }) => requestId === signIn).length;

/** Approved changes whose end was not waited for: signIn and CR-n. */
const asked: (readonly [signIn: string, cr: string])[] = [];

const askNext = async (): Promise<string> => {
  const signIn = signIns[asked.length] ?? '';
  const cr = await ask(signIn);
  asked.push([signIn, cr]);
  return cr;
};

/** Holds the next POST up for so long, has a change approved, and waits until the POST is there. */
const beginPost = async (milliseconds: number): Promise<void> => {
  const effect = { kind: 'delay', milliseconds } as const;
  graph.faults.push({ path: '/auditLogs/signIns/', method: 'POST', times: 1, effect });
  const before = graph.requests.length;
  await approve(await askNext());
  while (!graph.requests.slice(before).some(({ method }) => method === 'POST')) await sleep(5);
};

const endedIn = async (): Promise<readonly [code: number | null, milliseconds: number]> => {
  const start = performance.now();
  return [await bot.ended, performance.now() - start];
};

describe('H133: a bot that is stopped while a change is under way', () => {
  test.each([['once', 1] as const, ...(isLong ? [['twice', 2] as const] : [])])(
    'and told so %s, finishes it and ends in time',
    async (_how, times) => {
      await beginPost(1_000);
      for (let time = 0; time < times; time += 1) bot.stop();
      const [code, milliseconds] = await endedIn();
      expect(code).toBe(0);
      expect(milliseconds).toBeLessThan(GRACE_MS);
      expect(asked.map(([signIn]) => effectsOn(signIn))).toEqual(asked.map(() => 1));
      await begin();
      const [, cr = ''] = asked.at(-1) ?? [];
      await shown(cr, /^DONE: /m);
    },
    3 * SETTLED_MS,
  );

  (isLong ? test : test.skip)(
    'and killed a second later, leaves it to the next one',
    async () => {
      await beginPost(3_000);
      bot.stop();
      await sleep(1_000);
      bot.kill();
      await bot.ended;
      await begin();
    },
    3 * SETTLED_MS,
  );
});

(isLong ? describe : describe.skip)('a whole bot that is killed ten times', () => {
  const random = randomFrom(Number(process.env.SEED ?? Date.now()));

  test(
    'goes on where it was',
    async () => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const cr = await askNext();
        void press(await shown(cr, /^\[.*Approve/m));
        await sleep(random() * 400);
        bot.kill();
        await bot.ended;
        await begin();
      }
      expect(asked).toHaveLength(KILLS + 3);
    },
    6 * SETTLED_MS,
  );

  test(
    'so that in the end every change is done once and its card says so',
    async () => {
      for (const [, cr] of asked) {
        const isWaiting = messagesAbout(cr).every(({ text }) => /^\[.*Approve/m.test(text));
        if (isWaiting) await approve(cr);
      }
      for (const [, cr] of asked) await shown(cr, /^DONE: /m);
      expect(asked.map(([signIn]) => effectsOn(signIn))).toEqual(asked.map(() => 1));
    },
    3 * SETTLED_MS,
  );
});
