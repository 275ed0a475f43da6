import type { Query } from '../../entra/query.ts';
import type { Phrase } from '../clauses/clause.ts';
import { eq } from '../clauses/conditions.ts';
import type { Command } from '../command.ts';
import { type Token, wordAt } from '../language/tokens.ts';
import { questionCall } from '../question/question.ts';
import { badId, isGuid, resemblesGuid } from '../values/guid.ts';

/** The label of an id, in the words of the portal, of an app's message and of the JSON behind both. */
const LABELS: ReadonlyMap<string, 'id' | 'correlationId'> = new Map([
  ['traceid', 'id'],
  ['requestid', 'id'],
  ['correlationid', 'correlationId'],
]);

/** In JSON the labels and their values are quoted. */
const wordOf = (token: Token | undefined): string =>
  token === undefined ? '' : token.quoted ? token.text.toLowerCase() : token.lower;

/** The label at this token, and where its value stands. */
const labelAt = (tokens: readonly Token[], at: number) => {
  const word = wordOf(tokens[at]);
  if (!word.startsWith('t') && !word.startsWith('r') && !word.startsWith('c')) return undefined;
  const joined = LABELS.get(word.replace(/[_-]/g, ''));
  if (joined) return { names: joined, value: at + 1 };
  const apart = wordOf(tokens[at + 1]) === 'id' ? LABELS.get(`${word}id`) : undefined;
  return apart && { names: apart, value: at + 2 };
};

interface Footer {
  readonly id?: Token;
  readonly correlationId?: Token;
}

/** The first id of each kind; the original request is another one. */
const footerIn = (tokens: readonly Token[]): Footer => {
  const found: { id?: Token; correlationId?: Token } = {};
  for (let at = 0; at + 1 < tokens.length; at += 1) {
    const label = labelAt(tokens, at);
    const value = label && tokens[label.value];
    if (label === undefined || value === undefined || wordAt(tokens, at - 1) === 'original') continue;
    if (resemblesGuid(wordOf(value))) found[label.names] ??= value;
  }
  return found;
};

const queryFor = ({ id, correlationId }: Footer): Query => {
  const whole = { entity: 'signIns', window: {} } as const;
  const byId = id && eq('id', wordOf(id));
  const byCorrelation = correlationId && eq('correlationId', wordOf(correlationId));
  const where = [...(byId ? [byId] : []), ...(byCorrelation ? [byCorrelation] : [])];
  // The trace id of a failed request may be missing from the log while its correlation id is there.
  return byId && byCorrelation
    ? { ...whole, where, otherwise: { ...whole, where: [byCorrelation] } }
    : { ...whole, where };
};

/** Whether the phrase was pasted rather than typed: one id alone may be part of an ordinary question. */
const isPasted = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => wordOf(token) === 'timestamp' || wordOf(token).startsWith('aadsts'));

const read = ({ tokens, text, context }: Phrase) => {
  const found = footerIn(tokens);
  const ids = [found.id, found.correlationId].filter((token) => token !== undefined);
  if (ids.length === 0 || (ids.length === 1 && !isPasted(tokens))) return undefined;
  const broken = ids.find((token) => !isGuid(wordOf(token)));
  return broken ? badId(broken) : questionCall(footer, queryFor(found), text, [], context.me);
};

/** The last lines of a sign-in error, as people paste them. Whatever else was pasted along is ignored. */
export const footer: Command = {
  name: 'error message',
  summary: 'The sign-in behind a pasted error message, by its trace id and correlation id.',
  examples: [
    'Trace ID: 66ea54eb-6301-4ee5-be62-ff5a759b0100 Correlation ID: d79f5bee-5860-4832-928f-3133e22ae912 Timestamp: 2026-11-21T09:02:12Z',
  ],
  details: [
    'Paste the whole message. Where the trace id is not in the log, the correlation id alone is tried.',
  ],
  needs: 'reader',
  listed: false,
  read: (phrase) => (phrase.tokens.length < 4 ? undefined : read(phrase)),
};
