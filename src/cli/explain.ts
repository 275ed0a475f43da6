import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { ReadContext } from '../commands/command.ts';
import { linesOf } from '../lib/lines.ts';

const USAGE = `Usage: node src/cli/explain.ts "PHRASE" [--now ISO] [--zone ZONE] [--me OBJECT-ID]
       node src/cli/explain.ts --stdin [--now ISO] [--zone ZONE] [--me OBJECT-ID] < PHRASES

Prints what a phrase means as one JSON object; with --stdin one a line, in order.`;

/** Whose sign-ins "my" means where nobody asks. */
const NOBODY = '{callerAadObjectId}';

type Context = Omit<ReadContext, 'now'> & { readonly now?: number };

interface Job {
  /** What to explain; undefined: every line of standard input. */
  readonly phrase?: string;
  readonly context: Context;
}

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const options = {
  now: { type: 'string' },
  zone: { type: 'string', default: 'UTC' },
  me: { type: 'string', default: NOBODY },
  stdin: { type: 'boolean', default: false },
} as const;

/** What the command line asks for, or the sentence that says what is wrong with it. */
const readArguments = (args: readonly string[]): Job | string => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const now = values.now === undefined ? undefined : Date.parse(values.now);
  if (Number.isNaN(now)) return `--now is not a moment in ISO 8601: ${values.now}`;
  if (!isZone(values.zone)) return `--zone is not a time zone: ${values.zone}`;
  if (values.stdin === positionals.length > 0) return 'Give either a phrase or --stdin.';
  const context = { zone: values.zone, me: values.me, ...(now !== undefined && { now }) };
  return values.stdin ? { context } : { phrase: positionals.join(' '), context };
};

const jobOf = (args: readonly string[]): Job | string => {
  try {
    return readArguments(args);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Whoever reads the output may stop before its end ("| head"). */
const stopWhenClosed = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
};

const main = async ({ phrase, context }: Job): Promise<void> => {
  const { explained } = await import('./explained.ts');
  const explain = (text: string): string =>
    `${JSON.stringify(explained(text, { ...context, now: context.now ?? Date.now() }))}\n`;
  stopWhenClosed();
  if (phrase !== undefined) {
    process.stdout.write(explain(phrase));
    return;
  }
  for await (const line of linesOf(process.stdin.setEncoding('utf8'))) {
    // A full pipe is waited for, so that memory stays bounded whatever the reader's pace.
    if (!process.stdout.write(explain(line))) await once(process.stdout, 'drain');
  }
};

const job = jobOf(process.argv.slice(2));
if (typeof job === 'string') {
  process.stderr.write(`${job}\n\n${USAGE}\n`);
  process.exitCode = 2;
} else {
  await main(job);
}
