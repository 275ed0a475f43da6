import type { IncomingMessage } from 'node:http';
import { readText } from '../http.ts';
import { answerIdentity } from './managed-identity.ts';
import type { Reply } from './refusal.ts';
import { answerToken, type Directory } from './token-endpoint.ts';

/** Answers one request; `form` is what it asked with, where it asked for a token. */
export type Route = (
  request: IncomingMessage,
  url: URL,
) => Promise<Reply & { readonly form?: URLSearchParams }>;

const METADATA = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/;
const TOKEN = /^\/([^/]+)\/oauth2\/v2\.0\/token$/;
const KEYS = '/common/discovery/v2.0/keys';
const NOT_FOUND: Reply = { status: 404, body: { error: 'not_found' } };

/** Where everything is, for any tenant: that one does not exist is said by the token endpoint. */
const metadata = (origin: string, tenant: string): Reply => ({
  status: 200,
  body: {
    issuer: `${origin}/${tenant}/v2.0`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${origin}${KEYS}`,
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
  },
});

/** The documents and the endpoint that an identity library asks an authority for. */
export const loginRoute =
  (directory: Directory): Route =>
  async (request, { pathname }) => {
    // The authority has as many names as its certificate.
    const origin = `https://${request.headers.host}`;
    if (pathname === KEYS) return { status: 200, body: directory.issuer.published };
    const described = METADATA.exec(pathname)?.[1];
    if (described !== undefined) return metadata(origin, described);
    const tenantId = TOKEN.exec(pathname)?.[1];
    if (tenantId === undefined || request.method !== 'POST') return NOT_FOUND;
    const form = new URLSearchParams(await readText(request));
    return { ...(await answerToken(directory, { tenantId, endpoint: origin + pathname, form })), form };
  };

/** The identity endpoint, for whoever knows the secret of its header. */
export const identityRoute =
  (directory: Directory, header: string): Route =>
  async (request, { pathname, searchParams }) => {
    if (pathname !== '/msi/token' || request.method !== 'GET') return NOT_FOUND;
    const isKnown = request.headers['x-identity-header'] === header;
    return { ...(await answerIdentity(directory, isKnown, searchParams)), form: searchParams };
  };
