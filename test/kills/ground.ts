import { join } from 'node:path';
import type { Approvals, ChangeSettings } from '../../src/bot/change-ports.ts';
import { RISK_ROLES, ROLES } from '../../src/entra/roles.ts';
import { ledgerKeyOf } from '../../src/ledger/keys.ts';
import type { Log } from '../../src/lib/log.ts';
import { recordsOf } from '../../src/records.ts';
import { openLedger, type RunningLedger } from '../../src/running-ledger.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { clockIn } from './clock.ts';

/** How much faster than life leases, pauses and settle times pass, where nothing else is said: a minute in 300 ms. */
export const SPEED = 200;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** Longer than in the running bot: so fast, a step takes longer. */
export const LEASE_MS = 60 * SECOND;

export const ORIGIN = 'kills';
const SECRET = Buffer.alloc(32, 1);
export const LEDGER_KEY = ledgerKeyOf(SECRET);

const approvers = RISK_ROLES.map((name) => ROLES[name]);

/** What is configured where nothing is said, but nobody waits so long for the decision to lapse. */
export const SETTINGS: ChangeSettings = {
  requesterRoles: [ROLES['Security Reader']],
  approverRoles: {
    'confirm-sign-in-compromised': approvers,
    'confirm-sign-in-safe': approvers,
    'dismiss-sign-in-risk': approvers,
  },
  mode: 'four-eyes',
  approvalMs: 24 * 60 * MINUTE,
  reminderMs: 0,
  performMs: 24 * 60 * MINUTE,
  settleMs: MINUTE,
  guests: 'refuse',
  onePersonBy: 'account',
  portalUrl: 'https://entra.microsoft.com',
};

/** Where several processes meet. */
export interface Where {
  /** What `DATA` would say. */
  readonly data: string;
  /** For files beside the store. */
  readonly folder: string;
  /** Where the clock stands by which all go. */
  readonly clockFile: string;
  /** Epoch milliseconds from which on time passes faster. */
  readonly since: number;
  readonly speed: number;
}

/** A store with its ledger and its clock, as one process has them. */
export interface Ground {
  readonly store: Store;
  readonly ledger: RunningLedger;
  readonly records: Approvals;
  /** Epoch milliseconds by the clock that all processes share. */
  now(): Promise<number>;
}

/** Opens the store for one more process. */
export const openGround = async (
  { data, folder, clockFile, since, speed }: Where,
  log: Log,
): Promise<Ground> => {
  const read = clockIn(clockFile);
  const now = (): number => Math.round(since + (read() - since) * speed);
  const store = await openStore(data);
  const ledger = await openLedger({
    stored: store.ledger,
    config: {
      origin: ORIGIN,
      secrets: [SECRET],
      keyFile: join(folder, 'key'),
      checkpointFile: join(folder, 'checkpoint'),
      mayStartOver: false,
      retentionDays: 90,
    },
    clock: now,
    log,
  });
  return { store, ledger, records: recordsOf(store, ledger), now: async () => now() };
};
