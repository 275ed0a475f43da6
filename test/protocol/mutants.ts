import type { Performed } from '../../src/entra/effects.ts';
import { ok } from '../../src/lib/result.ts';
import type { Mutation } from './replica.ts';
import { DECIDER, READER, TURNS } from './tenant.ts';

// Workers that do one thing wrong, to see that it is found out. The worker itself is the real one: only what it
// reaches is bent.

/** It calls Graph before the intent is on record, and saves afterwards. */
export const callsFirst: Mutation = (powers) => {
  const heard = new Map<string, Performed>();
  return {
    ...powers,
    approvals: {
      ...powers.approvals,
      async save(moved) {
        const { facts } = moved.entries.find(({ kind }) => kind === 'intent') ?? {};
        if (facts) {
          const clientRequestId = String(facts.clientRequestId);
          const effect = { effect: moved.approval.action, signInId: String(facts.target) };
          heard.set(clientRequestId, await powers.graph.perform(effect, clientRequestId));
        }
        return powers.approvals.save(moved);
      },
    },
    graph: {
      ...powers.graph,
      async perform(_effect, clientRequestId, gate = async () => true) {
        const isLet = await gate();
        const performed = heard.get(clientRequestId);
        return isLet && performed ? performed : { outcome: 'not-done', problem: { kind: 'timeout' } };
      },
    },
  };
};

/** It sends once more whenever it did not hear how a change ended. */
export const repeatsBlindly: Mutation = (powers) => ({
  ...powers,
  graph: {
    ...powers.graph,
    async perform(effect, clientRequestId, gate) {
      const performed = await powers.graph.perform(effect, clientRequestId, gate);
      return performed.outcome === 'ambiguous' ? powers.graph.perform(effect, clientRequestId) : performed;
    },
  },
});

/** It takes everybody to hold the roles that they once held. */
export const trustsRoles: Mutation = (powers) => ({
  ...powers,
  graph: {
    ...powers.graph,
    freshRolesOf: async () => ok([READER, DECIDER]),
    accountOf: async () => ok({ enabled: true, guest: false }),
  },
});

const ELSEWHERE: ReadonlySet<string> = new Set(
  Object.values(TURNS).flatMap(({ detail }) => (detail === 'none' ? [] : [detail])),
);

/** It does not see what people decided elsewhere. */
export const overlooksDecisions: Mutation = (powers) => ({
  ...powers,
  graph: {
    ...powers.graph,
    async inspect(inspection, priority) {
      const read = await powers.graph.inspect(inspection, priority);
      if (!read.ok || !ELSEWHERE.has(read.value.signIn.riskDetail ?? '')) return read;
      const risk = { riskState: 'atRisk', riskDetail: 'none', riskLevelAggregated: 'medium' };
      return ok({ ...read.value, signIn: { ...read.value.signIn, ...risk } });
    },
  },
});
