/** Why Entra ID gives no token: the codes that an operator meets, each with its status and OAuth error. */
const REFUSALS = {
  'wrong-secret': [7000215, 401, 'invalid_client', 'The client secret is not one of this application.'],
  'expired-secret': [7000222, 401, 'invalid_client', 'The client secrets of this application have expired.'],
  'no-secret': [7000218, 401, 'invalid_client', 'A client secret or a client assertion is needed.'],
  'unknown-app': [700016, 400, 'unauthorized_client', 'The application was not found in this directory.'],
  'unknown-tenant': [90002, 400, 'invalid_request', 'The tenant was not found.'],
  'unknown-resource': [500011, 400, 'invalid_resource', 'The resource was not found in this tenant.'],
  'wrong-scope': [1002012, 400, 'invalid_scope', 'The scope must be a resource with /.default behind it.'],
  'wrong-grant': [70003, 400, 'unsupported_grant_type', 'Only client credentials are taken here.'],
  'unknown-certificate': [700027, 401, 'invalid_client', 'The certificate is not one of this application.'],
  'wrong-assertion': [50027, 401, 'invalid_client', 'The client assertion is not a valid token.'],
  'wrong-time': [700024, 401, 'invalid_client', 'The client assertion is not within its time.'],
  'wrong-audience': [700212, 401, 'invalid_client', 'No federated credential has this audience.'],
  'wrong-issuer': [700211, 401, 'invalid_client', 'No federated credential has this issuer.'],
  'wrong-subject': [700213, 401, 'invalid_client', 'No federated credential has this subject.'],
} as const satisfies Readonly<Record<string, readonly [number, number, string, string]>>;

export type RefusalName = keyof typeof REFUSALS;

/** An answer as it goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Words a refusal as Entra ID does: the code stands in the text and as a number.
 *
 * @param now epoch milliseconds
 */
export const refuse = (name: RefusalName, now: number, newId: () => string): Reply => {
  const [code, status, error, sentence] = REFUSALS[name];
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const ids = { trace_id: newId(), correlation_id: newId() };
  const description = `AADSTS${code}: ${sentence} Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id} Timestamp: ${timestamp}`;
  return {
    status,
    body: { error, error_description: description, error_codes: [code], timestamp, ...ids },
  };
};
