import type { LedgerConfig } from '../config/ledger.ts';
import { ownEnvironment, readLedger } from '../config.ts';
import { needFile } from '../ledger-files.ts';
import { isPostgresUrl } from '../lib/postgres-url.ts';
import { openData } from '../open-data.ts';
import type { Store } from '../store/store.ts';

/** The flags that stand for variables. */
export const LEDGER_FLAGS = {
  data: { type: 'string' },
  origin: { type: 'string' },
} as const;

interface Flags {
  readonly data?: string | undefined;
  readonly origin?: string | undefined;
}

/** The ledger that the flags and the environment name. Throws one error that names every problem. */
export const openLedgerOf = async (
  flags: Flags,
): Promise<{ readonly config: LedgerConfig; readonly store: Store }> => {
  const given = { DATA: flags.data, LEDGER_ORIGIN: flags.origin };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  const read = readLedger({ ...ownEnvironment(), ...Object.fromEntries(said) });
  if (!read.ok) throw new Error(read.error.join('\n'));
  const { data, ledger: config } = read.value;
  if (!isPostgresUrl(data)) await needFile('DATA', data);
  if (config.secrets.length === 0) await needFile('The file with the key of the ledger', config.keyFile);
  return { config, store: await openData(data) };
};
