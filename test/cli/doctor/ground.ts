import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Finding } from '../../../src/cli/doctor/finding.ts';
import { type Chat, startChat } from '../../../src/demo/chat/world.ts';
import { startGraph } from '../../../src/demo/graph/server.ts';
import { startLogin } from '../../../src/demo/login/server.ts';
import { PEOPLE, TENANT_ID } from '../../../src/demo/tenant/people.ts';
import { createTenant } from '../../../src/demo/tenant/tenant.ts';
import type { LedgerEvent } from '../../../src/entra/ledger-event.ts';
import { PERMISSIONS } from '../../../src/entra/permissions.ts';
import { createLog } from '../../../src/lib/log.ts';
import { openLedger } from '../../../src/running-ledger.ts';
import { openStore } from '../../../src/store/store.ts';

const DOCTOR = new URL('../../../src/cli/doctor.ts', import.meta.url).pathname;

export const BOT_ID = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';
export const GRAPH_ID = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a09';
/** A managed identity to which nothing was granted. */
const IDENTITY_ID = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a10';

/** Secrets that must never be seen in what the doctor says. */
export const CANARIES = {
  bot: 'canary-of-the-bot~Q8',
  graph: 'canary-of-graph~Q8',
  ledger: 'ca'.repeat(32),
  database: 'canary-of-the-database',
} as const;

/** An ordinary account, since the one that tests often run under may do anything with any file. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

/** Whether an ordinary account can read this checkout, so that the doctor can run as one. */
const canStepDown = (): boolean =>
  spawnSync(process.execPath, ['--eval', ''], { cwd: dirname(DOCTOR), uid: NOBODY, gid: NOBODY }).status ===
  0;

const stepsDown = isRoot && canStepDown();

/** Whether permissions of files keep the doctor out, as they do everybody but the one account that may do anything. */
export const isOrdinary = !isRoot || stepsDown;

/** What the child ended with. */
export interface Seen {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs `src/cli/doctor.ts` in a folder, with these variables and no others. */
export const runDoctor = async (
  folder: string,
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Seen> => {
  const child = spawn(process.execPath, [DOCTOR, ...flags], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(stepsDown && { uid: NOBODY, gid: NOBODY }),
  });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, out, errors };
};

/** Lets the account of the child own a folder and what is in it. */
const handOver = (folder: string): void => {
  if (!stepsDown) return;
  for (const path of ['', ...(readdirSync(folder, { recursive: true }) as string[])])
    chownSync(join(folder, path), NOBODY, NOBODY);
};

const question = (at: number): LedgerEvent => ({
  kind: 'question',
  at,
  person: { id: PEOPLE.analyst.oid, name: 'Maya' },
  conversationId: 'chat',
  command: 'flagged',
  filter: '',
  named: { users: [], addresses: [] },
  rows: 1,
  verdict: 'finished',
});

/** A store with a ledger, a signed checkpoint, and the places where the bot was. */
const fillStore = async (data: string, checkpointFile: string, chat: Chat): Promise<void> => {
  const store = await openStore(data);
  for (const { id, kind } of [chat.group, chat.channel])
    await store.places.remember(
      {
        kind,
        conversationId: id,
        serviceUrl: chat.serviceUrl,
        tenantId: TENANT_ID,
        botId: `28:${BOT_ID}`,
      },
      Date.now(),
    );
  const ledger = await openLedger({
    stored: store.ledger,
    config: {
      origin: TENANT_ID,
      secrets: [Buffer.from(CANARIES.ledger, 'hex')],
      keyFile: `${data}.ledger-key`,
      checkpointFile,
      mayStartOver: true,
      retentionDays: 90,
    },
    clock: Date.now,
    log: createLog({ level: 'silent' }),
  });
  for (let n = 0; n < 3; n += 1) await ledger.append(question(Date.now()));
  // The end waits only a second for it.
  await ledger.tick();
  await ledger.close();
  await store.close();
};

const OPEN = 'eyJ';

/** Fails where something of it must not be seen: a secret, or the beginning of a token. */
const guarded = (seen: Seen): Seen => {
  const all = seen.out + seen.errors;
  const leaked = [...Object.values(CANARIES), OPEN].find((secret) => all.includes(secret));
  if (leaked !== undefined) throw new Error(`The doctor shows a secret (${leaked}):\n${all}`);
  return seen;
};

const startMicrosoft = async () => {
  const clock = Date.now;
  const graph = await startGraph({
    tenant: createTenant({ seed: 7, now: clock() }),
    clock,
    limits: { reportsPer10s: 1_000_000, speed: 1 },
  });
  const chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: BOT_ID, clock });
  const roles = PERMISSIONS.map(({ name }) => name);
  const login = await startLogin({
    tenantId: TENANT_ID,
    apps: [
      { appId: BOT_ID, objectId: BOT_ID, roles: [], secret: CANARIES.bot },
      { appId: GRAPH_ID, objectId: GRAPH_ID, roles, secret: CANARIES.graph },
      { appId: IDENTITY_ID, objectId: IDENTITY_ID, roles: [], isManagedIdentity: true },
    ],
  });
  return { graph, chat, login, roles };
};

/** Takes back what a test switched on. */
const mend = ({ graph, chat, login, roles }: Awaited<ReturnType<typeof startMicrosoft>>): void => {
  graph.faults.length = 0;
  chat.faults.clear();
  roles.splice(0, roles.length, ...PERMISSIONS.map(({ name }) => name));
  Object.assign(login.faults, { refuse: undefined, withoutRoles: [], skewMs: 0, delayMs: 0, isDown: false });
};

/** An installation of Flagman with nothing wrong, before a pretend Microsoft on this machine. */
export const makeGround = async () => {
  const microsoft = await startMicrosoft();
  const { graph, chat, login } = microsoft;
  const folder = mkdtempSync(join(tmpdir(), 'flagman-doctor-'));
  const whole = join(folder, 'whole');
  const store = join(folder, 'store');
  const data = join(store, 'flagman.db');
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, login.caPem);
  await fillStore(join(whole, 'flagman.db'), join(whole, 'flagman.db.checkpoint'), chat);
  const environment: Readonly<Record<string, string>> = {
    CLOUD: 'local',
    LOCAL_GRAPH_URL: graph.url,
    LOCAL_OPENID_URL: chat.openIdUrl,
    LOCAL_LOGIN_URL: login.url,
    NODE_EXTRA_CA_CERTS: authority,
    MicrosoftAppId: BOT_ID,
    MicrosoftAppTenantId: TENANT_ID,
    MicrosoftAppPassword: CANARIES.bot,
    GRAPH_CLIENT_ID: GRAPH_ID,
    GRAPH_CLIENT_SECRET: CANARIES.graph,
    LEDGER_KEY: CANARIES.ledger,
    LEDGER_ORIGIN: TENANT_ID,
    DATA: data,
    APPROVALS_CONVERSATION: chat.group.id,
    LEDGER_CONVERSATION: chat.channel.id,
  };
  return {
    ...microsoft,
    folder,
    /** The folder of the store, and its file. */
    store,
    data,
    environment,
    /** Fills another store with the same, and gives the file of its checkpoint. */
    async fill(other: string): Promise<string> {
      const checkpoint = join(store, 'other.checkpoint');
      await fillStore(other, checkpoint, chat);
      handOver(folder);
      return checkpoint;
    },
    /** Lets whoever runs the doctor own what a test made. */
    handOver: () => handOver(folder),
    /** Makes everything as it was. */
    restore(): void {
      mend(microsoft);
      rmSync(store, { recursive: true, force: true });
      cpSync(whole, store, { recursive: true });
      handOver(folder);
    },
    async run(change: Changed = {}, flags: readonly string[] = []): Promise<Seen> {
      // Nothing is slow unless a test lets it be, however slow the machine is.
      const patient = flags.includes('--seconds') ? flags : [...flags, '--seconds', '30'];
      return guarded(await runDoctor(store, patient, environmentOf(environment, change)));
    },
    /** Its findings, by check and what they are about. */
    async findings(change: Changed = {}, flags: readonly string[] = []): Promise<Findings> {
      const { code, out, errors } = await this.run(change, ['--json', ...flags]);
      if (out === '') throw new Error(`The doctor says nothing:\n${errors}`);
      const { findings, exitCode } = JSON.parse(out) as Said;
      if (exitCode !== code) throw new Error(`It says ${exitCode} and ends with ${code}.`);
      return new Map(findings.map((one) => [[one.check, one.about].filter(Boolean).join(' '), one]));
    },
    async close() {
      await Promise.all([graph.close(), chat.close(), login.close()]);
      rmSync(folder, { recursive: true });
    },
  };
};

/** Other variables than usual; null: the variable is absent. */
export type Changed = Readonly<Record<string, string | null>>;

export type Findings = ReadonlyMap<string, Finding>;

interface Said {
  readonly exitCode: number;
  readonly findings: readonly Finding[];
}

const environmentOf = (
  environment: Readonly<Record<string, string>>,
  change: Changed,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...environment, ...change }).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    ),
  );

export type Ground = Awaited<ReturnType<typeof makeGround>>;

/** A bot that is a managed identity, and asks Graph as the same, with what is changed beside that. */
export const asIdentity = ({ login }: Ground, change: Changed = {}): Changed => ({
  ...login.identity,
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: IDENTITY_ID,
  MicrosoftAppPassword: null,
  GRAPH_CLIENT_ID: null,
  GRAPH_CLIENT_SECRET: null,
  ...change,
});
