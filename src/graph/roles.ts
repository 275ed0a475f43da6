import { z } from 'zod';
import { quoted } from '../entra/filter.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { limited } from './abort.ts';
import type { GraphClient } from './client.ts';
import { createFresh } from './fresh.ts';
import { pagesOf } from './pages.ts';
import { problemIn } from './problem.ts';

/** Template ids of the roles that a person holds, or why they cannot be told now. */
export type Roles = Result<readonly string[], GraphProblem>;

export interface RolesOptions {
  /** Read anew, whatever is remembered: for everything that decides. */
  readonly fresh: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds after which a reading that this call begins ends with a time-out. */
  readonly timeoutMs: number;
}

interface RolesDeps {
  readonly client: GraphClient;
  readonly graphUrl: string;
  /** Milliseconds; must not run backwards. */
  readonly clock: () => number;
  /** Milliseconds for which roles are remembered; 0: never. */
  readonly remember: number;
}

/** How many people's roles are remembered at most. */
const ROOM = 10_000;

// Administrative units have scopes of their own; a role held there does not reach the tenant.
const TenantWide = z.object({ roleDefinitionId: z.string().min(1), directoryScopeId: z.literal('/') });

/**
 * Who holds which role now, tenant-wide: active assignments, groups included. For a built-in role the definition's
 * id is the template id. Whatever goes wrong is a problem, never "no roles".
 */
export const createRoles = ({ client, graphUrl, clock, remember }: RolesDeps) => {
  const memory = createFresh<Roles>({
    clock,
    freshness: remember,
    keeps: (roles) => roles.ok,
    weigh: () => 1,
    room: ROOM,
  });

  const read = async (personId: string, signal: AbortSignal, fresh: boolean): Promise<Roles> => {
    const filter = encodeURIComponent(`principalId eq ${quoted(personId)}`);
    const url = `${graphUrl}/beta/roleManagement/directory/transitiveRoleAssignments?$count=true&$filter=${filter}`;
    const roles = new Set<string>();
    try {
      const pages = pagesOf(client, url, {
        buckets: ['directory'],
        priority: fresh ? 'approvals' : 'person',
        signal,
        // The index that expands groups is eventually consistent, and asks for this by name.
        headers: { consistencylevel: 'eventual' },
      });
      for await (const { rows } of pages) {
        for (const row of rows) {
          const held = TenantWide.safeParse(row);
          if (held.success) roles.add(held.data.roleDefinitionId.toLowerCase());
        }
      }
      return ok([...roles]);
    } catch (error) {
      return fail(problemIn(error));
    }
  };

  /** @param personId object id, a GUID */
  return async (personId: string, { fresh, signal, timeoutMs }: RolesOptions): Promise<Roles> => {
    // The time limit belongs to the reading: what is remembered must cost no timer.
    const begin = (left: AbortSignal) => read(personId, limited(timeoutMs, left), fresh);
    try {
      return await memory.get(personId, begin, { always: fresh, signal });
    } catch (error) {
      if (signal?.aborted) return fail({ kind: 'timeout' });
      throw error;
    }
  };
};
