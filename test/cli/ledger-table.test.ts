import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { reject, withdraw } from '../../src/actions/approval/decide.ts';
import type { Approval, Moved } from '../../src/actions/approval.ts';
import type { Approvals } from '../../src/bot/change-ports.ts';
import type { Result } from '../../src/lib/result.ts';
import { recordsOf } from '../../src/records.ts';
import { openLedger } from '../../src/running-ledger.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { requested } from '../ledger/walk.ts';
import { type LedgerAtHand, makeLedger, ORIGIN, SECRET } from './ledger-at-hand.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

let at: LedgerAtHand;
let store: Store;
let records: Approvals;

beforeEach(async () => {
  at = await makeLedger(['ana']);
  store = await openStore(at.data);
  const ledger = await openLedger({
    stored: store.ledger,
    config: {
      origin: ORIGIN,
      secrets: [Buffer.from(SECRET, 'hex')],
      keyFile: '',
      checkpointFile: at.checkpoint,
      mayStartOver: false,
      retentionDays: 90,
    },
    clock: () => NOW,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  records = recordsOf(store, ledger);
});

afterEach(async () => {
  await store.close();
  at.remove();
});

const ask = async (): Promise<Approval> => {
  const created = await records.create((number) => requested(number, NOW));
  if (!('number' in created)) throw new Error('It was not created.');
  return created;
};

const ballotBy = (id: string, { version }: Approval) => ({
  by: { id, name: '' },
  at: NOW,
  version,
  activityId: 'f:1',
});

const keep = async (moved: Result<Moved, string>): Promise<void> => {
  if (!moved.ok) throw new Error(moved.error);
  expect(await records.save(moved.value)).toBe(true);
};

const tamper = (statement: string): void => {
  const database = new Database(at.data);
  for (const guard of database.prepare(`select name from sqlite_master where type = 'trigger'`).pluck().all())
    database.exec(`drop trigger ${guard}`);
  database.exec(statement);
  database.close();
};

/** What is said after the first line. */
const found = () => {
  const { status, out } = at.run('verify');
  return { status, said: out.trim().split('\n').slice(1) };
};

const EDITED = 'What stands beside the ledger was edited:';

test('nothing is said of a table that is as the ledger says, nor of ended requests that it has forgotten', async () => {
  await ask();
  const ended = await ask();
  await keep(reject(ended, ballotBy('approver-id', ended), 'no'));
  expect(found()).toEqual({ status: 0, said: [] });
  await store.approvals.prune(NOW + 1);
  expect(await records.find(ended.number)).toBeUndefined();
  expect(found()).toEqual({ status: 0, said: [] });
});

test('a withdrawn request that was revived is named, though the index of the ledger was cut to fit the old row', async () => {
  const { number, ...rest } = await ask();
  const old = await store.approvals.row(number);
  await keep(withdraw({ number, ...rest }, ballotBy('requester-id', { number, ...rest })));
  tamper(`
    delete from ledger_approvals where seq = 3;
    update approvals set revision = 1, edition = ${old?.edition}, state = 'pending', open = 1, due_at = ${old?.due_at},
      document = '${old?.document}', seal = '${old?.seal}'`);
  const { status, said } = found();
  expect(status).toBe(2);
  expect(said).toContain(`CR-${number}: the table says pending, the ledger says withdrawn`);
});

test('rows that nobody sealed are named, and so is an open request that is gone', async () => {
  const [one, two, three] = [await ask(), await ask(), await ask()];
  tamper(`
    update approvals set document = json_set(document, '$.requester.name', 'The Boss') where number = ${one.number};
    update approvals set state = 'done' where number = ${two.number};
    delete from approvals where number = ${three.number}`);
  expect(found()).toEqual({
    status: 2,
    said: [
      EDITED,
      `CR-${one.number}: its row in the table is not as it was sealed`,
      `CR-${two.number}: the table says done, the ledger says pending; its row is not as it was sealed`,
      `CR-${three.number}: the ledger says pending, the table does not know it`,
    ],
  });
});
