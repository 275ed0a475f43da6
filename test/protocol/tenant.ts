import type { ActionName } from '../../src/actions/action.ts';
import type { Account, Effect } from '../../src/entra/effects.ts';
import type { Risk } from '../../src/entra/risk.ts';
import type { SignIn } from '../../src/entra/sign-in.ts';
import { type Answer, answerTo, type Fault } from './answers.ts';

/** What becomes of a risk without Flagman: machines measure again, people decide. */
export const TURNS = {
  risen: { state: 'atRisk', detail: 'none', level: 'high', events: ['unfamiliarFeatures'] },
  lower: { state: 'atRisk', detail: 'none', level: 'low', events: [] },
  'confirmed safe': {
    state: 'confirmedSafe',
    detail: 'adminConfirmedAccountSafe',
    level: 'none',
    events: [],
  },
  'confirmed compromised': {
    state: 'confirmedCompromised',
    detail: 'adminConfirmedUserCompromised',
    level: 'high',
    events: [],
  },
  dismissed: { state: 'dismissed', detail: 'adminDismissedAllRiskForUser', level: 'none', events: [] },
  'passed MFA': {
    state: 'remediated',
    detail: 'userPassedMFADrivenByRiskBasedPolicy',
    level: 'none',
    events: [],
  },
} as const satisfies Record<string, Risk>;

export type TurnOfRisk = keyof typeof TURNS;

const DONE: Readonly<Record<ActionName, Risk>> = {
  'confirm-sign-in-compromised': {
    state: 'confirmedCompromised',
    detail: 'adminConfirmedSigninCompromised',
    level: 'high',
    events: [],
  },
  'confirm-sign-in-safe': {
    state: 'confirmedSafe',
    detail: 'adminConfirmedSigninSafe',
    level: 'none',
    events: [],
  },
  'dismiss-sign-in-risk': {
    state: 'dismissed',
    detail: 'adminDismissedRiskForSignIn',
    level: 'none',
    events: [],
  },
};

/** The role that asks, and the one that decides. */
export const READER = 'role-reader';
export const DECIDER = 'role-decider';

/** The second and the third may decide; the last one may nothing. */
export const PEOPLE = ['ana', 'ben', 'cleo', 'dan'] as const;

export const SIGN_INS = [1, 2, 3, 4].map((n) => `5c7a1c52-0000-4000-8000-00000000000${n}`);

interface Standing {
  /** Since when, by the tenant's own clock. */
  readonly at: number;
  readonly risk: Risk;
}

const signInOf = (id: string, { state, detail, level, events }: Risk): SignIn => ({
  id,
  createdDateTime: '2026-11-21T11:00:00Z',
  userId: `user of ${id}`,
  userPrincipalName: 'kim@contoso.com',
  riskState: state,
  riskDetail: detail,
  riskLevelAggregated: level,
  riskEventTypes_v2: [...events],
});

/** A pretend tenant behind a pretend Graph: it keeps its own count of what was done to it. */
export class Tenant {
  /** The faults of the next POSTs, in their order. */
  readonly faults: Fault[] = [];
  /** How many of the next readings fail. */
  readonly blind = { targets: 0, roles: 0, accounts: 0 };
  readonly roles = new Map<string, readonly string[]>([
    ['ana', [READER]],
    ['ben', [READER, DECIDER]],
    ['cleo', [READER, DECIDER]],
    ['dan', []],
  ]);
  readonly disabled = new Set<string>();
  readonly #lag: number;
  readonly #risks = new Map<string, Standing[]>();

  /** @param lag milliseconds that the log takes to show a change */
  constructor(lag: number) {
    this.#lag = lag;
    const before: Risk = { state: 'atRisk', detail: 'none', level: 'medium', events: [] };
    for (const id of SIGN_INS) this.#risks.set(id, [{ at: Number.NEGATIVE_INFINITY, risk: before }]);
  }

  /** Machines measure only what nobody has decided about. */
  turn(id: string, at: number, risk: Risk): void {
    const known = this.#risks.get(id);
    if (risk.state !== 'atRisk' || known?.at(-1)?.risk.state === 'atRisk') known?.push({ at, risk });
  }

  /** Nothing fails from now on. */
  heal(): void {
    this.faults.length = 0;
    Object.assign(this.blind, { targets: 0, roles: 0, accounts: 0 });
  }

  #isBlind(to: keyof Tenant['blind']): boolean {
    if (this.blind[to] === 0) return false;
    this.blind[to] -= 1;
    return true;
  }

  read(id: string, at: number): SignIn | undefined {
    const seen = this.#risks.get(id)?.findLast((one) => one.at + this.#lag <= at);
    return seen && !this.#isBlind('targets') ? signInOf(id, seen.risk) : undefined;
  }

  rolesOf(person: string): readonly string[] | undefined {
    return this.#isBlind('roles') ? undefined : (this.roles.get(person) ?? []);
  }

  accountOf(person: string): Account | undefined {
    if (this.#isBlind('accounts')) return undefined;
    return { enabled: !this.disabled.has(person), guest: false };
  }

  /** Takes one POST. */
  take({ effect, signInId }: Effect, at: number): Answer {
    const answer = answerTo(this.faults.shift());
    if (answer.isDone) this.turn(signInId, at + answer.afterMs, DONE[effect]);
    return answer;
  }
}
