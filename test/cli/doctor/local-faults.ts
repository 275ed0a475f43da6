import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Case, PERMISSION_CHECKS, WITHOUT_STORE } from './fault.ts';
import type { Ground } from './ground.ts';

const change = ({ data }: Ground, statements: string): void => {
  const database = new Database(data);
  database.exec(statements);
  database.close();
};

/** What can be wrong with store and ledger. */
export const KEPT: readonly Case[] = [
  {
    fault: 'the file of the store can only be read',
    byPermission: true,
    happens: ({ data }) => chmodSync(data, 0o400),
    finds: { store: ['wrong', /can only be read/, /chmod/] },
  },
  {
    fault: 'others may read the file of the store',
    happens: ({ data }) => chmodSync(data, 0o644),
    finds: { store: ['warning', /other accounts.*644/, /chmod 600/] },
  },
  {
    fault: 'nothing can be written beside the store',
    byPermission: true,
    happens: ({ store }) => chmodSync(store, 0o500),
    finds: { store: ['wrong', /Nothing can be written/, /own/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'the folder of the store is missing',
    happens: ({ store }) => ({ DATA: join(store, 'missing', 'flagman.db') }),
    finds: { store: ['warning', /no store yet/, /not mounted/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'the folder of the store cannot be made',
    happens: ({ data }) => ({ DATA: join(data, 'flagman.db') }),
    finds: { store: ['wrong', /cannot be made/, /DATA/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'a folder stands where the store should be',
    happens: ({ store }) => ({ DATA: store }),
    finds: { store: ['wrong', /no file/, /DATA/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'the store is damaged',
    happens: ({ data }) => writeFileSync(data, 'no database at all, whatever was here'.repeat(200)),
    finds: { store: ['wrong', /cannot be read/, /backup/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'a newer version wrote the store',
    happens: (at) => change(at, "insert into kysely_migration values ('2999-01-01-later', '2999')"),
    finds: { store: ['wrong', /newer version/, /backup/] },
  },
  {
    fault: 'an entry of the ledger was changed',
    happens: (at) =>
      change(
        at,
        `create table spoilt as select * from ledger;
         drop table ledger;
         update spoilt set body = '{}' where seq = 2;
         alter table spoilt rename to ledger;`,
      ),
    finds: { ledger: ['wrong', /Broken at entry 2 \(changed\)/, /copy of the store/] },
  },
  {
    fault: 'the ledger was sealed by another key',
    happens: () => ({ LEDGER_KEY: 'ab'.repeat(32) }),
    finds: { ledger: ['wrong', /unknown-key/, /LEDGER_OLD_KEYS/] },
  },
  {
    fault: 'the checkpoint cannot be read',
    byPermission: true,
    happens: ({ data }) => chmodSync(`${data}.checkpoint`, 0o000),
    finds: { ledger: ['wrong', /LEDGER_CHECKPOINT_FILE cannot be read/, /chmod 600 .*checkpoint/] },
  },
];

/** What can be wrong with where it speaks, and with whom it believes. */
export const SPOKEN: readonly Case[] = [
  {
    fault: 'the bot was never in a conversation',
    happens: () => ({ APPROVALS_CONVERSATION: '19:nobody@thread.v2' }),
    finds: { 'places APPROVALS_CONVERSATION': ['wrong', /never in/, /Add the bot/] },
  },
  {
    fault: 'the bot was removed from a conversation',
    happens: ({ chat }) => chat.faults.add({ answer: 403, method: 'GET' }),
    finds: { 'places APPROVALS_CONVERSATION': ['wrong', /any more/, /again/] },
  },
  {
    fault: 'Teams throttles',
    happens: ({ chat }) => chat.faults.add({ answer: 429, method: 'GET' }),
    finds: { 'places APPROVALS_CONVERSATION': ['warning', /slow down/] },
  },
  {
    fault: 'Teams cuts the connection',
    happens: ({ chat }) => chat.faults.add({ answer: 'cut', method: 'GET' }),
    finds: { 'places APPROVALS_CONVERSATION': ['wrong', /no answer/] },
  },
  {
    fault: 'the keys of the channel cannot be fetched',
    happens: ({ chat }) => ({ LOCAL_OPENID_URL: chat.openIdUrl.replace('openidconfiguration', 'nothing') }),
    finds: { inbound: ['wrong', /cannot be fetched/, /443/] },
  },
];

/** What can be odd about how it was configured. */
export const SAID: readonly Case[] = [
  {
    fault: 'a setting is unwise',
    happens: () => ({ APPROVALS: 'single' }),
    finds: { configuration: ['warning', /alone/, /four-eyes/] },
  },
  {
    fault: 'there is no login, so that tokens are a fixed text',
    happens: () => ({
      LOCAL_LOGIN_URL: null,
      MicrosoftAppPassword: null,
      GRAPH_CLIENT_SECRET: null,
    }),
    finds: {},
    unchecked: ['bot-credentials', 'graph-credentials', 'permissions'],
    gone: PERMISSION_CHECKS,
  },
];
