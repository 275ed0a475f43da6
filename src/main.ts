import { existsSync } from 'node:fs';
import { type Environment, isDemo, readConfig } from './config.ts';
import { type Running, start } from './start.ts';

/** Starts a bot from variables. Throws one error that names every problem of the configuration. */
const startFrom = async (environment: Environment): Promise<Running> => {
  const config = readConfig(environment);
  if (!config.ok) {
    throw new Error(`Flagman cannot start:\n${config.error.map((problem) => `  - ${problem}`).join('\n')}`);
  }
  return start(config.value);
};

const DEMO_PORT = 3978;

/** The pretend Microsoft with the ordinary bot before it; prints where the page is and opens nothing. */
const startTheDemo = async (environment: Environment): Promise<{ close(): Promise<void> }> => {
  const { startDemo } = await import('./demo/start.ts');
  const demo = await startDemo({
    startBot: (variables) => startFrom({ LOG_LEVEL: environment.LOG_LEVEL ?? 'warn', ...variables }),
    clock: Date.now,
    port: Number(environment.PORT ?? DEMO_PORT),
  });
  process.stdout.write(
    `Flagman's demo is running. Nothing leaves this machine.\n\n  Open ${demo.pageUrl}\n\n` +
      'Try "flagged for user@contoso.com since 2021-10-01" or "help". Ctrl+C ends it.\n',
  );
  return demo;
};

const run = async (): Promise<void> => {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const running = await (isDemo(process.env) ? startTheDemo(process.env) : startFrom(process.env));
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await running.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
