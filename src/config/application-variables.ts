import { z } from 'zod';
import { setting, type Variable, variable } from './variable.ts';
import { certificate, guid, oneOf, text } from './variable-kinds.ts';

const itself = (text: string): readonly string[] => [text];

/** Which applications Flagman is, what proves it, and in which cloud. The Bot Framework's own names are kept. */
export const APPLICATION_VARIABLES = {
  MicrosoftAppId: variable({
    does: 'Application (client) id of the bot. Also the audience that inbound tokens must name.',
    schema: guid,
    group: 'Bot',
  }),
  MicrosoftAppTenantId: variable({
    does: 'Tenant id. Only people and channels of this tenant are answered.',
    schema: guid,
    group: 'Bot',
  }),
  MicrosoftAppType: setting({
    does: 'What the bot is: SingleTenant (an app registration) or UserAssignedMSI (a managed identity of the machine, which needs no proof).',
    schema: oneOf(['SingleTenant', 'UserAssignedMSI']),
    usual: 'SingleTenant',
    group: 'Bot',
  }),
  MicrosoftAppPassword: variable({
    does: 'Client secret of the bot, where nothing better proves who it is. MicrosoftAppPassword_FILE names a file that holds it instead.',
    schema: text,
    secrets: itself,
    group: 'Bot',
  }),
  CertificatePrivateKey: variable({
    does: 'Certificate of the bot with its chain and its private key, as PEM; better than a secret. CertificatePrivateKey_FILE names a file that holds it instead.',
    schema: certificate,
    secrets: itself,
    group: 'Bot',
  }),
  CertificateThumbprint: variable({
    does: 'SHA-1 thumbprint of that certificate. Not needed; where it is there, it must be right.',
    schema: z.string().regex(/^[0-9a-fA-F]{40}$/, 'must be 40 hexadecimal digits'),
    group: 'Bot',
  }),
  MicrosoftAppClientId: variable({
    does: 'Client id of a user-assigned managed identity that vouches for the bot (federated credential): no secret at all.',
    schema: guid,
    group: 'Bot',
  }),
  AZURE_FEDERATED_TOKEN_FILE: variable({
    does: 'File with a token that vouches for the bot and for GRAPH_CLIENT_ID (federated credential), where nothing else proves who they are. Kubernetes with workload identity sets it.',
    schema: text,
    group: 'Bot',
  }),
  CLOUD: setting({
    does: 'Microsoft cloud: global (GCC too), usgov (GCC High), usgovdod, china; local is for trying Flagman on one machine.',
    schema: oneOf(['global', 'usgov', 'usgovdod', 'china', 'local']),
    usual: 'global',
    group: 'Bot',
  }),
  GRAPH_CLIENT_ID: variable({
    does: 'Application id that reads Graph, where that is not the bot itself.',
    schema: guid,
    group: 'Graph',
  }),
  GRAPH_CLIENT_TYPE: setting({
    does: 'What GRAPH_CLIENT_ID is, like MicrosoftAppType.',
    schema: oneOf(['SingleTenant', 'UserAssignedMSI']),
    usual: 'SingleTenant',
    group: 'Graph',
  }),
  GRAPH_CLIENT_SECRET: variable({
    does: 'Client secret of GRAPH_CLIENT_ID. GRAPH_CLIENT_SECRET_FILE names a file that holds it instead.',
    schema: text,
    secrets: itself,
    group: 'Graph',
  }),
  GRAPH_CLIENT_CERTIFICATE: variable({
    does: 'Certificate of GRAPH_CLIENT_ID, like CertificatePrivateKey. GRAPH_CLIENT_CERTIFICATE_FILE names a file that holds it instead.',
    schema: certificate,
    secrets: itself,
    group: 'Graph',
  }),
  GRAPH_FEDERATED_CLIENT_ID: variable({
    does: 'Client id of a user-assigned managed identity that vouches for GRAPH_CLIENT_ID.',
    schema: guid,
    group: 'Graph',
  }),
} as const satisfies Record<string, Variable<unknown>>;
