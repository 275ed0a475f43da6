import { X509Certificate } from 'node:crypto';
import type { Application, Credential } from '../entra/application.ts';
import { type Cloud, isLoopback } from '../entra/clouds.ts';
import type { Reading } from './reading.ts';

/** The applications that Flagman is: one speaks in Teams, one reads Graph, and they may be the same. */
export interface Applications {
  readonly bot: Application;
  readonly graph: Application;
}

/** By which names an application's proof is configured. The bot's are those of the Bot Framework. */
const BOT = {
  type: 'MicrosoftAppType',
  password: 'MicrosoftAppPassword',
  certificate: 'CertificatePrivateKey',
  voucher: 'MicrosoftAppClientId',
} as const;

const GRAPH = {
  type: 'GRAPH_CLIENT_TYPE',
  password: 'GRAPH_CLIENT_SECRET',
  certificate: 'GRAPH_CLIENT_CERTIFICATE',
  voucher: 'GRAPH_FEDERATED_CLIENT_ID',
} as const;

type Names = typeof BOT | typeof GRAPH;

const proofsOf = ({ certificate, voucher, password }: Names) => [certificate, voucher, password] as const;

/** Where nothing else is configured, Kubernetes may have said where it puts tokens of a workload; else a secret it is. */
const readUsual = (reading: Reading, { type, password, certificate, voucher }: Names): Credential => {
  const tokenFile = reading.has(password) ? undefined : reading.take('AZURE_FEDERATED_TOKEN_FILE');
  if (tokenFile !== undefined) return { kind: 'federated', by: { tokenFile } };
  const instead = `${certificate}, ${voucher} or AZURE_FEDERATED_TOKEN_FILE`;
  const secret = reading.need(password, `with ${type}=SingleTenant, unless there is ${instead}`);
  return { kind: 'password', password: secret ?? '' };
};

const readCredential = (reading: Reading, names: Names): Credential => {
  const type = reading.take(names.type);
  const given = proofsOf(names).filter((name) => reading.has(name));
  if (type === 'UserAssignedMSI') {
    for (const name of given) reading.forbid(name, `with ${names.type}=UserAssignedMSI`);
    return { kind: 'managed-identity' };
  }
  const [proof, ...others] = given;
  for (const name of others) reading.forbid(name, `beside ${proof}`);
  if (proof === names.certificate) return { kind: 'certificate', pem: reading.take(names.certificate) ?? '' };
  if (proof === names.voucher)
    return { kind: 'federated', by: { clientId: reading.take(names.voucher) ?? '' } };
  return readUsual(reading, names);
};

/** The Bot Framework also wants the thumbprint, which the certificate says itself: it must say the same. */
const checkThumbprint = (reading: Reading, { credential }: Application): void => {
  const thumbprint = reading.take('CertificateThumbprint');
  if (thumbprint === undefined) return;
  if (credential.kind !== 'certificate') {
    reading.need('CertificatePrivateKey', 'with CertificateThumbprint');
  } else if (credential.pem !== '') {
    const { fingerprint } = new X509Certificate(credential.pem);
    if (fingerprint.replaceAll(':', '') !== thumbprint.toUpperCase())
      reading.problems.push('CertificateThumbprint is not that of the certificate in CertificatePrivateKey.');
  }
};

const readGraph = (reading: Reading, bot: Application, isPretend: boolean): Application => {
  const appId = reading.take('GRAPH_CLIENT_ID') ?? '';
  if (!reading.has('GRAPH_CLIENT_ID')) {
    for (const name of [GRAPH.type, ...proofsOf(GRAPH)]) reading.forbid(name, 'without GRAPH_CLIENT_ID');
    return bot;
  }
  return { appId, credential: isPretend ? { kind: 'local' } : readCredential(reading, GRAPH) };
};

const asksTheMachine = ({ credential }: Application): boolean =>
  credential.kind === 'managed-identity' || (credential.kind === 'federated' && 'clientId' in credential.by);

/** What the identity library reads from the environment by itself must not lead it to hosts outside the table. */
const checkSurroundings = (reading: Reading, isLocal: boolean, { bot, graph }: Applications): void => {
  const { AZURE_REGIONAL_AUTHORITY_NAME, IDENTITY_ENDPOINT = '', IDENTITY_HEADER } = reading.environment;
  if (IDENTITY_HEADER !== undefined) reading.secrets.push(IDENTITY_HEADER);
  if (AZURE_REGIONAL_AUTHORITY_NAME !== undefined)
    reading.problems.push('AZURE_REGIONAL_AUTHORITY_NAME must not be set: it leads to another authority.');
  if (!isLocal || ![bot, graph].some(asksTheMachine)) return;
  if (!isLoopback(IDENTITY_ENDPOINT) || IDENTITY_HEADER === undefined)
    reading.problems.push(
      'IDENTITY_ENDPOINT must be a loopback address, and IDENTITY_HEADER be there, for a managed identity with CLOUD=local.',
    );
};

/**
 * Reads the applications and what they prove themselves with; problems are added to the reading. With `CLOUD=local` they
 * prove nothing, unless there is a pretend login to prove it to.
 */
export const readApplications = (reading: Reading, cloud: Cloud | undefined): Applications => {
  const isLocal = cloud?.name === 'local';
  const isPretend = isLocal && !reading.has('LOCAL_LOGIN_URL');
  const appId = reading.need('MicrosoftAppId', 'by every start that is not the demo') ?? '';
  const bot: Application = {
    appId,
    credential: isPretend ? { kind: 'local' } : readCredential(reading, BOT),
  };
  if (!isPretend) checkThumbprint(reading, bot);
  const applications = { bot, graph: readGraph(reading, bot, isPretend) };
  checkSurroundings(reading, isLocal, applications);
  return applications;
};
