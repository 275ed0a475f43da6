import { LIFE } from './issue.ts';
import type { Reply } from './refusal.ts';
import type { Directory } from './token-endpoint.ts';

/**
 * Answers the identity endpoint of App Service and Container Apps (`IDENTITY_ENDPOINT`): whoever knows the secret of
 * its header gets the tokens of the user-assigned identity that the query names.
 */
export const answerIdentity = async (
  { apps, issuer, faults, now }: Directory,
  isKnown: boolean,
  query: URLSearchParams,
): Promise<Reply> => {
  const refused = (status: number, message: string): Reply => ({
    status,
    body: { statusCode: status, message },
  });
  if (!isKnown) return refused(403, 'The secret of the identity header is wrong.');
  const resource = query.get('resource');
  if (query.get('api-version') !== '2019-08-01' || resource === null) return refused(400, 'Not understood.');
  const app = apps.find((one) => one.isManagedIdentity && one.appId === query.get('client_id'));
  if (!app) return refused(400, 'No managed identity was found for the given client id.');
  const token = await issuer.issue({ app, resource, without: faults.withoutRoles ?? [], now: now() });
  const expires = String(Math.floor(now() / 1000) + LIFE);
  return {
    status: 200,
    body: { access_token: token, client_id: app.appId, expires_on: expires, resource, token_type: 'Bearer' },
  };
};
