/** `node src/cli/doctor.ts`: says what is wrong with this installation of Flagman, and what mends it. */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Environment } from '../config/reading.ts';
import { isDemo, ownEnvironment, readConfig, readLedger } from '../config.ts';
import { passwordsIn } from '../lib/postgres-url.ts';
import { examine } from './doctor/examine.ts';
import { exitCodeOf, wrong } from './doctor/finding.ts';
import { asJson, asText } from './doctor/report.ts';

const USAGE = `Usage: node src/cli/doctor.ts [--json] [--post] [--seconds N]

Looks at configuration, credentials, permissions, licence, clock, store, ledger and places, and changes nothing.
--json: for machines. --post: also posts a line into the configured conversations, which people there see.
--seconds: how long each answer of the network may take, 1 to 30; 10 is usual.
Exit code: 0 nothing is wrong, 1 something is, 2 something that matters could not be looked at.`;

const CANNOT = 2;

const options = {
  json: { type: 'boolean' },
  post: { type: 'boolean' },
  seconds: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const USUAL_SECONDS = '10';

const secondsOf = (given: string): number => {
  const seconds = Number(given);
  if (/^\d{1,2}$/.test(given) && seconds >= 1 && seconds <= 30) return seconds;
  throw new Error('--seconds takes a whole number from 1 to 30.');
};

/** What is said where nothing is configured at all. */
const beginning = (
  missing: readonly string[],
): string => `Nothing is configured, so "npm start" shows the demo.

To run Flagman in a tenant, copy .env.sample to .env and fill it in; README, Putting it into a tenant, says how to
come by each value. Then run this again. What is missing so far:

${missing.map((problem) => `  - ${problem}`).join('\n')}
`;

interface Said {
  readonly code: number;
  readonly text: string;
  readonly to?: NodeJS.WriteStream;
}

/** What keeps anything from being looked at, in the one shape that machines read. */
const cannotAsJson = (problems: readonly string[], mend: string): Said => {
  const findings = problems.map((problem) => ({ check: 'configuration' as const, ...wrong(problem, mend) }));
  return { code: CANNOT, text: asJson(findings, [], CANNOT) };
};

const sayHowToBegin = (environment: Environment, isJson: boolean): Said => {
  const read = readConfig(environment);
  const missing = read.ok ? [] : read.error;
  if (isJson) return cannotAsJson(missing, 'Copy .env.sample to .env and fill it in.');
  return { code: CANNOT, text: beginning(missing) };
};

const sayWhy = (error: unknown): Said => {
  const why = error instanceof Error ? error.message : String(error);
  if (process.argv.includes('--json')) return cannotAsJson([why], 'See `node src/cli/doctor.ts --help`.');
  return { code: CANNOT, text: `${why}\n\n${USAGE}\n`, to: process.stderr };
};

const run = async (): Promise<Said> => {
  const { json = false, post = false, help = false, seconds = USUAL_SECONDS } = parseArgs({ options }).values;
  if (help) return { code: 0, text: `${USAGE}\n` };
  const callMs = secondsOf(seconds) * 1000;
  const environment = ownEnvironment();
  if (isDemo(environment)) return sayHowToBegin(environment, json);
  const config = readConfig(environment);
  const stored = readLedger(environment);
  const findings = await examine({
    config,
    stored,
    envMode: statSync('.env', { throwIfNoEntry: false })?.mode,
    mayPost: post,
    callMs,
    clock: Date.now,
  });
  const known = stored.ok ? passwordsIn(stored.value.data) : [];
  const secrets = config.ok ? config.value.secrets : known;
  return { code: exitCodeOf(findings), text: (json ? asJson : asText)(findings, secrets) };
};

const { code, text, to = process.stdout } = await run().catch(sayWhy);
// Something that was given up may still wait for its answer, and keep the process.
to.write(text, () => process.exit(code));
