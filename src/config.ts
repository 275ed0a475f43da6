import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';
import type { Application, Credential } from './entra/application.ts';
import { CLOUDS, type Cloud, isLoopback } from './entra/clouds.ts';
import { READER_ROLES, ROLES } from './entra/roles.ts';
import type { LogLevel } from './lib/log.ts';
import { crossesInTheOpen } from './lib/postgres-url.ts';
import { fail, ok, type Result } from './lib/result.ts';
import { type SettingName, VARIABLES, type Variable, type VariableName } from './variables.ts';

/** Everything that Flagman was told, checked. */
export interface Config {
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly bot: Application;
  readonly graph: Application;
  readonly budgetSpeed: number;
  readonly pageCap: number;
  readonly answerSeconds: number;
  readonly defaultHours: number;
  readonly retentionDays: number;
  readonly freshnessSeconds: number;
  readonly settlingMinutes: number;
  readonly roleMemorySeconds: number;
  readonly readerRoles: readonly string[];
  readonly questionsPerMinute: number;
  readonly port: number;
  readonly data: string;
  readonly metricsPort?: number;
  readonly logLevel: LogLevel;
  /** What the log must never show. */
  readonly secrets: readonly string[];
  /** What is allowed but unwise. */
  readonly warnings: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

type Value<Name extends VariableName> = z.infer<(typeof VARIABLES)[Name]['schema']>;

/** Whether nothing at all was configured, so that `npm start` shows the demo. An empty variable is a configured one. */
export const isDemo = (environment: Environment): boolean =>
  environment.NODE_ENV !== 'production' &&
  !Object.keys(environment).some((name) => /^(MicrosoftApp|GRAPH_|LOCAL_)|^CLOUD$/i.test(name));

/** Collects what is wrong, so that a start names every problem at once. */
class Reading {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  readonly secrets: string[] = [];
  readonly environment: Environment;

  constructor(environment: Environment) {
    this.environment = environment;
    for (const name of Object.keys(environment)) this.#checkSpelling(name);
  }

  take<Name extends VariableName>(name: Name): Value<Name> | undefined {
    const declared = VARIABLES[name];
    const given = this.#text(name) ?? declared.usual;
    if (given === undefined) return undefined;
    const parsed = declared.schema.safeParse(given);
    if (!parsed.success) {
      this.problems.push(`${name} ${parsed.error.issues[0]?.message ?? 'is not valid'}.`);
      return undefined;
    }
    this.secrets.push(...(declaredAs(name).secrets?.(given) ?? []));
    return parsed.data as Value<Name>;
  }

  /** A variable with a usual value, which also stands in for a wrong one: that is a problem already. */
  setting<Name extends SettingName>(name: Name): Value<Name> {
    const { schema, usual } = VARIABLES[name];
    return this.take(name) ?? (schema.parse(usual) as Value<Name>);
  }

  need<Name extends VariableName>(name: Name, when: string): Value<Name> | undefined {
    const before = this.problems.length;
    const value = this.take(name);
    if (value === undefined && this.problems.length === before) {
      this.problems.push(`${name} is missing: it is needed ${when}.`);
    }
    return value;
  }

  /** Refuses a variable that does not go with another. */
  forbid(name: VariableName, why: string): void {
    if (this.#text(name) !== undefined) this.problems.push(`${name} must not be set ${why}.`);
  }

  #text(name: VariableName): string | undefined {
    const direct = this.environment[name];
    const file = declaredAs(name).secrets && this.environment[`${name}_FILE`];
    if (file === undefined) return direct;
    if (direct !== undefined) {
      this.#once(`Both ${name} and ${name}_FILE are set: keep one.`);
      return direct;
    }
    return this.#file(name, file);
  }

  #file(name: string, path: string): string | undefined {
    try {
      if ((statSync(path).mode & 0o077) !== 0) {
        this.warnings.push(`The file of ${name}_FILE can be read by other accounts of this machine.`);
      }
      return readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
    } catch {
      this.#once(`${name}_FILE names a file that cannot be read.`);
      return undefined;
    }
  }

  // A misspelt MicrosoftAppID would be silently ignored, as if it had never been set.
  #checkSpelling(name: string): void {
    if (!/^(microsoftapp|certificate|graph_|local_)/i.test(name)) return;
    const plain = name.toLowerCase();
    const known = Object.keys(VARIABLES).find((variable) => variable.toLowerCase() === plain);
    if (known !== undefined && known !== name) this.problems.push(`${name} is misspelt: it is ${known}.`);
  }

  #once(problem: string): void {
    if (!this.problems.includes(problem)) this.problems.push(problem);
  }
}

const declaredAs = (name: VariableName): Variable<unknown> => VARIABLES[name];

const readData = (reading: Reading): string => {
  const data = reading.setting('DATA');
  if (crossesInTheOpen(data)) {
    reading.warnings.push('DATA crosses the network unprotected: add sslmode=verify-full to the URL.');
  }
  return data;
};

const readCloud = (reading: Reading): Cloud | undefined => {
  const name = reading.take('CLOUD');
  if (name === undefined) return undefined;
  if (name !== 'local') {
    reading.forbid('LOCAL_GRAPH_URL', `unless CLOUD is local, and it is ${name}`);
    reading.forbid('LOCAL_OPENID_URL', `unless CLOUD is local, and it is ${name}`);
    return CLOUDS[name];
  }
  const graphUrl = reading.need('LOCAL_GRAPH_URL', 'with CLOUD=local');
  const botOpenIdUrl = reading.need('LOCAL_OPENID_URL', 'with CLOUD=local');
  for (const [name, url] of Object.entries({ LOCAL_GRAPH_URL: graphUrl, LOCAL_OPENID_URL: botOpenIdUrl })) {
    if (url !== undefined && !isLoopback(url)) reading.problems.push(`${name} must be a loopback address.`);
  }
  return {
    ...CLOUDS.global,
    name,
    graphUrl: graphUrl ?? '',
    botOpenIdUrl: botOpenIdUrl ?? '',
    serviceHosts: ['127.0.0.1', 'localhost', '[::1]'],
  };
};

const readCredential = (reading: Reading, cloud: Cloud | undefined): Credential => {
  const type = reading.take('MicrosoftAppType');
  if (cloud?.name === 'local') return { kind: 'local' };
  if (type === 'UserAssignedMSI') return { kind: 'managed-identity' };
  const thumbprint = reading.take('CertificateThumbprint');
  if (thumbprint !== undefined) {
    reading.forbid('MicrosoftAppPassword', 'beside a certificate');
    const privateKey = reading.need('CertificatePrivateKey', 'with CertificateThumbprint');
    return { kind: 'certificate', thumbprint, privateKey: privateKey ?? '' };
  }
  const password = reading.need(
    'MicrosoftAppPassword',
    'with MicrosoftAppType=SingleTenant (or a certificate)',
  );
  return { kind: 'password', password: password ?? '' };
};

const readGraph = (reading: Reading, bot: Application): Application => {
  const appId = reading.take('GRAPH_CLIENT_ID');
  if (appId === undefined) {
    reading.forbid('GRAPH_CLIENT_SECRET', 'without GRAPH_CLIENT_ID');
    return bot;
  }
  if (bot.credential.kind === 'local') return { appId, credential: bot.credential };
  const password = reading.need('GRAPH_CLIENT_SECRET', 'with GRAPH_CLIENT_ID');
  return { appId, credential: { kind: 'password', password: password ?? '' } };
};

/**
 * Reads the environment. Either a whole, checked configuration, or every problem at once as sentences that name
 * the variable and never its value.
 */
export const readConfig = (environment: Environment): Result<Config, readonly string[]> => {
  const reading = new Reading(environment);
  const cloud = readCloud(reading);
  const appId = reading.need('MicrosoftAppId', 'by every start that is not the demo');
  const tenantId = reading.need('MicrosoftAppTenantId', 'by every start that is not the demo');
  const bot: Application = { appId: appId ?? '', credential: readCredential(reading, cloud) };
  const graph = readGraph(reading, bot);
  const metricsPort = reading.take('METRICS_PORT');
  const config = {
    tenantId: tenantId ?? '',
    bot,
    graph,
    budgetSpeed: reading.setting('GRAPH_BUDGET_SPEED'),
    pageCap: reading.setting('GRAPH_PAGE_CAP'),
    answerSeconds: reading.setting('GRAPH_ANSWER_SECONDS'),
    defaultHours: reading.setting('DEFAULT_WINDOW_HOURS'),
    retentionDays: reading.setting('RETENTION_DAYS'),
    freshnessSeconds: reading.setting('FRESHNESS_SECONDS'),
    settlingMinutes: reading.setting('SETTLING_MINUTES'),
    roleMemorySeconds: reading.setting('ROLE_MEMORY_SECONDS'),
    readerRoles: reading.take('READER_ROLES') ?? READER_ROLES.map((name) => ROLES[name]),
    questionsPerMinute: reading.setting('QUESTIONS_PER_MINUTE'),
    port: reading.setting('PORT'),
    data: readData(reading),
    ...(metricsPort === undefined ? {} : { metricsPort }),
    logLevel: reading.setting('LOG_LEVEL'),
  };
  if (config.budgetSpeed !== 1 && cloud?.name !== 'local') {
    reading.problems.push('GRAPH_BUDGET_SPEED must stay 1 outside CLOUD=local.');
  }
  if (!cloud || reading.problems.length > 0) return fail(reading.problems);
  return ok({ cloud, ...config, secrets: reading.secrets, warnings: reading.warnings });
};
