import { z } from 'zod';
import { quoted } from '../entra/filter.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { GraphClient } from './client.ts';
import { pagesOf } from './pages.ts';
import { problemIn } from './problem.ts';

const DirectoryUser = z.object({
  id: z.string().min(1),
  userPrincipalName: z.string().min(1),
  displayName: z.string().nullish(),
});

/** A user of the directory, to choose from. The names are untrusted text. */
export type DirectoryUser = z.infer<typeof DirectoryUser>;

const SUGGESTED = 5;

/** Up to five users whose display name starts with the text, for "sign-ins for bob". */
export const createFindUsers =
  ({ client, graphUrl }: { readonly client: GraphClient; readonly graphUrl: string }) =>
  async (prefix: string, signal?: AbortSignal): Promise<Result<readonly DirectoryUser[], GraphProblem>> => {
    const filter = encodeURIComponent(`startswith(displayName,${quoted(prefix)})`);
    const url = `${graphUrl}/v1.0/users?$filter=${filter}&$top=${SUGGESTED}&$select=id,displayName,userPrincipalName`;
    try {
      const pages = pagesOf(client, url, {
        buckets: ['directory'],
        priority: 'person',
        ...(signal !== undefined && { signal }),
      });
      const { value: page } = await pages.next();
      const users = (page?.rows ?? []).flatMap((row) => DirectoryUser.safeParse(row).data ?? []);
      return ok(users.slice(0, SUGGESTED));
    } catch (error) {
      return fail(problemIn(error));
    }
  };
