import type { Approval, Moved } from '../../src/actions/approval.ts';
import { createWorker, type Worker, type WorkerPorts, type WorkerSettings } from '../../src/bot/worker.ts';
import type { Account, Performed } from '../../src/entra/effects.ts';
import type { GraphProblem } from '../../src/entra/graph-problem.ts';
import type { ChangeEvent, Evidence } from '../../src/entra/ledger-event.ts';
import type { Risk } from '../../src/entra/risk.ts';
import type { Log } from '../../src/lib/log.ts';
import { fail, ok, type Result } from '../../src/lib/result.ts';
import { CHANGES } from '../support/changes.ts';
import { ANA, AT_RISK, BEN, LATER, LEASE_MS, signIn } from './approvals.ts';

/** What the ledger says of an approval that nobody has edited. */
export const evidenceOf = (approval: Approval): Evidence => {
  const { requester, hash, state, version, expiresAt, performBy, decided } = approval;
  return {
    requesterId: requester.id,
    hash,
    state,
    version,
    expiresAt,
    ...(performBy !== undefined && { performBy }),
    ...(decided && { approved: { personId: decided.by.id, version: 1 } }),
    document: JSON.stringify(approval),
  };
};

const problem: GraphProblem = { kind: 'timeout' };

/** What a worker stands on; a test changes one thing of it, and reads in `told` what was done in which order. */
export class Stage {
  now = LATER;
  approval: Approval;
  readonly told: string[] = [];
  readonly entries: ChangeEvent[] = [];
  readonly roles = new Map<string, readonly string[]>([
    [ANA.id, ['reader']],
    [BEN.id, ['admin']],
  ]);
  readonly accounts = new Map<string, Account>([
    [ANA.id, { enabled: true, guest: false }],
    [BEN.id, { enabled: true, guest: false }],
  ]);
  readonly risks = new Map<string, Risk>();
  /** Of what cannot be read now, by how `told` says it. */
  readonly unread = new Set<string>();
  performed: Performed = { outcome: 'done' };
  evidence: (approval: Approval) => Evidence | undefined = evidenceOf;
  isTheirs = false;
  /** Told of everything before it is done: throws, or changes something. */
  before: (what: string) => void = () => undefined;
  settings: WorkerSettings = { ...CHANGES, owner: 'here', leaseMs: LEASE_MS };
  #ids = 0;

  constructor(approval: Approval) {
    this.approval = approval;
  }

  #tell(what: string): void {
    this.before(what);
    this.told.push(what);
  }

  #read<Value>(what: string, value: Value | undefined): Result<Value, GraphProblem> {
    this.#tell(what);
    return value === undefined || this.unread.has(what) ? fail(problem) : ok(value);
  }

  #save({ approval, entries }: Moved): boolean {
    this.#tell(`save ${entries.map(({ kind }) => kind).join() || 'quietly'}`);
    if (this.isTheirs) return false;
    this.approval = approval;
    this.entries.push(...entries);
    return true;
  }

  readonly #log =
    (level: string) =>
    (event: string, fields: object = {}) => {
      this.told.push(`${level} ${event} ${Object.keys(fields)}`);
    };

  get #ports(): WorkerPorts {
    const name = (id: string) => (id === ANA.id ? 'ana' : id === BEN.id ? 'ben' : `nobody (${id})`);
    const log: Log = {
      debug: this.#log('debug'),
      info: this.#log('info'),
      warn: this.#log('warn'),
      error: this.#log('error'),
    };
    return {
      now: async () => this.now,
      newId: () => `request-${++this.#ids}`,
      observe: (moment, number) => this.#tell(`${moment} ${number}`),
      log,
      approvals: {
        due: async (now, most) => {
          this.#tell(`due at ${now - LATER}, ${most} at most`);
          return [this.approval];
        },
        save: async (moved) => this.#save(moved),
        evidence: async (number) => {
          this.#tell(`evidence ${number}`);
          return this.evidence(this.approval);
        },
      },
      graph: {
        freshRolesOf: async (id) => this.#read(`roles ${name(id)}`, this.roles.get(id)),
        accountOf: async (id) => this.#read(`account ${name(id)}`, this.accounts.get(id)),
        inspect: async ({ inspect, signInId }, priority) => {
          const { state, detail, level, events } = this.risks.get(signInId) ?? AT_RISK;
          const row = {
            ...signIn(Number(signInId.at(-1))),
            id: signInId,
            riskState: state,
            riskDetail: detail,
          };
          const shown = { ...row, riskLevelAggregated: level, riskEventTypes_v2: [...events] };
          const what = `inspect ${inspect} ${signInId.at(-1)} for ${priority}`;
          return this.#read(what, { inspected: inspect, signIn: shown });
        },
        perform: async ({ effect, signInId }, clientRequestId, gate) => {
          if (!(await gate())) return { outcome: 'not-done', problem: { kind: 'other' } };
          this.#tell(`POST ${effect} ${signInId.at(-1)} as ${clientRequestId}`);
          return this.performed;
        },
      },
    };
  }

  worker(): Worker {
    return createWorker(this.#ports, this.settings);
  }

  /** One round of a new worker, and what it did after it had asked what is due. */
  async round(): Promise<readonly string[]> {
    await this.worker().run();
    return this.told.slice(1);
  }

  get posts(): readonly string[] {
    return this.told.filter((what) => what.startsWith('POST'));
  }
}
