import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Approval } from '../../src/actions/approval.ts';
import { type Bot, createBot } from '../../src/bot/bot.ts';
import type { Chat, Ports } from '../../src/bot/ports.ts';
import type { Account } from '../../src/entra/effects.ts';
import type { Press } from '../../src/entra/inbound.ts';
import { createLog } from '../../src/lib/log.ts';
import { ok } from '../../src/lib/result.ts';
import { recordsOf } from '../../src/records.ts';
import { openLedger } from '../../src/running-ledger.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { signIn } from '../store/request.ts';
import { CHANGES } from '../support/changes.ts';
import { NO_FILES, NO_SPEECH, USUAL_ANSWERS } from '../support/files.ts';
import { NO_REDACTIONS, NO_SHARING } from '../support/sharing.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

const PLACE = {
  kind: 'group',
  conversationId: 'chat',
  serviceUrl: 'http://127.0.0.1/',
  tenantId: 'tenant',
  botId: 'bot',
} as const;

const ROLES = new Map([
  ['ana', ['reader']],
  ['bo', ['reader', 'admin']],
  ['cy', ['admin']],
]);

const AT_RISK = {
  createdDateTime: '2026-11-21T11:00:00Z',
  userId: 'kim',
  riskState: 'atRisk',
  riskDetail: 'none',
  riskLevelAggregated: 'high',
};

/** A row of the log. */
let row: (id: string) => object;
let account: Account;
let beforeSave: () => Promise<void>;
let folder: string;
let store: Store;
let ports: Ports;
let bot: Bot;
let posted: string[];
let serial: number;

const never = (): never => {
  throw new Error('Nothing is read or sent here.');
};

const chat: Chat = {
  async send(card) {
    posted.push(JSON.stringify(card));
    return `card ${posted.length}`;
  },
  update: async (_, card) => void posted.push(JSON.stringify(card)),
  say: async (text) => void posted.push(text),
  typing: async () => undefined,
  ...NO_FILES,
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-changes-'));
  store = await openStore(join(folder, 'flagman.db'));
  const log = createLog({ level: 'silent' });
  const config = {
    origin: 'tenant',
    secrets: [Buffer.alloc(32, 1)],
    keyFile: join(folder, 'key'),
    checkpointFile: join(folder, 'checkpoint'),
    mayStartOver: false,
    retentionDays: 90,
  };
  const ledger = await openLedger({ stored: store.ledger, config, clock: () => NOW, log });
  const records = recordsOf(store, ledger);
  row = (id) => ({ ...AT_RISK, id });
  account = { enabled: true, guest: false };
  beforeSave = async () => undefined;
  posted = [];
  serial = 0;
  ports = {
    log,
    clock: () => NOW,
    now: async () => NOW,
    newId: () => 'an id',
    store,
    ledger,
    posts: store.posts,
    ...NO_SHARING,
    ...NO_SPEECH,
    chatIn: () => chat,
    graph: {
      readSignIns: never,
      findUsers: never,
      rolesOf: never,
      perform: never,
      freshRolesOf: async (id) => ok(ROLES.get(id) ?? []),
      accountOf: async () => ok(account),
      inspect: async ({ signInId }) => ok({ inspected: 'sign-in', signIn: row(signInId) as never }),
    },
    approvals: {
      ...records,
      async save(moved) {
        await beforeSave();
        return records.save(moved);
      },
    },
  };
  const settings = {
    changes: CHANGES,
    ...USUAL_ANSWERS,
    redactions: NO_REDACTIONS,
    readerRoles: ['reader'],
    questionsPerMinute: 1_000,
    turnMs: 600_000,
    typingMs: 600_000,
    search: { pauseMs: 1, answerMs: 600_000 },
  };
  bot = createBot(ports, settings, { wake: () => undefined, soon: async () => undefined, stop: never });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const person = (id: string) => ({
  id,
  teamsId: `29:${id}`,
  name: id,
  tenantId: PLACE.tenantId,
  clientZone: 'UTC',
});

/** What is answered to a message of this person. */
const say = async (id: string, text: string): Promise<string> => {
  serial += 1;
  const before = posted.length;
  await bot.onMessage({ activityId: `m${serial}`, text, person: person(id), place: PLACE }, chat);
  return posted.slice(before).join('\n');
};

/** What a press of this person is answered with. */
const press = async (id: string, verb: string, data: Press['data'], cardId = 'the card'): Promise<string> => {
  serial += 1;
  const activityId = `p${serial}`;
  const given = {
    activityId,
    verb,
    data,
    trigger: 'manual',
    person: person(id),
    place: PLACE,
    cardId,
  } as const;
  return JSON.stringify(await bot.onPress(given, chat));
};

const cardOf = ({ number }: Pick<Approval, 'number'>): string => `card of ${number}`;

/** A request of Ana's with its card in the chat. */
const asked = async (nth = 1): Promise<Approval> => {
  await say('ana', `confirm compromised ${signIn(nth)} reason: user denies travel`);
  const [approval] = (await ports.approvals.open()).slice(-1);
  if (!approval) throw new Error('Nothing was asked for.');
  await ports.posts.add(approval.number, PLACE.conversationId, cardOf(approval), approval.edition);
  return approval;
};

const vote = (id: string, verb: string, { number, version }: Approval, more: Press['data'] = {}) =>
  press(id, verb, { approval: number, version, ...more }, cardOf({ number }));

describe('a request', () => {
  test('is not made about a sign-in without a user', async () => {
    row = (id) => ({ ...AT_RISK, id, userId: '' });
    expect(await say('ana', `confirm compromised ${signIn(1)} reason: test`)).toMatch(/cannot be changed/);
    expect(await ports.approvals.open()).toEqual([]);
  });

  test('is not made by somebody who has twenty open ones', async () => {
    for (let nth = 1; nth <= 20; nth += 1) await asked(nth);
    const answer = await say('ana', `confirm compromised ${signIn(21)} reason: test`);
    expect(answer).toMatch(/20 of your requests are still open/);
    expect(await ports.approvals.open()).toHaveLength(20);
  });

  test('is not made by a button about what was never shown', async () => {
    const form = { result: 'none', row: signIn(1), action: 'confirm-sign-in-safe', reason: 'test' };
    expect(await press('ana', 'request', form)).toMatch(/no longer kept/);
    expect(await press('ana', 'request', { ...form, action: 'delete-user' })).toMatch(/choose what to do/);
    expect(await press('ana', 'request', { ...form, reason: ' ' })).toMatch(/say why/);
  });

  test('is seen by those who may only decide, and by nobody who may do neither', async () => {
    const approval = await asked();
    expect(await vote('cy', 'look', approval)).toMatch(/Waiting for a decision/);
    expect(await vote('dee', 'look', approval)).toMatch(/It takes reader,/);
  });
});

describe('a decision', () => {
  test('that comes a moment after another one tells of that one', async () => {
    const approval = await asked();
    beforeSave = async () => {
      beforeSave = async () => undefined;
      await vote('cy', 'reject', approval, { reason: 'no' });
    };
    expect(await vote('bo', 'approve', approval)).toMatch(/was rejected: decided by “cy”/);
    expect((await ports.approvals.find(approval.number))?.state).toBe('rejected');
  });

  test('that meets a change of something else asks for a look at the card', async () => {
    const approval = await asked();
    beforeSave = async () => {
      beforeSave = async () => undefined;
      const { revision, edition } = approval;
      const reminded = { ...approval, revision: revision + 1, edition: edition + 1 };
      await ports.approvals.save({ approval: reminded, entries: [], notices: [] });
    };
    expect(await vote('bo', 'approve', approval)).toMatch(/has just changed/);
    expect((await ports.approvals.find(approval.number))?.state).toBe('pending');
    expect(await vote('bo', 'approve', approval)).toMatch(/Approved, to be carried out/);
  });

  test('that meets a new version of the request asks for a look at what has changed', async () => {
    const approval = await asked();
    beforeSave = async () => {
      beforeSave = async () => undefined;
      const { version, revision, edition } = approval;
      const risen = { ...approval, version: version + 1, revision: revision + 1, edition: edition + 1 };
      await ports.approvals.save({ approval: risen, entries: [], notices: [] });
    };
    expect(await vote('bo', 'approve', approval)).toMatch(/has changed since this card was drawn/);
    expect((await ports.approvals.find(approval.number))?.state).toBe('pending');
  });

  test('that meets another one between two readings is not taken for an edit of the store', async () => {
    const approval = await asked();
    const { evidence } = ports.approvals;
    Object.assign(ports.approvals, {
      evidence: async (number: number) => {
        Object.assign(ports.approvals, { evidence });
        await vote('cy', 'reject', approval, { reason: 'no' });
        return evidence(number);
      },
    });
    expect(await vote('bo', 'approve', approval)).toMatch(/was rejected: decided by “cy”/);
    expect((await ports.approvals.find(approval.number))?.state).toBe('rejected');
  });

  test('that comes with new facts a moment after another one tells of that one', async () => {
    const approval = await asked();
    row = (id) => ({ ...AT_RISK, id, riskLevelAggregated: 'low' });
    beforeSave = async () => {
      beforeSave = async () => undefined;
      await vote('cy', 'reject', approval, { reason: 'no' });
    };
    expect(await vote('bo', 'approve', approval)).toMatch(/was rejected: decided by “cy”/);
    expect((await ports.approvals.find(approval.number))?.state).toBe('rejected');
  });

  test('that is sent again by whoever made it shows the card', async () => {
    const [first, second] = [await asked(1), await asked(2)];
    for (let times = 1; times <= 2; times += 1) {
      expect(await vote('bo', 'reject', first, { reason: 'no' })).toMatch(/"Rejected"/);
      expect(await vote('ana', 'withdraw', second)).toMatch(/"Withdrawn"/);
    }
  });

  test('about nothing that there is tells so', async () => {
    expect(await press('bo', 'approve', { approval: 4711, version: 1 })).toMatch(/There is no CR-4711/);
  });

  test('that cannot be written for a reason nobody expected does not claim that nothing happened', async () => {
    const approval = await asked();
    beforeSave = async () => {
      throw new TypeError('lost');
    };
    const answer = await vote('bo', 'approve', approval);
    expect(answer).toMatch(/Whether your decision counted stands on the card/);
    expect(answer).not.toMatch(/Nothing was changed/);
  });
});
