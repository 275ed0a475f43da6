import { ERROR_CODES } from '../../entra/error-codes.ts';
import { eq, not } from '../clauses/conditions.ts';
import { question } from '../question/question.ts';

const PROMPTS = ERROR_CODES.filter(({ kind }) => kind === 'interrupt').map(({ code }) => code);

/** Sign-ins that stopped at a prompt: something normal that looks like an error. */
export const interrupted = question({
  name: 'interrupted sign-ins',
  summary: 'Sign-ins that stopped at a prompt, such as MFA or "stay signed in".',
  examples: [
    'interrupted sign-ins for user@contoso.com today',
    'interrupted sign-ins 50140 for user@contoso.com today',
  ],
  details: [
    'A prompt has an error code of its own but is no failure: the same sign-in usually goes on with the next row.',
  ],
  listed: false,
  words: ['interrupted', 'interrupt', 'interrupts', 'interruptions', 'prompted'],
  means: (_phrase, at) => ({
    next: at,
    topic: 'code',
    // Written with "not", which only the second pass reads: so many codes would make the filter too long.
    either: [not({ op: 'and', of: PROMPTS.map((code) => not(eq('status/errorCode', code))) })],
    loose: true,
  }),
});
