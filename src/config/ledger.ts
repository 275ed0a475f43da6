import { isPostgresUrl } from '../lib/postgres-url.ts';
import type { Reading } from './reading.ts';

/** What the ledger was told. */
export interface LedgerConfig {
  /** Whose ledger this is: part of every entry. */
  readonly origin: string;
  /** The secrets its keys are made from, the newest first. None: `keyFile` holds one, or is made. */
  readonly secrets: readonly Uint8Array[];
  /** Where `CLOUD=local` keeps a secret of its own. */
  readonly keyFile: string;
  readonly checkpointFile: string;
  /** With `CLOUD=local` a store that was thrown away takes its ledger along; elsewhere that is tampering. */
  readonly mayStartOver: boolean;
  /** How many days names and filters stay beside the entries. */
  readonly retentionDays: number;
  /** Id of the conversation where checkpoints are posted. */
  readonly conversation?: string;
}

const DAY_MS = 24 * 3_600_000;

/** Since when names, filters and what was shared are kept by now; both epoch milliseconds. */
export const keptSince = ({ retentionDays }: Pick<LedgerConfig, 'retentionDays'>, now: number): number =>
  now - retentionDays * DAY_MS;

/** Beside the file of the store; what stands in no file of its own has its place where stores usually stand. */
const beside = (data: string, what: string): string =>
  `${isPostgresUrl(data) || data === ':memory:' ? './data/flagman' : data}.${what}`;

const readSecrets = (reading: Reading, isLocal: boolean): readonly Uint8Array[] => {
  const old = reading.take('LEDGER_OLD_KEYS') ?? [];
  const secret = isLocal ? reading.take('LEDGER_KEY') : reading.need('LEDGER_KEY', 'outside CLOUD=local');
  return secret === undefined ? [] : [secret, ...old];
};

/** Reads what the ledger needs; problems are added to the reading. Without an origin of its own it is the tenant's. */
export const readLedgerConfig = (
  reading: Reading,
  tenantId: string,
  data: string,
  isLocal: boolean,
): LedgerConfig => {
  const conversation = reading.take('LEDGER_CONVERSATION');
  return {
    origin: reading.take('LEDGER_ORIGIN') ?? tenantId,
    secrets: readSecrets(reading, isLocal),
    keyFile: beside(data, 'ledger-key'),
    checkpointFile: reading.take('LEDGER_CHECKPOINT_FILE') ?? beside(data, 'checkpoint'),
    mayStartOver: isLocal,
    retentionDays: reading.setting('LEDGER_RETENTION_DAYS'),
    ...(conversation !== undefined && { conversation }),
  };
};
