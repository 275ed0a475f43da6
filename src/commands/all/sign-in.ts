import type { ClauseReading, Phrase } from '../clauses/clause.ts';
import { readIds } from '../clauses/ids.ts';
import { isProblem } from '../problem.ts';
import { question } from '../question/question.ts';
import { skipArticles } from '../values/articles.ts';
import { badId } from '../values/guid.ts';
import { missing } from '../values/missing.ts';

const SIGN_IN = ['sign-in', 'sign-ins', 'sign in', 'login', 'logon'];
const LABELS = [
  'request id',
  'request ids',
  'requestid',
  'trace id',
  'traceid',
  'sign-in id',
  'sign-in ids',
  'sign-in with id',
  'sign-in with request id',
  'id',
  'ids',
  'request',
  'event id',
];
const PIVOTS = [
  'related to',
  'relating to',
  'connected to',
  'pivot on',
  'pivot from',
  'details of',
  'details for',
  'details',
];

const idAt = (phrase: Phrase, at: number): ClauseReading => {
  const match = phrase.clauseAt(at);
  return match !== undefined && !isProblem(match) && match.topic === 'id' ? match : undefined;
};

const EXAMPLE = 'sign-in 66ea54eb-6301-4ee5-be62-ff5a759b0100';

/** One sign-in by its request id. */
export const signIn = question({
  name: 'sign-in',
  summary: 'One sign-in by its request id, in full.',
  examples: [EXAMPLE, 'related to 66ea54eb-6301-4ee5-be62-ff5a759b0100'],
  details: ['The request id stands in the portal and in the error message, there also as trace id.'],
  listed: { title: 'sign-in id' },
  words: [...SIGN_IN, ...LABELS, ...PIVOTS],
  means: (phrase, at, said) => {
    const found = readIds(phrase, at, 'id', 'id');
    const token = phrase.tokens[skipArticles(phrase, at)];
    const announced = said.endsWith('id') || said.endsWith('ids');
    if (found !== undefined) return found;
    // "related to sign-in 66ea54eb-…"
    if (PIVOTS.includes(said)) return idAt(phrase, at);
    if (!announced) return undefined;
    if (token === undefined) return missing(phrase, at, 'a request id', EXAMPLE);
    return phrase.begins(at) ? undefined : badId(token);
  },
  bare: (phrase, at) => readIds(phrase, at, 'id', 'id'),
});
