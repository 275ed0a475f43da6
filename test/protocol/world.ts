import { ledgerKeyOf } from '../../src/ledger/keys.ts';
import { createLog } from '../../src/lib/log.ts';
import { openLedger, type RunningLedger } from '../../src/running-ledger.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { Gates } from './gates.ts';
import type { Happening, Life, WorkerMoment } from './journal.ts';
import { Tenant } from './tenant.ts';

const MINUTE = 60_000;

export const START = Date.parse('2026-11-21T12:00:00Z');
export const SETTLE_MS = MINUTE;
export const LEASE_MS = 45_000;
export const ORIGIN = 'tenant';

const SECRET = Buffer.alloc(32, 1);
export const KEYS = [ledgerKeyOf(SECRET)];
export const REPLICAS = [0, 1] as const;

export const LOG = createLog({ level: 'silent' });

/** What chance decides once for a whole run. */
export interface Circumstances {
  /** Milliseconds that the sign-in log takes to show a change. */
  readonly lag: number;
  readonly mode: 'four-eyes' | 'single';
  /** By how many milliseconds the clock of each replica is wrong; both by nothing where the store has one for all. */
  readonly skews: readonly [number, number];
  /** How far time goes at once when at last nothing but time happens, in milliseconds. */
  readonly stride: number;
}

/** Two replicas on one store, before one tenant; everything that happens goes through here and is written down. */
export class World {
  readonly circumstances: Circumstances;
  readonly tenant: Tenant;
  readonly gates = new Gates();
  readonly journal: Happening[] = [];
  readonly store: Store;
  readonly ledgers: readonly RunningLedger[];
  readonly lives: Life[] = [];
  /** Where the process of each replica dies next. */
  readonly deaths = new Map<number, WorkerMoment>();
  /** Time as it passes for the tenant. */
  time = START;
  /** How wrong the clocks were set under way. */
  #shift = 0;
  #ids = 0;
  isClockSteady: boolean;

  private constructor(circumstances: Circumstances, store: Store, ledgers: readonly RunningLedger[]) {
    this.circumstances = circumstances;
    this.tenant = new Tenant(circumstances.lag);
    this.store = store;
    this.ledgers = ledgers;
    this.isClockSteady = circumstances.skews.every((skew) => skew === 0);
    for (const replica of REPLICAS) this.begin(replica);
  }

  /** Two processes begin, on an empty store. */
  static async open(circumstances: Circumstances): Promise<World> {
    const store = await openStore(':memory:');
    const config = {
      origin: ORIGIN,
      secrets: [SECRET],
      keyFile: '',
      // Checkpoints are tested elsewhere; here none can be written.
      checkpointFile: '/dev/null/checkpoint',
      mayStartOver: false,
      retentionDays: 90,
    };
    const open = () => openLedger({ stored: store.ledger, config, clock: () => START, log: LOG });
    return new World(circumstances, store, [await open(), await open()]);
  }

  /** The process of a replica begins; one that was there is dead. */
  begin(replica: number): void {
    this.lives[replica] = {
      replica,
      owner: this.newId('owner'),
      isAlive: true,
      gatesLeft: Number.POSITIVE_INFINITY,
    };
  }

  lifeOf(replica: number): Life {
    const life = this.lives[replica];
    if (life === undefined) throw new RangeError('There is no such replica.');
    return life;
  }

  ledgerOf({ replica }: Life): RunningLedger {
    const ledger = this.ledgers[replica];
    if (ledger === undefined) throw new RangeError('There is no such replica.');
    return ledger;
  }

  newId(what: string): string {
    this.#ids += 1;
    return `${what}-${this.#ids}`;
  }

  /** The clock that a process goes by. */
  nowOf({ replica }: Life): number {
    return this.time + this.#shift + (this.circumstances.skews[replica] ?? 0);
  }

  /** Somebody sets the clocks. */
  shift(milliseconds: number): void {
    this.#shift += milliseconds;
    this.isClockSteady = false;
  }
}
