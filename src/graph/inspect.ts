import type { Inspected, Inspection } from '../entra/effects.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import { SignIn } from '../entra/sign-in.ts';
import { ok, type Result } from '../lib/result.ts';
import { limited } from './abort.ts';
import type { GraphClient } from './client.ts';
import { readEntry } from './entry.ts';
import type { Priority } from './line.ts';

export interface InspectOptions {
  readonly priority: Priority;
  readonly signal?: AbortSignal;
  /** Milliseconds in all: waiting, repeats and the answer. */
  readonly timeoutMs: number;
}

/** How a target stands at Graph now, or why that cannot be told. Nothing is remembered. */
export const createInspect =
  ({ client, graphUrl }: { readonly client: GraphClient; readonly graphUrl: string }) =>
  async (
    { signInId }: Inspection,
    { priority, signal, timeoutMs }: InspectOptions,
  ): Promise<Result<Inspected, GraphProblem>> => {
    const list = `${graphUrl}/beta/auditLogs/signIns`;
    const read = await readEntry(
      client,
      { list, id: signInId, schema: SignIn },
      { buckets: ['reports'], priority, signal: limited(timeoutMs, signal) },
    );
    return read.ok ? ok({ inspected: 'sign-in', signIn: read.value }) : read;
  };
