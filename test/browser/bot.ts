import { readConfig } from '../../src/config.ts';
import type { StartBot } from '../../src/demo/start.ts';
import { start } from '../../src/start.ts';

/** Starts the ordinary bot, and lets it say only what went wrong. */
export const startBot: StartBot = async (environment) => {
  const config = readConfig({ ...environment, LOG_LEVEL: 'error' });
  if (!config.ok) throw new Error(config.error.join('\n'));
  return start(config.value);
};
