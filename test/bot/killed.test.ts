import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Activity, messageActivity, submitActivity } from '../../src/demo/chat/activity.ts';
import { deliver } from '../../src/demo/chat/deliver.ts';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { type PretendGraph, startGraph } from '../../src/demo/graph/server.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { riskyTenant } from '../kills/targets.ts';
import { textOf } from '../support/conversation.ts';
import { type MainProcess, startMain } from '../support/main-process.ts';

const APP_ID = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';

/** Longer than any turn takes on a busy machine. */
const PATIENCE_MS = 120_000;

let graph: PretendGraph;
let chat: Chat;
let bot: MainProcess;
let botUrl: string;
let signIns: readonly string[];
let serial = 0;
const folder = mkdtempSync(join(tmpdir(), 'flagman-killed-'));

const begin = async (): Promise<void> => {
  bot = startMain({
    CLOUD: 'local',
    LOCAL_GRAPH_URL: graph.url,
    LOCAL_OPENID_URL: chat.openIdUrl,
    MicrosoftAppId: APP_ID,
    MicrosoftAppTenantId: TENANT_ID,
    DATA: join(folder, 'flagman.db'),
    GRAPH_BUDGET_SPEED: '1000',
    PORT: '0',
  });
  const [, port] = await bot.written(/"port":(\d+)/);
  botUrl = `http://127.0.0.1:${port}`;
  await chat.connect(botUrl);
};

beforeAll(async () => {
  const { tenant, targets } = riskyTenant(20);
  signIns = targets.map(({ id }) => id);
  const limits = { reportsPer10s: 1e9, identityProtectionPerSecond: 1e9, speed: 1 };
  graph = await startGraph({ tenant, clock: Date.now, limits });
  chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: APP_ID });
  await begin();
});

afterAll(async () => {
  bot.stop();
  await bot.ended;
  await Promise.all([graph.close(), chat.close()]);
  rmSync(folder, { recursive: true });
});

const scene = (who: keyof typeof PEOPLE) => ({
  person: PEOPLE[who],
  conversation: chat.group,
  conversationId: chat.group.id,
  tenantId: TENANT_ID,
  appId: APP_ID,
  serviceUrl: chat.serviceUrl,
  now: Date.now(),
});

const said = (who: keyof typeof PEOPLE, text: string): Activity => {
  serial += 1;
  return messageActivity(scene(who), { id: `m:${serial}`, text, mention: true });
};

const send = (activity: Activity) =>
  deliver(activity, {
    botUrl,
    appId: APP_ID,
    serviceUrl: chat.serviceUrl,
    keys: chat.keys,
    patience: { turn: PATIENCE_MS, resends: 0 },
  });

/** What the bot says so in the group. */
const saying = (says: RegExp) =>
  chat
    .messages(chat.group.id, PEOPLE.approver.oid)
    .filter(({ authorId }) => authorId === null)
    .map((seen) => ({ id: seen.id, text: textOf(seen) }))
    .filter(({ text }) => says.test(text));

/** Waits for a message that says so. */
const shown = async (says: RegExp): Promise<{ readonly id: string; readonly text: string }> => {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(20)) {
    const found = saying(says).at(-1);
    if (found) return found;
  }
  throw new Error(`Nothing says ${says}.`);
};

/** Kills the bot while it asks for the roles of whoever sent this, starts it, and sends this again as Teams does. */
const sendThroughDeath = async (activity: Activity): Promise<void> => {
  const { ended, kill } = bot;
  const effect = { kind: 'hold', until: () => ended } as const;
  graph.faults.push({ path: '/roleManagement', times: 1, effect });
  const before = graph.requests.length;
  const first = send(activity);
  while (!graph.requests.slice(before).some(({ path }) => path.includes('/roleManagement'))) await sleep(5);
  kill();
  await ended;
  // On a busy machine the turn may have been acknowledged before that.
  expect([502, 200]).toContain((await first).status);
  await begin();
  expect((await send(activity)).status).toBe(200);
};

const request = (nth: number): Activity =>
  said('analyst', `confirm compromised ${signIns[nth]} reason: user denies travel`);

const asked = async (nth: number) => {
  await send(request(nth));
  const card = await shown(RegExp(`^## CR-[^]*${signIns[nth]}`));
  const [cr = ''] = /CR-\d+/.exec(card.text) ?? [];
  return { card, cr };
};

describe('what Teams sends again, because the bot was killed while it was about it, is not lost:', () => {
  test('a request by message', async () => {
    const activity = request(0);
    await sendThroughDeath(activity);
    const itsCard = RegExp(`^## CR-[^]*${signIns[0]}`);
    await shown(itsCard);
    expect((await send(activity)).status).toBe(200);
    expect(saying(itsCard)).toHaveLength(1);
  }, 300_000);

  test('a decision by message', async () => {
    const { cr } = await asked(1);
    await sendThroughDeath(said('approver', `reject ${cr} it is the wrong user`));
    await shown(RegExp(`^## ${cr} [^]*^Rejected$`, 'm'));
  }, 300_000);

  test('a decision by a button that sends messages, which is answered once', async () => {
    const { cr, card } = await asked(2);
    serial += 1;
    const data = { verb: 'approve', approval: Number(cr.slice(3)), version: 1 };
    const activity = submitActivity(scene('approver'), { id: `s:${serial}`, cardId: card.id, data });
    await sendThroughDeath(activity);
    await shown(RegExp(`^## ${cr} [^]*^(Approved|Done)`, 'm'));
    const answer = /^The card of the request shows how it stands now/;
    await shown(answer);
    await Promise.all([send(activity), send(activity)]);
    expect(saying(answer)).toHaveLength(1);
  }, 300_000);
});
