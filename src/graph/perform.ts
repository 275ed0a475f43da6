import type { Effect, Performed } from '../entra/effects.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import { limited } from './abort.ts';
import type { GraphClient } from './client.ts';
import { refusedId } from './entry.ts';

export interface PerformOptions {
  /** By which Graph's own log knows the request. Graph does not tell repeats by it. */
  readonly clientRequestId: string;
  readonly signal?: AbortSignal;
  /** Asked right before a byte is sent, when nothing is waited for any more: false, and nothing is sent. */
  readonly gate?: () => Promise<boolean>;
  /** Milliseconds in all: waiting for the budgets, which alone may take ten seconds, the gate, and the answer. */
  readonly timeoutMs: number;
}

const ACTIONS: Readonly<Record<Effect['effect'], string>> = {
  'confirm-sign-in-compromised': 'confirmCompromised',
  'confirm-sign-in-safe': 'confirmSafe',
  'dismiss-sign-in-risk': 'dismiss',
};

/** How a POST ended that met a problem. Only what is certain is called so. */
const outcomeOf = (problem: GraphProblem, isSent: boolean): Performed => {
  const { status = 0 } = problem;
  // A refused token is replaced before the next request.
  if (!isSent || status === 429 || status === 401) return { outcome: 'not-done', problem };
  // 408 comes from whoever lost patience on the way, and Graph may be at work.
  // A redirect was not followed, but whoever answers so may have done it before.
  const isRefused = status >= 400 && status < 500 && status !== 408;
  return { outcome: isRefused ? 'refused' : 'ambiguous', problem };
};

/**
 * Does one thing to one target: one POST at most, which nothing here repeats. An outcome that is not certain is
 * "ambiguous", also when the caller gives up after sending; before that it is "not done".
 *
 * @throws only what is a fault of ours, and then the outcome is not known
 */
export const createPerform =
  ({ client, graphUrl }: { readonly client: GraphClient; readonly graphUrl: string }) =>
  async (
    { effect, signInId }: Effect,
    { clientRequestId, signal, gate, timeoutMs }: PerformOptions,
  ): Promise<Performed> => {
    const refused = refusedId(signInId);
    if (refused) return { outcome: 'refused', problem: refused };
    const { problem, isSent } = await client.post(
      `${graphUrl}/v1.0/auditLogs/signIns/${ACTIONS[effect]}`,
      { requestIds: [signInId] },
      {
        // Microsoft does not say which of the two counts it.
        buckets: ['reports', 'identityProtection'],
        priority: 'approvals',
        clientRequestId,
        signal: limited(timeoutMs, signal),
        ...(gate && { gate }),
      },
    );
    return problem === undefined ? { outcome: 'done' } : outcomeOf(problem, isSent);
  };
