import type { Property } from '../../entra/properties.ts';
import { wordsIn } from '../language/words-in.ts';
import { skipArticles } from '../values/articles.ts';
import { badId, readGuid } from '../values/guid.ts';
import { readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import type { Clause, ClauseReading, Phrase, Topic } from './clause.ts';
import { eq } from './conditions.ts';

/** Ids after their label; a value that cannot be an id at all is a problem too. */
export const readIds = (phrase: Phrase, at: number, property: Property, topic: Topic): ClauseReading => {
  const list = readList(phrase, skipArticles(phrase, at), readGuid);
  if (list === undefined || 'problem' in list) return list;
  return { next: list.next, topic, either: list.values.map((id) => eq(property, id)) };
};

const announced = (phrase: Phrase, at: number, property: Property, topic: Topic): ClauseReading => {
  const found = readIds(phrase, at, property, topic);
  if (found !== undefined) return found;
  const token = phrase.tokens[skipArticles(phrase, at)];
  return token === undefined
    ? missing(phrase, at, 'an id', 'correlation id d79f5bee-5860-4832-928f-3133e22ae912')
    : badId(token);
};

/** "correlation id d79f5bee-…": every sign-in of one attempt. */
export const correlation: Clause = {
  name: 'correlation id',
  doc: 'Every sign-in of one attempt, by the correlation id of the error message.',
  examples: ['correlation id d79f5bee-5860-4832-928f-3133e22ae912'],
  words: wordsIn(`
    correlation id, correlation ids, correlationid, correlation, correlated with, correlated to,
    correlation-id
  `),
  read: (phrase, at) => announced(phrase, at, 'correlationId', 'correlation'),
};

/** "original request id 66ea54eb-…". */
export const originalRequest: Clause = {
  name: 'original request id',
  variant: true,
  doc: 'The id of the first request of an authentication sequence.',
  examples: ['original request id 66ea54eb-6301-4ee5-be62-ff5a759b0100'],
  words: ['original request id', 'original request', 'originalrequestid'],
  read: (phrase, at) => announced(phrase, at, 'originalRequestId', 'original'),
};
