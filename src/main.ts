import { enableCompileCache } from 'node:module';
import type { Environment } from './config/reading.ts';
import type { Running } from './start.ts';

// Most of a start is reading and compiling packages. Only what is imported after this line is kept compiled.
enableCompileCache();
const { isDemo, ownEnvironment, readConfig } = await import('./config.ts');

/** Starts a bot from variables. Throws one error that names every problem of the configuration. */
const startFrom = async (environment: Environment): Promise<Running> => {
  const config = readConfig(environment);
  if (!config.ok) {
    throw new Error(`Flagman cannot start:\n${config.error.map((problem) => `  - ${problem}`).join('\n')}`);
  }
  const { start } = await import('./start.ts');
  return start(config.value);
};

const DEMO_PORT = 3978;

/** How long the pretend log takes to show a change: long enough to see that it is still processing. */
const DEMO_LAG_MS = 4_000;

/** How long a visitor waits for what was lost to be sent again. */
const DEMO_SETTLE_SECONDS = '20';

/** The pretend Microsoft with the ordinary bot before it; prints where the page is and opens nothing. */
const startTheDemo = async (environment: Environment): Promise<{ close(): Promise<void> }> => {
  const { startDemo } = await import('./demo/start.ts');
  const demo = await startDemo({
    startBot: (variables) => startFrom({ LOG_LEVEL: environment.LOG_LEVEL ?? 'warn', ...variables }),
    clock: Date.now,
    port: Number(environment.PORT ?? DEMO_PORT),
    lag: DEMO_LAG_MS,
    environment: { SETTLE_SECONDS: DEMO_SETTLE_SECONDS },
  });
  process.stdout.write(
    `Flagman's demo is running. Nothing leaves this machine.\n\n  Open ${demo.pageUrl}\n\n` +
      'Try "flagged for user@contoso.com since 2021-10-01" or "help". Ctrl+C ends it.\n',
  );
  return demo;
};

const run = async (): Promise<void> => {
  const environment = ownEnvironment();
  const running = await (isDemo(environment) ? startTheDemo(environment) : startFrom(environment));
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await running.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
};

/** What went wrong, for whoever started it. */
const sentence = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  return code === 'EADDRINUSE'
    ? `Port ${port} is taken by another program. Set PORT to a free one.`
    : error.message;
};

run().catch((error: unknown) => {
  process.stderr.write(`${sentence(error)}\n`);
  process.exit(1);
});
