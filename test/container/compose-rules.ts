import { z } from 'zod';
import { VARIABLES } from '../../src/config/variables.ts';
import { isPinned } from './dockerfile-rules.ts';

const Texts = z.array(z.string());

/** What a service of ours may say; a word that is not here is a mistake, or nobody has thought about it yet. */
const Service = z.strictObject({
  build: z.literal('.').optional(),
  image: z.string(),
  init: z.literal(true).optional(),
  user: z.string().optional(),
  restart: z.literal('unless-stopped'),
  deploy: z.strictObject({ replicas: z.number() }).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()),
  secrets: Texts,
  volumes: Texts,
  networks: Texts,
  ports: Texts.optional(),
  healthcheck: z
    .strictObject({ test: Texts, interval: z.string(), timeout: z.string(), retries: z.number() })
    .optional(),
  read_only: z.boolean().optional(),
  tmpfs: Texts.optional(),
  cap_drop: Texts.optional(),
  security_opt: Texts.optional(),
  mem_limit: z.string().optional(),
  pids_limit: z.number().optional(),
  stop_grace_period: z.string(),
});

/** compose.yaml as it is written. */
export const Compose = z.strictObject({
  name: z.string(),
  services: z.strictObject({ bot: Service, database: Service }),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean() }).nullable()),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});
export type Compose = z.infer<typeof Compose>;
type Service = z.infer<typeof Service>;

type Rule = (service: Service, compose: Compose) => boolean;

const isSecret = (variable: string): boolean =>
  Object.entries(VARIABLES).some(([name, declared]) => name === variable && 'secrets' in declared) ||
  /PASSWORD$|SECRET$|KEY$/i.test(variable);

const isKnown = (variable: string): boolean =>
  variable.startsWith('POSTGRES_') || variable.replace(/_FILE$/, '') in VARIABLES;

const fileVariables = ({ environment }: Service): readonly (readonly [string, string])[] =>
  Object.entries(environment).filter(([name]) => name.endsWith('_FILE'));

/** Rules for each service: the sentence holds where the rule does not. */
const RULES: Readonly<Record<string, Rule>> = {
  'has an image without a version': ({ build, image }) => build !== undefined || isPinned(image),
  'may write its root file system': (service) => service.read_only === true,
  'has no /tmp of its own': ({ tmpfs = [] }) => tmpfs.includes('/tmp'),
  'keeps capabilities': ({ cap_drop = [] }) => cap_drop.join() === 'ALL',
  'may gain privileges': ({ security_opt = [] }) => security_opt.join() === 'no-new-privileges:true',
  'has no bound on memory and processes': ({ mem_limit, pids_limit }) =>
    mem_limit !== undefined && pids_limit !== undefined,
  'has no health check': ({ build, healthcheck }) => build !== undefined || healthcheck !== undefined,
  'runs as root': ({ build, user = '' }) => build !== undefined || /^[1-9]\d*:[1-9]\d*$/.test(user),
  'holds a secret in its environment': ({ environment }) => !Object.keys(environment).some(isSecret),
  'sets a variable that nobody reads': ({ environment }) => Object.keys(environment).every(isKnown),
  'reads a secret that is not mounted': (service) =>
    fileVariables(service).every(([, path]) => service.secrets.some((one) => path === `/run/secrets/${one}`)),
  'names a secret, network or volume that is not declared': (service, { secrets, networks, volumes }) =>
    service.secrets.every((one) => one in secrets) &&
    service.networks.every((one) => one in networks) &&
    service.volumes.every((one) => one.startsWith('./') || (one.split(':')[0] ?? '') in volumes),
  'mounts a file of this machine that it could change': ({ volumes }) =>
    volumes.every((one) => !one.startsWith('.') || one.endsWith(':ro')) &&
    !volumes.join().includes('docker.sock'),
};

const portsIn = (ports: readonly string[] = []): number => {
  const [, first, last] = /^127\.0\.0\.1:(\d+)-(\d+):\d+$/.exec(ports.join()) ?? [];
  return first === undefined ? 0 : Number(last) - Number(first) + 1;
};

/** Rules for the whole. */
const WHOLE: Readonly<Record<string, (compose: Compose) => boolean>> = {
  'There are not two replicas.': ({ services }) => services.bot.deploy?.replicas === 2,
  'There is not one port for each replica, on loopback.': ({ services }) =>
    portsIn(services.bot.ports) === services.bot.deploy?.replicas,
  'The bot does not wait for the database.': ({ services }) => 'database' in (services.bot.depends_on ?? {}),
  'The database can be reached from outside.': ({ services, networks }) =>
    services.database.ports === undefined &&
    services.database.networks.every((one) => networks[one]?.internal),
  'The bot cannot reach Microsoft.': ({ services, networks }) =>
    services.bot.networks.some((one) => !networks[one]?.internal),
  'The bot cannot reach the database.': ({ services }) =>
    services.bot.networks.some((one) => services.database.networks.includes(one)),
  'A secret lies where the repository or the image would take it along.': ({ secrets }) =>
    Object.values(secrets).every(({ file }) => file.startsWith('./secrets/')),
};

/** What is wrong with compose.yaml, as sentences. Throws where a word in it is not known here. */
export const composeFaults = (read: unknown): readonly string[] => {
  const compose = Compose.parse(read);
  const services = Object.entries(compose.services).flatMap(([name, service]) =>
    Object.entries(RULES).flatMap(([says, holds]) =>
      holds(service, compose) ? [] : [`The service ${name} ${says}.`],
    ),
  );
  return [...services, ...Object.entries(WHOLE).flatMap(([says, holds]) => (holds(compose) ? [] : [says]))];
};
