import { z } from 'zod';
import { parseJson } from '../http.ts';
import { allowOnly, type Body, type Call, NOTHING, type Posted } from './call.ts';
import { badRequest, Refusal } from './refusal.ts';
import { isRisky, type SignInLog } from './sign-in-log.ts';
import { SIGN_IN_ACTIONS, type SignInAction, type Verdicts } from './verdicts.ts';

const Parameters = z.strictObject({ requestIds: z.array(z.string().min(1)).min(1) });

/** The action that a path names, if it names one. */
export const actionIn = ({ segments }: Pick<Call, 'segments'>): SignInAction | undefined => {
  const path = segments.join('/').toLowerCase();
  return SIGN_IN_ACTIONS.find((action) => path === `auditlogs/signins/${action.toLowerCase()}`);
};

/** The request ids of a body that has the right form, else none. */
export const requestIdsIn = (body: string | undefined): readonly string[] =>
  Parameters.safeParse(parseJson(body ?? '')).data?.requestIds ?? [];

/** `auditLogs/signIns/confirmCompromised` and its like: all of the sign-ins, or none. */
export const serveSignInActions =
  (log: SignInLog, verdicts: Verdicts) =>
  (call: Call, action: SignInAction, posted: Posted): Body => {
    allowOnly(call.query, []);
    const requestIds = readRequestIds(posted);
    const risky = requestIds.flatMap((requestId) => {
      const row = log.find(requestId);
      return row !== undefined && isRisky(row) ? [row.id] : [];
    });
    if (risky.length < requestIds.length)
      throw badRequest('These requestIds do not exist in your tenant or they are not risky');
    verdicts.perform(action, risky, posted.clientRequestId);
    return NOTHING;
  };

const readRequestIds = ({ body, contentType }: Posted): readonly string[] => {
  if (body === undefined) throw new Refusal(413, 'RequestEntityTooLarge', 'The request body is too large.');
  if (!/^application\/json\b/i.test(contentType))
    throw badRequest('Write requests must contain the Content-Type header declaration of JSON.');
  const requestIds = requestIdsIn(body);
  if (requestIds.length === 0)
    throw badRequest('Unable to read the JSON request payload as the parameters of this action.');
  return requestIds;
};
