import { z } from 'zod';
import type { Fault } from '../graph/faults.ts';
import type { PretendGraph } from '../graph/server.ts';
import type { RiskChange } from '../graph/sign-in-log.ts';
import { PEOPLE } from '../tenant/people.ts';
import { ROLES } from '../tenant/roles.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { EntraState, EntraWish, NextChange, Verdict } from './entra-wire.ts';

/** The other side of the demo: what a visitor sees of the pretended Microsoft Entra ID, and does in it. */
export interface Entra {
  readonly state: () => EntraState;
  /** False if the tenant has no such person, role or sign-in. */
  readonly change: (wish: EntraWish) => boolean;
}

const failing = (status: number, code: string, message: string, more = {}): Pick<Fault, 'effect'> => ({
  effect: { kind: 'answer', status, code, message, ...more },
});

const FAULTS: Readonly<Record<Exclude<NextChange, 'works'>, Pick<Fault, 'effect' | 'after'>>> = {
  refused: failing(400, 'BadRequest', 'These requestIds do not exist in your tenant or they are not risky'),
  throttled: failing(429, 'TooManyRequests', 'Too many requests.', { headers: { 'Retry-After': '10' } }),
  unavailable: failing(503, 'ServiceUnavailable', 'The service is unavailable.'),
  'late-answer': { ...failing(504, 'GatewayTimeout', 'The request timed out.'), after: 'done' },
  'cut-before': { effect: { kind: 'cut' } },
  'cut-after': { effect: { kind: 'cut' }, after: 'done' },
};

const DECISIONS: Readonly<Record<Verdict, RiskChange>> = {
  'confirmed-safe': {
    riskState: 'confirmedSafe',
    riskDetail: 'adminConfirmedSigninSafe',
    riskLevelAggregated: 'none',
  },
  dismissed: {
    riskState: 'dismissed',
    riskDetail: 'adminDismissedRiskForSignIn',
    riskLevelAggregated: 'none',
  },
};

interface Grant {
  readonly role: string;
  readonly scope: string;
  readonly words: string;
}

/** The role that somebody has at the start, or could activate. */
const grantOf = ({ roleAssignments }: Tenant, oid: string, words: string): Grant | undefined => {
  if (oid === PEOPLE.eligible.oid)
    return { role: ROLES.securityAdministrator, scope: '/', words: 'Security Administrator (eligible)' };
  const held = roleAssignments.find(({ holders }) => holders.includes(oid));
  return held && { role: held.roleDefinitionId, scope: held.directoryScopeId, words };
};

const AtRisk = z.object({
  id: z.string(),
  createdDateTime: z.string(),
  userDisplayName: z.string(),
  ipAddress: z.string(),
  location: z.object({ city: z.string().nullish() }).nullish(),
  riskState: z.literal('atRisk'),
});

const riskySignIns = ({ signIns }: Tenant): EntraState['signIns'] => {
  // The last version of a sign-in is the valid one, and a map keeps the place of the first.
  const valid = [...new Map(signIns.map((row) => [row.id, row])).values()];
  return valid.flatMap((row) => {
    const risky = AtRisk.safeParse(row);
    if (!risky.success) return [];
    const { id, userDisplayName, createdDateTime, location, ipAddress } = risky.data;
    return [{ id, who: userDisplayName, when: createdDateTime, where: location?.city ?? ipAddress }];
  });
};

/** Puts one fault at a time before the changes that Graph is asked for; answers which one still waits. */
const faultsOf = ({ faults }: PretendGraph) => {
  let armed: { readonly change: NextChange; readonly fault: Fault } | undefined;
  return {
    waiting: (): NextChange => (armed !== undefined && armed.fault.times !== 0 ? armed.change : 'works'),
    arm: (change: NextChange): void => {
      if (armed !== undefined) faults.splice(faults.indexOf(armed.fault), 1);
      armed = undefined;
      if (change === 'works') return;
      const fault: Fault = { path: '/auditLogs/signIns/', method: 'POST', times: 1, ...FAULTS[change] };
      faults.push(fault);
      armed = { change, fault };
    },
  };
};

/** The controls of a pretended Graph in the hands of a visitor. */
export const entraOf = (graph: PretendGraph): Entra => {
  const people = Object.values(PEOPLE).map(({ oid, name, role }) => ({
    oid,
    name,
    grant: grantOf(graph.tenant, oid, role),
  }));
  const signIns = riskySignIns(graph.tenant);
  const without = new Set<string>([PEOPLE.eligible.oid]);
  const disabled = new Set<string>();
  const faults = faultsOf(graph);
  const put = (set: Set<string>, oid: string, isIn: boolean): void =>
    void (isIn ? set.add(oid) : set.delete(oid));

  const setRole = (oid: string, held: boolean): boolean => {
    const grant = people.find((person) => person.oid === oid)?.grant;
    if (grant === undefined) return false;
    // Taken first in any case: nobody gets a role twice.
    graph.unassign(oid, grant.role);
    if (held) graph.assign(oid, grant.role, grant.scope);
    put(without, oid, !held);
    return true;
  };
  const setAccount = (oid: string, enabled: boolean): boolean => {
    if (!people.some((person) => person.oid === oid)) return false;
    graph.setAccount(oid, { accountEnabled: enabled });
    put(disabled, oid, !enabled);
    return true;
  };
  const decide = (id: string, verdict: Verdict): boolean => {
    if (!signIns.some((signIn) => signIn.id === id)) return false;
    graph.decide(id, DECISIONS[verdict]);
    return true;
  };

  return {
    state: () => ({
      changes: graph.effects.length,
      lag: graph.behaviour.lag,
      next: faults.waiting(),
      people: people.map(({ oid, name, grant }) => ({
        oid,
        name,
        role: grant?.words ?? null,
        held: grant !== undefined && !without.has(oid),
        enabled: !disabled.has(oid),
      })),
      signIns,
    }),
    change: (wish) => {
      switch (wish.do) {
        case 'role':
          return setRole(wish.person, wish.held);
        case 'account':
          return setAccount(wish.person, wish.enabled);
        case 'decide':
          return decide(wish.signIn, wish.verdict);
        case 'lag':
          graph.behaviour.lag = wish.milliseconds;
          return true;
        case 'next':
          faults.arm(wish.change);
          return true;
      }
    },
  };
};
