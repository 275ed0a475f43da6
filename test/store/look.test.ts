import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lookInto } from '../../src/store/look.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { type Ground, onEach } from './ground.ts';
import { createDatabase, onServer, SERVER } from './postgres-server.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const PLACE = {
  kind: 'group',
  conversationId: '19:group@thread.v2',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  tenantId: 'tenant',
  botId: '28:bot',
} as const;

onEach('a look into a store', (prepare) => {
  let ground: Ground;
  beforeEach(async () => {
    ground = await prepare();
  });
  afterEach(() => ground.remove());

  test('shows what is in it, and changes nothing', async () => {
    const store = await openStore(ground.data);
    await store.places.remember(PLACE, NOW);
    const look = await lookInto(ground.data);
    expect(look).toMatchObject({ due: [], unknown: [] });
    expect(await look.places.find(PLACE.conversationId)).toEqual(PLACE);
    expect((await look.ledger.head()).size).toBe(0);
    expect(await look.approvals.rows()).toEqual([]);
    await expect(look.places.remember({ ...PLACE, conversationId: 'other' }, NOW)).rejects.toThrow(
      /read-?\s?only|readonly/i,
    );
    await look.close();
    expect(await store.places.find('other')).toBeUndefined();
    await store.close();
  });

  test('changes nothing where nobody else has it open either', async () => {
    await (await openStore(ground.data)).close();
    const look = await lookInto(ground.data);
    await expect(look.places.remember(PLACE, NOW)).rejects.toThrow(/read-?\s?only|readonly/i);
    expect(await look.places.find(PLACE.conversationId)).toBeUndefined();
    await look.close();
  });

  test('names what the next start does to it, and what a newer version did', async () => {
    await (await openStore(ground.data)).close();
    await ground.run("delete from kysely_migration where name like '%ledger'");
    await ground.run("insert into kysely_migration values ('2999-01-01-later', '2999')");
    const look = await lookInto(ground.data);
    expect(look.due).toEqual(['2026-11-22-ledger']);
    expect(look.unknown).toEqual(['2999-01-01-later']);
    await look.close();
  });
});

(SERVER === undefined ? test.skip : test)(
  'a look into a database that only lets itself be read says so',
  async () => {
    const { url, remove } = await createDatabase();
    await onServer(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);
    const look = await lookInto(url);
    expect(look.server).toMatchObject({ isStandby: false, isReadOnly: true });
    await look.close();
    await remove();
  },
);

onEach('a look into an empty database', (prepare) => {
  test('finds that everything is due', async () => {
    const ground = await prepare();
    await ground.run('create table something (else_ integer)');
    const look = await lookInto(ground.data);
    expect(look.due).toEqual(Object.keys(MIGRATIONS));
    const isServer = ground.data.startsWith('postgres');
    expect(look.server).toEqual(
      isServer
        ? {
            version: expect.stringMatching(/^\d+/),
            isSuperuser: expect.any(Boolean),
            isStandby: false,
            isReadOnly: false,
            mayCreate: true,
          }
        : undefined,
    );
    await look.close();
    await ground.remove();
  });
});

describe('a look into a file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flagman-look-'));
    path = join(folder, 'flagman.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('that is not there makes none', async () => {
    await expect(lookInto(path)).rejects.toThrow(/unable to open/);
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('that is damaged says so', async () => {
    await (await openStore(path)).close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 3 * 4096, 6 * 4096);
    writeFileSync(path, bytes);
    await expect(lookInto(path)).rejects.toThrow(/damaged|malformed/);
  });

  test('whose last writer was killed leaves the log for the next start', async () => {
    const store = await openStore(path);
    await store.places.remember(PLACE, NOW);
    const killed = join(folder, 'killed.db');
    for (const end of ['', '-wal']) writeFileSync(`${killed}${end}`, readFileSync(`${path}${end}`));
    await store.close();
    const log = readFileSync(`${killed}-wal`);
    expect(log.length).toBeGreaterThan(0);
    const look = await lookInto(killed);
    expect(await look.places.find(PLACE.conversationId)).toEqual(PLACE);
    await look.close();
    expect(readFileSync(`${killed}-wal`).equals(log)).toBe(true);
  });
});
