import type { LoginApp } from './app.ts';
import type { Faults } from './faults.ts';
import { type Issuer, LIFE } from './issue.ts';
import { check } from './proof.ts';
import { type RefusalName, type Reply, refuse } from './refusal.ts';

/** One directory, as both endpoints see it. */
export interface Directory {
  readonly tenantId: string;
  readonly apps: readonly LoginApp[];
  readonly issuer: Issuer;
  readonly faults: Faults;
  /** Epoch milliseconds by the login's own clock. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** A request for a token. */
export interface TokenRequest {
  /** As the path names it. */
  readonly tenantId: string;
  /** The whole URL of this endpoint, as the request named it. */
  readonly endpoint: string;
  readonly form: URLSearchParams;
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const DEFAULT = /\/\.default$/;

/** Decides by what the form says; the switched-on fault comes where the real one would. */
const decide = async (
  { tenantId, apps, issuer, faults, now }: Directory,
  request: TokenRequest,
): Promise<LoginApp | RefusalName> => {
  const { form, endpoint } = request;
  if (request.tenantId !== tenantId || faults.refuse === 'unknown-tenant') return 'unknown-tenant';
  if (form.get('grant_type') !== 'client_credentials') return 'wrong-grant';
  if (!DEFAULT.test(form.get('scope')?.split(' ')[0] ?? '')) return 'wrong-scope';
  const app = apps.find(({ appId }) => appId === form.get('client_id'));
  if (!app || app.isManagedIdentity || faults.refuse === 'unknown-app') return 'unknown-app';
  if (faults.refuse) return faults.refuse;
  const assertion = form.get('client_assertion_type') === ASSERTION ? form.get('client_assertion') : null;
  const proof = { secret: form.get('client_secret'), assertion };
  return (await check(app, proof, { endpoint, issuer, now: now() })) ?? app;
};

/** Answers `POST /{tenant}/oauth2/v2.0/token` for client credentials. */
export const answerToken = async (directory: Directory, request: TokenRequest): Promise<Reply> => {
  const { issuer, faults, now, newId } = directory;
  const decision = await decide(directory, request);
  if (typeof decision === 'string') return refuse(decision, now(), newId);
  const resource = (request.form.get('scope')?.split(' ')[0] ?? '').replace(DEFAULT, '');
  const without = faults.withoutRoles ?? [];
  const token = await issuer.issue({ app: decision, resource, without, now: now() });
  return {
    status: 200,
    body: { token_type: 'Bearer', expires_in: LIFE, ext_expires_in: LIFE, access_token: token },
  };
};
