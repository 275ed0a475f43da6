/** A process that is told environments, and asks with each for the bot's token and for Graph's, as a start would. */
import { text } from 'node:stream/consumers';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/lib/log.ts';
import { openTokens } from '../../src/tokens.ts';

const log = createLog({ level: 'debug', write: (line) => void process.stderr.write(line) });

/** Tokens, or why there is none. */
const ask = async (environment: Record<string, string>): Promise<unknown> => {
  const read = readConfig(environment);
  if (!read.ok) return read.error;
  const { cloud } = read.value;
  const { bot, graph } = await openTokens(read.value, log);
  return Promise.all([bot(cloud.botScope), graph(`${cloud.graphUrl}/.default`)]).catch(String);
};

const answers: unknown[] = [];
for (const environment of JSON.parse(await text(process.stdin))) answers.push(await ask(environment));
process.stdout.write(JSON.stringify(answers));
