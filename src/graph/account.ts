import { z } from 'zod';
import type { Account } from '../entra/effects.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import { ok, type Result } from '../lib/result.ts';
import { limited } from './abort.ts';
import type { GraphClient } from './client.ts';
import { readEntry } from './entry.ts';

// Without accountEnabled nothing can be said of an account, so it is the one property that must be there.
const DirectoryAccount = z.object({
  id: z.string(),
  accountEnabled: z.boolean(),
  userType: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  employeeId: z.string().nullish(),
});

type DirectoryAccount = z.infer<typeof DirectoryAccount>;

/** Old accounts have no type: there only a name of this directory makes a member. */
const isGuest = ({ userType, userPrincipalName }: DirectoryAccount): boolean =>
  typeof userType === 'string'
    ? userType.toLowerCase() !== 'member'
    : typeof userPrincipalName !== 'string' || userPrincipalName.toUpperCase().includes('#EXT#');

const accountIn = (entry: DirectoryAccount): Account => {
  const employeeId = entry.employeeId?.trim() ?? '';
  return {
    enabled: entry.accountEnabled,
    guest: isGuest(entry),
    ...(employeeId !== '' && { employeeId }),
  };
};

/** What decides about a person's account, read anew each time, or why it cannot be told. Needs User.Read.All. */
export const createAccountOf =
  ({ client, graphUrl }: { readonly client: GraphClient; readonly graphUrl: string }) =>
  /**
   * @param personId object id, a GUID
   * @param options milliseconds in all: waiting, repeats and the answer
   */
  async (
    personId: string,
    { timeoutMs }: { readonly timeoutMs: number },
  ): Promise<Result<Account, GraphProblem>> => {
    const read = await readEntry(
      client,
      {
        list: `${graphUrl}/v1.0/users`,
        id: personId,
        select: 'id,accountEnabled,userType,userPrincipalName,employeeId',
        schema: DirectoryAccount,
      },
      { buckets: ['directory'], priority: 'approvals', signal: limited(timeoutMs, undefined) },
    );
    return read.ok ? ok(accountIn(read.value)) : read;
  };
