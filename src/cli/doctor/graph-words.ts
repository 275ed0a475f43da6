import type { GraphProblem, GraphProblemKind } from '../../entra/graph-problem.ts';
import { showText } from '../../lib/text.ts';
import { type Found, warning, wrong } from './finding.ts';
import { explainTlsFault, type TlsFault } from './tls.ts';

/** Why one small question was not answered. */
export type GraphFault = Omit<GraphProblem, 'kind'> & { readonly kind: GraphProblemKind | TlsFault };

interface Words {
  readonly what: string;
  readonly mend: string;
}

const AGAIN =
  'Run this again in a few minutes; if it persists, look at https://status.azure.com and at proxies in between.';

const BETWEEN =
  'A proxy or a sign-in page of the network stands in between: let this machine reach Graph directly, on port 443.';

const CASE = 'Run this again; if it persists, open a case with Microsoft.';

const LICENCES = 'Look at the licences of the tenant: sign-ins need Microsoft Entra ID P1 or P2.';

/** Of a question that has neither a filter nor a second page; it changes nothing. */
const UNEXPECTED: Words = { what: 'Graph refused a plain question about sign-ins.', mend: CASE };

/** For whoever runs Flagman, who asked for one sign-in with a token that was had a moment ago. */
const WORDS: Readonly<Record<GraphProblemKind, Words>> = {
  'no-licence': { what: 'Graph says that the tenant has no licence for the sign-in log.', mend: LICENCES },
  'feature-not-licensed': { what: 'Graph says that the tenant has no licence for this.', mend: LICENCES },
  'not-applicable': { what: 'Graph says that the tenant does not offer this.', mend: LICENCES },
  'permission-missing': {
    what: 'Graph says that a permission is missing, though the token was had a moment ago.',
    mend: 'Give AuditLog.Read.All with admin consent; what was given a moment ago counts after some minutes.',
  },
  'directory-permission-missing': {
    what: 'Graph could not check the licence of the tenant.',
    mend: 'In some tenants that takes Directory.Read.All, too: give it to the application, with admin consent.',
  },
  denied: {
    what: 'Graph refused the application.',
    mend: 'Compare its permissions with those under Graph permissions. What was given a moment ago counts after some minutes.',
  },
  'claims-required': {
    what: 'A Conditional Access policy keeps the application out.',
    mend: 'Have an administrator exclude the application from the policy for workload identities.',
  },
  'token-rejected': {
    what: 'Graph does not take a token that the login gave a moment ago.',
    mend: 'Look whether CLOUD names the cloud of this tenant, and at the clock of this machine. Else something between this machine and Graph answers in its place, or takes the token away.',
  },
  throttled: { what: 'Graph asks to slow down (429).', mend: 'Run this again in a minute.' },
  'not-found': {
    what: 'What answers for Graph does not know the sign-in log (404).',
    mend: 'Look whether CLOUD names the cloud of this tenant, and whether a proxy answers in the place of Graph.',
  },
  unreachable: {
    what: 'Graph cannot be reached, or the connection broke off.',
    mend: 'Let this machine reach it on port 443 (firewall, DNS, proxy).',
  },
  timeout: {
    what: 'Graph did not answer a question for one sign-in in time, or not to the end.',
    mend: 'Look at the network in between (firewall, proxy); then run this again, with `--seconds 30`.',
  },
  'gateway-timeout': { what: 'Graph gave up on a question for one sign-in (504).', mend: AGAIN },
  'server-error': { what: 'Graph failed.', mend: AGAIN },
  'not-json': { what: 'Something other than Graph answered.', mend: BETWEEN },
  'wrong-shape': {
    what: 'What answers for Graph does not give sign-ins: it is not built as the documentation says.',
    mend: `${BETWEEN} Else open a case with Microsoft.`,
  },
  'foreign-link': {
    what: 'What answers for Graph leads to another address, which is not followed.',
    mend: BETWEEN,
  },
  other: { what: 'Graph refused, for a reason that Flagman does not know.', mend: CASE },
  'invalid-filter': UNEXPECTED,
  'skip-token': UNEXPECTED,
  'not-risky': UNEXPECTED,
  'too-many-results': UNEXPECTED,
  'advanced-query': UNEXPECTED,
  'looping-link': UNEXPECTED,
  conflict: UNEXPECTED,
};

const idsOf = ({ status, code, requestId }: GraphFault): string => {
  const ids = [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(code === undefined ? [] : [`code ${showText(code, 60)}`]),
    ...(requestId === undefined ? [] : [`request id ${showText(requestId, 40)}`]),
  ];
  return ids.length === 0 ? '' : ` It said: ${ids.join(', ')}.`;
};

/** What is wrong with Graph; of its own words only status, code and request id are repeated. */
export const graphFault = (fault: GraphFault): Found => {
  switch (fault.kind) {
    case 'untrusted':
    case 'expired':
    case 'other-host': {
      const { what, mend } = explainTlsFault(fault.kind, 'Graph');
      return wrong(what, mend);
    }
    case 'throttled':
      return warning(WORDS.throttled.what, WORDS.throttled.mend);
    default: {
      const { what, mend } = WORDS[fault.kind];
      return wrong(`${what}${idsOf(fault)}`, mend);
    }
  }
};
