import { explainTlsFault, type TlsFault, tlsFaultOf } from './tls.ts';
import type { Refused } from './token-refusals.ts';

/** Who asked for a token, and whom. */
export interface Asking extends Refused {
  /** The authority, for people. */
  readonly loginUrl: string;
  /** The managed identity that the machine is asked for, where it is, and the variable that names it. */
  readonly identity: { readonly id: string; readonly variable: string };
}

/** Why there is no token, where Entra ID did not say a number. */
export type TokenFault =
  | TlsFault
  | 'unreachable'
  | 'timeout'
  | 'throttled'
  | 'moved'
  | 'foreign'
  | 'server-error'
  | 'unexplained'
  | 'identity-unreachable'
  | 'identity-timeout'
  | 'identity-not-assigned'
  | 'identity-failed';

/** Words of Flagman and of the identity library for one cause each. */
const CODES: ReadonlyMap<string, TokenFault> = new Map([
  ['timeout', 'timeout'],
  ['ETIMEDOUT', 'timeout'],
  ['http_429', 'throttled'],
  ['not_json', 'foreign'],
  ['http_404', 'foreign'],
  ['foreign_host', 'foreign'],
  ['AuthenticationRequiredError', 'foreign'],
  // The library says so of every authority whose description is not as it should be.
  ['CredentialUnavailableError', 'foreign'],
  ['identity_unreachable', 'identity-unreachable'],
  ['identity_timeout', 'identity-timeout'],
  ['identity_not_assigned', 'identity-not-assigned'],
  ['identity_failed', 'identity-failed'],
]);

/** Codes of the system and of the identity library for a connection that came to nothing. */
const UNREACHABLE =
  /^E(?:CONN|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH|PIPE|PROTO)|^(?:network_error|REQUEST_SEND_ERROR|AbortError)$/;

/** What a code without a number of Entra ID means. */
export const tokenFaultOf = (code: string): TokenFault => {
  const known = CODES.get(code) ?? tlsFaultOf(code);
  if (known) return known;
  if (UNREACHABLE.test(code)) return 'unreachable';
  if (/^http_3/.test(code)) return 'moved';
  return /^http_5/.test(code) ? 'server-error' : 'unexplained';
};

const AGAIN = 'Run this again in a few minutes';

const BETWEEN =
  'A proxy or a sign-in page of the network stands in between: let this machine reach that host directly, on port 443.';

const assign = (id: string): string =>
  `\`az containerapp identity assign --user-assigned RESOURCE-ID\` or \`az vm identity assign --identities RESOURCE-ID\`, with the resource id of ${id} (\`az identity list --query "[?clientId=='${id}'].id"\`)`;

/** What went wrong, and what mends it, for whoever runs Flagman. */
export const explainTokenFault = (
  fault: TokenFault,
  { appVariable, proofVariable, loginUrl, identity }: Asking,
  status: number | undefined,
): { readonly what: string; readonly mend: string } => {
  const { id, variable } = identity;
  const answered = status === undefined ? '' : ` (${status})`;
  switch (fault) {
    case 'untrusted':
    case 'expired':
    case 'other-host':
      return explainTlsFault(fault, loginUrl);
    case 'unreachable':
      return {
        what: `${loginUrl} cannot be reached.`,
        mend: 'Let this machine reach it on port 443 (firewall, DNS, proxy).',
      };
    case 'timeout':
      return {
        what: `${loginUrl} did not answer in time.`,
        mend: 'Look at the network in between; then run this again.',
      };
    case 'throttled':
      return { what: 'The login asks to slow down (429).', mend: `${AGAIN}.` };
    case 'moved':
      return {
        what: `${loginUrl} leads to another address, which is not followed${answered}.`,
        mend: BETWEEN,
      };
    case 'foreign':
      return { what: `Something other than Entra ID answered for ${loginUrl}${answered}.`, mend: BETWEEN };
    case 'server-error':
      return {
        what: `The login failed${answered}.`,
        mend: `${AGAIN}; if it persists, look at https://status.azure.com and at proxies in between.`,
      };
    case 'unexplained':
      return {
        what: `No token could be had, and the login gave no reason that Flagman knows${answered}.`,
        mend: `Look at ${appVariable} and ${proofVariable}.`,
      };
    case 'identity-unreachable':
      return {
        what: 'There is no identity endpoint here, so no managed identity can be used.',
        mend: `Run Flagman where the identity ${id} (${variable}) is assigned: ${assign(id)}. Elsewhere use a secret or a certificate.`,
      };
    case 'identity-timeout':
      return {
        what: 'The identity endpoint of this machine gave no token in time.',
        mend: `Outside Azure there is none. On Azure it does so while the identity ${id} (${variable}) is not assigned, or only just was: ${assign(id)}; then wait a few minutes.`,
      };
    case 'identity-not-assigned':
      return {
        what: `The identity ${id} (${variable}) is not assigned to this container app or machine.`,
        mend: `Assign it: ${assign(id)}. Or let ${variable} name one that is.`,
      };
    case 'identity-failed':
      return {
        what: 'The identity endpoint of this machine gave no token, and no reason that Flagman knows.',
        mend: `Look whether the identity ${id} (${variable}) is assigned: ${assign(id)}; then run this again.`,
      };
  }
};
