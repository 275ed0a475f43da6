import { format } from 'node:util';
import type { Log } from '../lib/log.ts';

/**
 * Sends what libraries write to `console.error` and `console.warn` to the log, which takes secrets out: botbuilder
 * prints whole errors and keys there. Returns the function that undoes it.
 */
export const captureConsole = (log: Log): (() => void) => {
  const { error, warn } = console;
  const toError = (...args: unknown[]): void => log.error('console', { text: format(...args) });
  const toWarn = (...args: unknown[]): void => log.warn('console', { text: format(...args) });
  console.error = toError;
  console.warn = toWarn;
  return () => {
    // Somebody who captured later gives back on their own.
    if (console.error === toError) console.error = error;
    if (console.warn === toWarn) console.warn = warn;
  };
};
