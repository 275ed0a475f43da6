import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { seal } from '../../src/ledger/entry.ts';
import { ledgerKeyOf } from '../../src/ledger/keys.ts';
import { openStore } from '../../src/store/store.ts';

export const SECRET = '01'.repeat(32);
export const KEY = ledgerKeyOf(Buffer.from(SECRET, 'hex'));
export const ORIGIN = 'tenant';

const TIME = '2026-11-22T00:00:00Z';

export const scriptOf = (tool: 'verify' | 'export'): string =>
  new URL(`../../src/cli/ledger-${tool}.ts`, import.meta.url).pathname;

/** A folder with a ledger of one entry an actor, a checkpoint of all of them, and the tools to look at it. */
export const makeLedger = async (actors: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'flagman-cli-'));
  const data = join(folder, 'flagman.db');
  const checkpoint = join(folder, 'note');
  const { ledger, close } = await openStore(data);
  for (const [index, actor] of actors.entries()) {
    const at = Date.UTC(2026, 10, index + 1);
    await ledger.append({
      seal: (head) => seal({ at, origin: ORIGIN, kind: 'question', actor, body: '{}' }, head, KEY),
      facts: [{ what: 'name', value: 'Maya' }],
    });
  }
  writeFileSync(checkpoint, writeCheckpoint(ORIGIN, await ledger.head(), TIME, KEY));
  await close();

  return {
    folder,
    data,
    checkpoint,
    run(tool: 'verify' | 'export', flags: readonly string[] = [], change: NodeJS.ProcessEnv = {}) {
      const env = {
        PATH: process.env.PATH,
        DATA: data,
        LEDGER_KEY: SECRET,
        LEDGER_ORIGIN: ORIGIN,
        ...change,
      };
      const options = { cwd: folder, env, encoding: 'utf8' } as const;
      const { status, stdout, stderr } = spawnSync(process.execPath, [scriptOf(tool), ...flags], options);
      return { status, out: stdout, errors: stderr };
    },
    /** A file with the note of an earlier time, when there were so many entries. */
    async noteAt(size: number): Promise<string> {
      const store = await openStore(data);
      const row = await store.ledger.find(size);
      await store.close();
      const path = join(folder, `note-${size}`);
      writeFileSync(path, writeCheckpoint(ORIGIN, { size, hash: row?.hash ?? '' }, TIME, KEY));
      return path;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
};

export type LedgerAtHand = Awaited<ReturnType<typeof makeLedger>>;
