import { existsSync } from 'node:fs';
import { readApplications } from './config/application.ts';
import { type ChangesConfig, readChangesConfig } from './config/changes.ts';
import { readCloud } from './config/cloud.ts';
import { type LedgerConfig, readLedgerConfig } from './config/ledger.ts';
import { type Environment, Reading } from './config/reading.ts';
import type { Application } from './entra/application.ts';
import type { Cloud } from './entra/clouds.ts';
import { READER_ROLES, ROLES } from './entra/roles.ts';
import type { LogLevel } from './lib/log.ts';
import { crossesInTheOpen } from './lib/postgres-url.ts';
import { fail, ok, type Result } from './lib/result.ts';
import type { Redactions } from './policy/redactions.ts';

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
  readonly answersInChannels: 'thread' | 'personal' | 'targeted';
  readonly changes: ChangesConfig;
  /** What shares leave out, by place. */
  readonly redactions: Redactions;
  readonly port: number;
  readonly data: string;
  readonly ledger: LedgerConfig;
  readonly metricsPort?: number;
  readonly logLevel: LogLevel;
  /** What the log must never show. */
  readonly secrets: readonly string[];
  /** What is allowed but unwise. */
  readonly warnings: readonly string[];
}

/** The variables of this process, with those of `.env` where there is one. */
export const ownEnvironment = (): Environment => {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
};

/** Whether nothing at all was configured, so that `npm start` shows the demo. An empty variable is a configured one. */
export const isDemo = (environment: Environment): boolean =>
  environment.NODE_ENV !== 'production' &&
  !Object.keys(environment).some((name) => /^(MicrosoftApp|GRAPH_|LOCAL_)|^CLOUD$/i.test(name));

const readData = (reading: Reading): string => {
  const data = reading.setting('DATA');
  if (crossesInTheOpen(data)) {
    reading.warnings.push('DATA crosses the network unprotected: add sslmode=verify-full to the URL.');
  }
  return data;
};

/**
 * Reads the environment. Either a whole, checked configuration, or every problem at once as sentences that name
 * the variable and never its value.
 */
export const readConfig = (environment: Environment): Result<Config, readonly string[]> => {
  const reading = new Reading(environment);
  const cloud = readCloud(reading);
  const applications = readApplications(reading, cloud);
  const tenantId = reading.need('MicrosoftAppTenantId', 'by every start that is not the demo');
  const metricsPort = reading.take('METRICS_PORT');
  const data = readData(reading);
  const readerRoles = reading.take('READER_ROLES') ?? READER_ROLES.map((name) => ROLES[name]);
  const config = {
    tenantId: tenantId ?? '',
    ...applications,
    budgetSpeed: reading.setting('GRAPH_BUDGET_SPEED'),
    pageCap: reading.setting('GRAPH_PAGE_CAP'),
    answerSeconds: reading.setting('GRAPH_ANSWER_SECONDS'),
    defaultHours: reading.setting('DEFAULT_WINDOW_HOURS'),
    retentionDays: reading.setting('RETENTION_DAYS'),
    freshnessSeconds: reading.setting('FRESHNESS_SECONDS'),
    settlingMinutes: reading.setting('SETTLING_MINUTES'),
    roleMemorySeconds: reading.setting('ROLE_MEMORY_SECONDS'),
    readerRoles,
    questionsPerMinute: reading.setting('QUESTIONS_PER_MINUTE'),
    answersInChannels: reading.setting('ANSWERS_IN_CHANNELS'),
    changes: readChangesConfig(reading, readerRoles),
    redactions: reading.setting('SHARE_REDACTION'),
    port: reading.setting('PORT'),
    data,
    ledger: readLedgerConfig(reading, tenantId ?? '', data, cloud?.name === 'local'),
    ...(metricsPort === undefined ? {} : { metricsPort }),
    logLevel: reading.setting('LOG_LEVEL'),
  };
  if (config.budgetSpeed !== 1 && cloud?.name !== 'local') {
    reading.problems.push('GRAPH_BUDGET_SPEED must stay 1 outside CLOUD=local.');
  }
  const { problems, slips, secrets, warnings } = reading;
  if (!cloud || problems.length > 0) return fail([...problems, ...slips]);
  return ok({ cloud, ...config, secrets, warnings: [...slips, ...warnings] });
};

/** What looking into a ledger takes; or every problem as a sentence. */
export const readLedger = (
  environment: Environment,
): Result<{ readonly data: string; readonly ledger: LedgerConfig }, readonly string[]> => {
  const reading = new Reading(environment);
  const data = readData(reading);
  const tenantId = reading.take('MicrosoftAppTenantId') ?? '';
  const ledger = readLedgerConfig(reading, tenantId, data, environment.CLOUD === 'local');
  if (ledger.origin === '') reading.problems.push('LEDGER_ORIGIN or MicrosoftAppTenantId is needed.');
  const { problems, slips } = reading;
  return problems.length > 0 ? fail([...problems, ...slips]) : ok({ data, ledger });
};
