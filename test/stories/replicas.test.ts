import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { messageActivity } from '../../src/demo/chat/activity.ts';
import { deliver, TEAMS_PATIENCE } from '../../src/demo/chat/deliver.ts';
import { type Demo, startDemo } from '../../src/demo/start.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { type Running, start } from '../../src/start.ts';
import { createPatientDatabase, SERVER, type TestDatabase } from '../store/postgres-server.ts';
import { cardText } from '../support/card-text.ts';
import { NOW } from '../support/conversation.ts';
import { LONGEST_MS } from '../support/patience.ts';

const QUESTION = 'failed sign-ins last 24h';
const analyst = PEOPLE.analyst;

(SERVER === undefined ? describe.skip : describe)('two replicas on one database', () => {
  let database: TestDatabase;
  let folder: string;
  let demo: Demo;
  let replicas: Running[];
  let appId: string;
  let now = NOW;

  const startReplica = async (environment: Readonly<Record<string, string>>): Promise<Running> => {
    const config = readConfig({ ...environment, LOG_LEVEL: 'silent' });
    if (!config.ok) throw new Error(config.error.join('\n'));
    return start(config.value, { clock: () => now });
  };

  beforeAll(async () => {
    database = await createPatientDatabase();
    folder = mkdtempSync(join(tmpdir(), 'flagman-replicas-'));
    demo = await startDemo({
      startBot: async (environment) => {
        appId = environment.MicrosoftAppId ?? '';
        replicas = await Promise.all([startReplica(environment), startReplica(environment)]);
        return { port: urlPort(0), close: async () => undefined };
      },
      clock: () => now,
      limits: { reportsPer10s: 1_000_000, speed: 1 },
      environment: {
        DATA: database.url,
        GRAPH_BUDGET_SPEED: '1000',
        LEDGER_KEY: '5'.repeat(64),
        LEDGER_CHECKPOINT_FILE: join(folder, 'checkpoint'),
      },
    });
  }, LONGEST_MS);

  afterAll(async () => {
    await demo.close();
    await Promise.all(replicas.map((replica) => replica.close()));
    rmSync(folder, { recursive: true });
    await database.remove();
  }, LONGEST_MS);

  const urlPort = (replica: number): number => replicas[replica]?.port ?? 0;
  const urlOf = (replica: number): string => `http://127.0.0.1:${urlPort(replica)}`;

  /** Says something that this replica gets, and gives the text of what is answered. */
  const say = async (replica: number, text: string): Promise<string> => {
    now += 1;
    await demo.chat.connect(urlOf(replica));
    const { answers } = await demo.chat.say(analyst.oid, demo.chat.personal(analyst.oid), text);
    return answers.map(({ card }) => (card ? cardText(card as never) : '')).join('\n');
  };

  test('a zone that one heard holds at the other', async () => {
    await say(0, 'set my timezone Asia/Kolkata');
    expect(await say(1, QUESTION)).toMatch(/Asia\/Kolkata/);
    await say(1, 'set my timezone Europe/Oslo');
    expect(await say(0, QUESTION)).toMatch(/Europe\/Oslo/);
  });

  test('an answer that one gave is paged through at the other', async () => {
    await say(0, QUESTION);
    expect(await say(1, 'next page')).toMatch(/#11 /);
    expect(await say(0, 'next page')).toMatch(/#21 /);
  });

  test('a message that Teams sends to both is answered once', async () => {
    const conversationId = demo.chat.personal(analyst.oid);
    const activity = messageActivity(
      {
        person: analyst,
        conversation: { id: conversationId, kind: 'personal', name: 'Flagman', memberIds: [analyst.oid] },
        conversationId,
        tenantId: TENANT_ID,
        appId,
        serviceUrl: demo.chat.serviceUrl,
        now,
      },
      { id: 'to both', text: QUESTION, mention: false },
    );
    const posted = (): number => demo.chat.posts.filter(({ method }) => method === 'POST').length;
    const before = posted();
    const { keys, serviceUrl } = demo.chat;
    await Promise.all(
      [0, 1].map((replica) =>
        deliver(activity, { botUrl: urlOf(replica), appId, serviceUrl, keys, patience: TEAMS_PATIENCE }),
      ),
    );
    expect(posted() - before).toBe(1);
  });
});
