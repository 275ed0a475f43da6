import type { Config } from '../../config.ts';
import type { Application } from '../../entra/application.ts';
import { type Asked, tokenIn } from './asked.ts';
import { clockFindings, readingOfToken } from './clock.ts';
import { credentialFindings, GRAPH_APP_ID, type Wanted } from './credentials.ts';
import { type Checked, type Found, notChecked, nothingToCheck } from './finding.ts';
import { graphFindings, licenceFindings } from './graph.ts';
import { inboundFindings } from './inbound.ts';
import { permissionFindings } from './permissions.ts';
import { inTime } from './timed.ts';

const NO_TOKEN = 'there is no token for Graph';

/** By which variables the bot, and an application of its own that reads Graph, prove who they are. */
const BOT_PROOFS = {
  password: 'MicrosoftAppPassword',
  certificate: 'CertificatePrivateKey',
  identity: 'MicrosoftAppClientId',
} as const;

const GRAPH_PROOFS = {
  password: 'GRAPH_CLIENT_SECRET',
  certificate: 'GRAPH_CLIENT_CERTIFICATE',
  identity: 'GRAPH_FEDERATED_CLIENT_ID',
} as const;

const proofOf = (
  { credential }: Application,
  proofs: typeof BOT_PROOFS | typeof GRAPH_PROOFS,
  appVariable: string,
): string => {
  switch (credential.kind) {
    case 'password':
    case 'certificate':
      return proofs[credential.kind];
    case 'federated':
      return 'tokenFile' in credential.by ? 'AZURE_FEDERATED_TOKEN_FILE' : proofs.identity;
    case 'managed-identity':
    case 'local':
      return appVariable;
  }
};

/** A managed identity vouches for an application, or is it. */
const identityOf = ({ appId, credential }: Application, variable: string): Wanted['identity'] => ({
  id: credential.kind === 'federated' && 'clientId' in credential.by ? credential.by.clientId : appId,
  variable,
});

const answererOf = ({ credential }: Application, loginUrl: string): string =>
  credential.kind === 'managed-identity' ? 'The identity endpoint of this machine' : loginUrl;

const wantedOf = (config: Config, who: 'bot' | 'graph'): Wanted => {
  const { tenantId, cloud } = config;
  const application = config[who];
  const isOwn = who === 'graph' && config.graph !== config.bot;
  const appVariable = isOwn ? 'GRAPH_CLIENT_ID' : 'MicrosoftAppId';
  const proofVariable = proofOf(application, isOwn ? GRAPH_PROOFS : BOT_PROOFS, appVariable);
  return {
    appId: application.appId,
    tenantId,
    loginUrl: cloud.loginUrl,
    appVariable,
    proofVariable,
    identity: identityOf(application, proofVariable),
    audiences: who === 'bot' ? [cloud.botScope.replace(/\/\.default$/, '')] : [cloud.graphUrl, GRAPH_APP_ID],
  };
};

/** The permissions that the token for Graph names; why they are not known, where they are not. */
const permissionsIn = (config: Config, { graph: answer }: Asked): readonly Found[] => {
  if (tokenIn(answer) === undefined) return [notChecked(NO_TOKEN)];
  if (answer.ok && answer.value.kind === 'fixed') return [nothingToCheck('a fixed text names none')];
  const roles = rolesIn(answer);
  if (!roles) return [notChecked('the token for Graph does not say which it holds')];
  const { cloud, graph } = config;
  return permissionFindings(roles, {
    appId: graph.appId,
    graphUrl: cloud.graphUrl,
    portalUrl: cloud.portalUrl,
    isManagedIdentity: graph.credential.kind === 'managed-identity',
  });
};

const claimsIn = (answer: Asked['graph']) =>
  answer.ok && answer.value.kind === 'token' ? answer.value.claims : undefined;

const rolesIn = (answer: Asked['graph']): readonly string[] | undefined => claimsIn(answer)?.roles;

/** What Microsoft's answers say about credentials, permissions, licence, clock and inbound messages. */
export const microsoftFindings = (config: Config, asked: Asked, now: number): readonly Checked[] => {
  const { bot, graph, signIns, clocks, keys } = asked;
  const { loginUrl, botOpenIdUrl } = config.cloud;
  const tokenClocks = readingOfToken('the login', claimsIn(graph)?.notBefore, now);
  return [
    [
      'bot-credentials',
      inTime(bot, answererOf(config.bot, loginUrl), (answer) =>
        credentialFindings(answer, wantedOf(config, 'bot')),
      ),
    ],
    [
      'graph-credentials',
      inTime(graph, answererOf(config.graph, loginUrl), (answer) =>
        credentialFindings(answer, wantedOf(config, 'graph')),
      ),
    ],
    ['permissions', permissionsIn(config, asked)],
    [
      'graph',
      signIns === undefined
        ? [notChecked(NO_TOKEN)]
        : inTime(signIns, 'Graph', (answer) => graphFindings(answer, rolesIn(graph))),
    ],
    ['licence', signIns?.ok ? licenceFindings(signIns.value) : [notChecked('Graph was not asked')]],
    ['clock', clockFindings([...clocks, ...tokenClocks])],
    ['inbound', inTime(keys, botOpenIdUrl, (ready) => inboundFindings(ready, botOpenIdUrl))],
  ];
};
