import { z } from 'zod';
import type { GraphProblem } from '../entra/graph-problem.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { CallOptions } from './call.ts';
import type { GraphClient } from './client.ts';
import { problemIn } from './problem.ts';

const Guid = z.guid();

/** What becomes of an id that is no GUID: nothing is asked, for no entry has it and a path could mean anything. */
export const refusedId = (id: string): GraphProblem | undefined =>
  Guid.safeParse(id).success ? undefined : { kind: 'not-found', message: 'The id is not a GUID.' };

/** One entry to be read. */
export interface EntryRequest<Entry> {
  /** Absolute URL of the list that it stands in. */
  readonly list: string;
  readonly id: string;
  readonly select?: string;
  readonly schema: z.ZodType<Entry>;
}

/** Reads one entry by its id, from Graph and nowhere else. */
export const readEntry = async <Entry extends { readonly id: string }>(
  client: GraphClient,
  { list, id, select, schema }: EntryRequest<Entry>,
  options: CallOptions,
): Promise<Result<Entry, GraphProblem>> => {
  const refused = refusedId(id);
  if (refused) return fail(refused);
  try {
    const reply = await client.get(
      `${list}/${id}${select === undefined ? '' : `?$select=${select}`}`,
      options,
    );
    const { success, data: entry } = schema.safeParse(reply.body);
    if (!success) return fail({ kind: 'wrong-shape' });
    // Graph has answered with entries that nobody asked for.
    if (entry.id.toLowerCase() !== id.toLowerCase())
      return fail({ kind: 'wrong-shape', message: 'The answer is about another id.' });
    return ok(entry);
  } catch (error) {
    return fail(problemIn(error));
  }
};
