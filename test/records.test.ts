import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { approve, pass, voidAsEdited } from '../src/actions/approval/decide.ts';
import { lookLater } from '../src/actions/approval/look.ts';
import { type Approval, isAsRecorded, type Moved } from '../src/actions/approval.ts';
import type { Approvals } from '../src/bot/change-ports.ts';
import { LedgerFailure } from '../src/entra/ledger-event.ts';
import { compare, fold } from '../src/ledger/fold.ts';
import { ledgerKeyOf } from '../src/ledger/keys.ts';
import { verifyLedger } from '../src/ledger/verify.ts';
import { createLog } from '../src/lib/log.ts';
import { recordsOf } from '../src/records.ts';
import { openLedger, type RunningLedger } from '../src/running-ledger.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { type Chance, chances, requested, walk } from './ledger/walk.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const SECRET = Buffer.alloc(32, 1);

let folder: string;
let store: Store;
let ledger: RunningLedger;
let records: Approvals;
let log: string[];
let now: number;

const data = (): string => join(folder, 'flagman.db');

/** What a bot has that starts on this store. */
const startOn = async (on: Store, secrets: readonly Buffer[] = [SECRET]) => {
  const ledger = await openLedger({
    stored: on.ledger,
    config: {
      origin: 'tenant',
      secrets,
      keyFile: join(folder, 'key'),
      checkpointFile: join(folder, 'checkpoint'),
      mayStartOver: false,
      retentionDays: 90,
    },
    clock: () => now,
    log: createLog({ level: 'info', write: (line) => log.push(line) }),
  });
  return { ledger, records: recordsOf(on, ledger) };
};

const open = async (): Promise<void> => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-records-'));
  store = await openStore(data());
  log = [];
  now = NOW;
  ({ ledger, records } = await startOn(store));
};

const close = async (): Promise<void> => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
};

beforeEach(open);
afterEach(close);

const verified = async () =>
  verifyLedger(store.ledger.rows(), { origin: 'tenant', keys: [ledgerKeyOf(SECRET)] });

const size = async (): Promise<number> => (await store.ledger.head()).size;

const asked = () => records.create((number) => requested(number, NOW));

const create = async (): Promise<Approval> => {
  const created = await asked();
  if (!('number' in created)) throw new Error('It was not created.');
  return created;
};

const approved = (approval: Approval): Moved => {
  const ballot = {
    by: { id: 'approver-id', name: 'Maya Okafor' },
    at: NOW,
    version: approval.version,
    activityId: 'f:1',
  };
  const voted = approve(approval, ballot, { performMs: 600_000, mayBeOwn: false });
  if (!voted.ok) throw new Error(voted.error);
  return voted.value;
};

/** The same change, with an entry that must not be written. */
const withSlip = ({ entries, ...moved }: Moved): Moved => ({
  ...moved,
  entries: entries.map((entry) => ({ ...entry, facts: { ...entry.facts, why: 'ask kim@contoso.com' } })),
});

/** Says to the database what the bot never would, its guards removed. */
const tamper = (statement: string): void => {
  const database = new Database(data());
  for (const guard of database.prepare(`select name from sqlite_master where type = 'trigger'`).pluck().all())
    database.exec(`drop trigger ${guard}`);
  database.exec(statement);
  database.close();
};

const cut = async (): Promise<void> => {
  const end = await size();
  const before = await store.ledger.find(end - 1);
  tamper(`
    delete from ledger where seq = ${end};
    delete from ledger_approvals where seq = ${end};
    update ledger_head set size = ${end - 1}, hash = '${before?.hash}'`);
};

test('a request and its decision stand in the ledger, and the ledger bears them out', async () => {
  const approval = await create();
  expect(await records.save(approved(approval))).toBe(true);
  const kept = await records.find(approval.number);
  const evidence = await records.evidence(approval.number);
  expect(evidence).toMatchObject({
    requesterId: 'requester-id',
    approved: { personId: 'approver-id', version: 2 },
    state: 'approved',
  });
  expect(kept && isAsRecorded(kept, evidence)).toBe(true);
  expect(await records.history(approval.number)).toMatchObject([
    { kind: 'requested', name: 'Ana Silva', reason: approval.reason },
    { kind: 'approved', name: 'Maya Okafor', facts: { activity: 'f:1' } },
  ]);
  expect(await records.open()).toEqual([kept]);
  expect(await verified()).toMatchObject({ ok: true, head: { size: 2 } });
});

test('a change of which nothing has to be told is kept without an entry', async () => {
  const approval = await create();
  expect(await records.save(lookLater(approval, NOW))).toBe(true);
  expect(await records.find(approval.number)).toMatchObject({ revision: 2 });
  expect(await size()).toBe(1);
  await create();
  expect(await verified()).toMatchObject({ ok: true, head: { size: 2 } });
});

test('whatever becomes of approvals, the ledger alone gives the table again', async () => {
  const run = async (all: readonly (readonly Chance[])[]): Promise<void> => {
    const paths = all.map((one, index) => walk(1001 + index, NOW, one));
    for (const _path of paths) await records.create((number) => requested(number, NOW, 2));
    // Entries of several approvals stand among each other.
    const longest = Math.max(...paths.map(({ length }) => length));
    for (let step = 1; step < longest; step += 1)
      for (const moved of paths.flatMap((path) => path[step] ?? []))
        expect(await records.save(moved)).toBe(true);
    const found = await Promise.all(paths.map((_, index) => records.find(1001 + index)));
    const table = found.flatMap((approval) => approval ?? []);
    expect(table).toEqual(paths.map((path) => path.at(-1)?.approval));
    expect(compare(await fold(store.ledger.rows()), table)).toEqual([]);
    for (const approval of table)
      expect(isAsRecorded(approval, await records.evidence(approval.number))).toBe(true);
    expect(await verified()).toMatchObject({ ok: true });
  };
  await fc.assert(
    fc.asyncProperty(fc.array(chances, { minLength: 1, maxLength: 3 }), run).beforeEach(async () => {
      await close();
      await open();
    }),
    { numRuns: 10 },
  );
});

describe('nothing at all is written', () => {
  test('when somebody else was first', async () => {
    const approval = await create();
    expect(await records.save(approved(approval))).toBe(true);
    const late = pass(approval, approval.expiresAt);
    expect(late && (await records.save(late))).toBe(false);
    expect(await size()).toBe(2);
    expect(await records.find(approval.number)).toMatchObject({ state: 'approved' });
    // And the ledger goes on.
    await create();
    expect(await verified()).toMatchObject({ ok: true, head: { size: 3 } });
  });

  test('for a target that is in an open request', async () => {
    await create();
    expect(await records.create((number) => requested(number - 1, NOW))).toEqual({ taken: 1001 });
    expect(await size()).toBe(1);
  });

  test('for a person who has twenty open requests', async () => {
    for (let n = 0; n < 20; n += 1) await create();
    expect(await asked()).toEqual({ full: 20 });
    expect(await size()).toBe(20);
  });

  test('when an entry must not stand in the ledger', async () => {
    const approval = await create();
    await expect(records.save(withSlip(approved(approval)))).rejects.toThrow(LedgerFailure);
    await expect(records.create((number) => withSlip(requested(number, NOW)))).rejects.toThrow(LedgerFailure);
    expect(await records.find(approval.number)).toEqual(approval);
    expect(await records.find(approval.number + 1)).toBeUndefined();
    expect(await size()).toBe(1);
  });

  test('onto a ledger that was cut while the bot ran', async () => {
    const approval = await create();
    await create();
    await cut();
    await expect(records.save(approved(approval))).rejects.toThrow(LedgerFailure);
    await expect(asked()).rejects.toThrow(LedgerFailure);
    expect(await records.find(approval.number)).toEqual(approval);
    expect(await size()).toBe(1);
  });
});

test.each<[string, () => Promise<unknown>]>([
  ['request', async () => [await create(), await create()]],
  ['decision', async () => records.save(approved(await create()))],
])(
  'the entry of a %s counts as written: that it was cut is noticed by the next one',
  async (_what, write) => {
    await write();
    await cut();
    const [request] = requested(1003, NOW).entries;
    await expect(request && ledger.append(request)).rejects.toThrow(LedgerFailure);
  },
);

test('nobody can decide on an approval whose entry was edited in the database', async () => {
  const approval = await create();
  tamper(`update ledger set actor = 'approver-id'`);
  await expect(records.evidence(approval.number)).rejects.toThrow(LedgerFailure);
  await expect(records.history(approval.number)).rejects.toThrow(LedgerFailure);
});

const rowNow = async (number: number): Promise<string> => {
  const row = await store.approvals.row(number);
  if (!row) throw new Error('There is no row.');
  return Object.entries(row)
    .map(([name, value]) => `${name} = ${value === null ? 'null' : `'${value}'`}`)
    .join();
};

const inDocument = (path: string, value: string): string =>
  `document = json_set(document, '$.${path}', json('${value}'))`;

/** Another start of the bot, which remembers nothing. */
const restart = async (): Promise<void> => {
  await ledger.close();
  ({ ledger, records } = await startOn(store));
};

const editedLines = (): readonly string[] => log.filter((line) => line.includes('approval.edited'));

describe('there is no evidence, so that nobody acts on it,', () => {
  test.each([
    [
      'how a target stands',
      inDocument('targets[0].progress', '{"at":"done","how":"accepted","since":1,"reads":0}'),
    ],
    ['that it may be tried again', inDocument('targets[0].progress.dueAt', '1')],
    [
      'the user name that is shown',
      inDocument('targets[0].signIn.userPrincipalName', '"intern@contoso.com"'),
    ],
    ['the address that is shown', inDocument('targets[0].signIn.ipAddress', '"203.0.113.66"')],
    ['the risk that is shown', inDocument('targets[0].before.level', '"none"')],
    ["the requester's name", inDocument('requester.name', '"The Real Boss"')],
    ['the place', inDocument('conversationId', '"19:other"')],
    ['when to look again', inDocument('lookAt', '9999999999999')],
    ['only a space', "document = document || ' '"],
    ['the seal', "seal = 'AAAA'"],
    ['when it is due', 'due_at = 1'],
    ['whether it is due', 'due_at = null'],
    ['whether it is open', 'open = 0'],
    ['the state beside the document', "state = 'rejected'"],
    ['the version of the card', 'edition = edition + 1'],
    ['the revision beside the document', 'revision = revision + 1'],
    ['who asked, beside the document', "requester_id = 'another-id'"],
    ['when it was made, beside the document', 'created_at = 1'],
  ])('when %s was edited in its row', async (_what, edit) => {
    const { number } = await create();
    expect(await records.evidence(number)).toBeDefined();
    tamper(`update approvals set ${edit}`);
    expect(await records.evidence(number)).toBeUndefined();
    expect(editedLines()).toEqual([expect.stringContaining(`"approval":${number}`)]);
    await restart();
    expect(await records.evidence(number)).toBeUndefined();
  });

  test('when its row is that of another approval', async () => {
    const [one, other] = [await create(), await create()];
    const { document, seal } = (await store.approvals.row(one.number)) ?? {};
    tamper(`update approvals set document = '${document}', seal = '${seal}' where number = ${other.number}`);
    expect(await records.evidence(other.number)).toBeUndefined();
    expect(await records.evidence(one.number)).toBeDefined();
  });

  test('when its row was put back to what it was before its newest entry, across a restart too', async () => {
    const approval = await create();
    const before = await rowNow(approval.number);
    const [first] = approved(approval).entries;
    // An entry that changes neither state nor version, as those of a running approval are.
    const entry = { ...first, kind: 'facts', state: 'pending', version: 1, facts: {} } as const;
    const moved = { ...lookLater(approval, NOW), entries: [entry as Moved['entries'][number]] };
    expect(await records.save(moved)).toBe(true);
    expect(await records.evidence(approval.number)).toBeDefined();
    tamper(`update approvals set ${before}`);
    expect(await records.evidence(approval.number)).toBeUndefined();
    await restart();
    expect(await records.evidence(approval.number)).toBeUndefined();
  });

  test('when its row was put back, and the index of the ledger was cut to fit it', async () => {
    const approval = await create();
    const before = await rowNow(approval.number);
    expect(await records.save(approved(approval))).toBe(true);
    tamper(`delete from ledger_approvals where seq = 2; update approvals set ${before}`);
    expect(await records.evidence(approval.number)).toBeUndefined();
    expect(editedLines()).toHaveLength(1);
    // What this process has seen is gone with it: then only the whole ledger tells.
    await restart();
    expect(await records.evidence(approval.number)).toBeDefined();
    expect(compare(await fold(store.ledger.rows()), [approval])).toContainEqual({
      number: approval.number,
      what: 'the table says pending, the ledger says approved',
    });
  });
});

describe('what was edited is not sealed with the next change', () => {
  const EDIT = inDocument(
    'targets[0].progress',
    '{"at":"done","how":"accepted","since":1,"reads":0,"dueAt":1}',
  );

  const edited = async (): Promise<Approval> => {
    const { number } = await create();
    tamper(`update approvals set ${EDIT}`);
    const found = await records.find(number);
    if (!found) throw new Error('It is gone.');
    return found;
  };

  test.each<[string, (approval: Approval) => Moved | undefined]>([
    ['a look', (approval) => lookLater(approval, NOW)],
    ['an expiry', (approval) => pass(approval, approval.expiresAt)],
    ['a decision', approved],
    [
      'a proof',
      (approval) => {
        const moved = requested(approval.number, NOW);
        const [entry] = moved.entries;
        const next = { ...approval, state: 'done', revision: 2 } as const;
        return (
          entry && { approval: next, entries: [{ ...entry, kind: 'proof', state: 'done' }], notices: [] }
        );
      },
    ],
  ])('%s', async (_what, change) => {
    const approval = await edited();
    const moved = change(approval);
    expect(moved && (await records.save(moved))).toBe(false);
    expect(await size()).toBe(1);
    expect(editedLines()).toHaveLength(1);
    expect(await records.evidence(approval.number)).toBeUndefined();
  });

  test('but that it was edited can be written', async () => {
    expect(await records.save(voidAsEdited(await edited(), NOW))).toBe(true);
  });
});

test('evidence is of the row that was checked, not of another that was read a moment before', async () => {
  const approval = await create();
  const read = { ...approval, requester: { ...approval.requester, name: 'The Real Boss' } };
  expect(isAsRecorded(read, await records.evidence(approval.number))).toBe(false);
  expect(isAsRecorded(approval, await records.evidence(approval.number))).toBe(true);
});

test('a change by another process is no edit, even while the row is looked at', async () => {
  const approval = await create();
  const other = (await startOn(store)).records;
  const looks = Array.from({ length: 20 }, () => records.evidence(approval.number));
  expect(await other.save(approved(approval))).toBe(true);
  await Promise.all(looks);
  expect(await records.evidence(approval.number)).toMatchObject({ state: 'approved' });
  expect(editedLines()).toEqual([]);
});

test('a row that was sealed by a key that was replaced since is still as it was written', async () => {
  const { number } = await create();
  await ledger.close();
  ({ ledger, records } = await startOn(store, [Buffer.alloc(32, 2), SECRET]));
  expect(await records.evidence(number)).toBeDefined();
});

test('an edited row is told in the log once a minute, and each approval for itself', async () => {
  const [one, other] = [await create(), await create()];
  tamper(`update approvals set edition = 9`);
  for (let look = 0; look < 3; look += 1) await records.evidence(one.number);
  expect(editedLines()).toHaveLength(1);
  await records.evidence(other.number);
  expect(editedLines()).toHaveLength(2);
  now = NOW + 60_000;
  await records.evidence(one.number);
  expect(editedLines()).toHaveLength(3);
});

test('a checkpoint is signed after 256 entries about approvals, too', async () => {
  let approval = await create();
  const signed = (): number => log.filter((line) => line.includes('ledger.checkpoint')).length;
  for (let n = 0; n < 255; n += 1) {
    expect(signed()).toBe(0);
    const moved = requested(approval.number, NOW);
    const revision = approval.revision + 1;
    approval = { ...approval, revision };
    expect(await records.save({ ...moved, approval, notices: [] })).toBe(true);
  }
  while (signed() === 0) await sleep(5);
  expect(signed()).toBe(1);
});

test('when the store cannot be used, every use of it is a failure of the ledger', async () => {
  const approval = await create();
  await store.close();
  const uses = [
    create(),
    records.save(approved(approval)),
    records.find(1001),
    records.open(),
    records.due(NOW, 1),
    records.evidence(1001),
    records.history(1001),
  ];
  for (const use of await Promise.allSettled(uses))
    expect(use).toMatchObject({ status: 'rejected', reason: expect.any(LedgerFailure) });
});
