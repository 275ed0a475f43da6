import { RISK_EVENT_SYNONYMS, RISK_EVENT_TYPES } from '../../entra/risk-terms.ts';
import { nearest } from '../language/did-you-mean.ts';
import { PhraseTable } from '../language/phrase-table.ts';
import { placeOf, sayings } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import type { Clause, ClauseReading, Phrase } from './clause.ts';
import { anyOf } from './conditions.ts';
import { inWords } from './enumeration.ts';

/** The first type is what people mean today; the others are older or narrower names of the same thing. */
type Types = readonly [string, ...string[]];

const GENERAL = new Set(['generic', 'unknownFutureValue']);

const plural = (words: string): string => (words.endsWith('ss') ? `${words}es` : `${words}s`);

const said = new Map<string, Types>();
for (const type of RISK_EVENT_TYPES) {
  if (!GENERAL.has(type)) for (const words of inWords(type)) said.set(words, [type]);
}
for (const [words, [type, ...others]] of RISK_EVENT_SYNONYMS) {
  if (type === undefined) continue;
  said.set(words, [type, ...others]);
  said.set(plural(words), [type, ...others]);
}

const COLLOQUIAL: readonly (readonly [string, string])[] = [
  ['unfamiliar', 'unfamiliarFeatures'],
  ['unfamiliar sign-in', 'unfamiliarFeatures'],
  ['unfamiliar sign-ins', 'unfamiliarFeatures'],
  ['leaked creds', 'leakedCredentials'],
  ['spray', 'passwordSpray'],
  ['spraying', 'passwordSpray'],
];
for (const [words, type] of COLLOQUIAL) said.set(words, [type]);

const alone = new PhraseTable<Types>();
for (const [words, types] of said) alone.add(words, types);

const read = (phrase: Phrase, at: number): ClauseReading => {
  const list = readList(phrase, at, ({ tokens }, from) => alone.valueAt(tokens, from));
  if (list === undefined || 'problem' in list) return list;
  return {
    next: list.next,
    topic: 'detection',
    either: list.values.map(([type]) => anyOf('riskEventTypes_v2', type)),
    notes: list.values.flatMap(([type, ...others]) =>
      others.length === 0 ? [] : [`Read as ${type}; related types are ${others.join(', ')}.`],
    ),
  };
};

/** "impossible travel", "password spray": what Entra ID Protection detected, in everyday words. */
export const riskEvent: Clause = {
  name: 'detection',
  doc: 'What Entra ID Protection detected: anonymous IP, atypical travel, leaked credentials, password spray, ….',
  examples: [
    'anonymous ip sign-ins last 24h',
    'unfamiliar sign-in properties for kim@contoso.com last 3 days',
  ],
  words: [...said.keys()],
  read: (phrase, _at, _said, start) => read(phrase, start),
};

/** "risk event type unlikelyTravel": the same, announced. */
export const riskEventNamed: Clause = {
  name: 'risk event type',
  variant: true,
  doc: "A detection by Graph's name for it.",
  examples: ['sign-ins with risk event type unlikelyTravel last 7 days'],
  words: [
    ...['risk event type', 'risk event types', 'risk event', 'risk events', 'risk type', 'risk types'],
    ...[
      'riskeventtypes_v2',
      'event type',
      'event types',
      'detection type',
      'riskeventtype',
      'riskeventtypes',
    ],
  ],
  read: (phrase, at, words) => {
    const start = skipArticles(phrase, at);
    const found = read(phrase, start);
    if (found !== undefined) return found;
    const token = phrase.tokens[start];
    const example = 'sign-ins with risk event type unlikelyTravel last 7 days';
    if (token === undefined) return missing(phrase, at, 'a type', example);
    if (words.startsWith('event') && phrase.begins(start)) return undefined;
    const similar = nearest(
      token.lower,
      RISK_EVENT_TYPES.map((type) => type.toLowerCase()),
    );
    return {
      problem: 'bad-value',
      what: `"${token.text}" is not a risk event type that Flagman knows.`,
      why: `The types in use are ${RISK_EVENT_TYPES.slice(0, 12).join(', ')} and others.`,
      next: `For example: ${example}`,
      suggestions: sayings(
        ...similar.map((type) => phrase.text.slice(0, token.start) + type + phrase.text.slice(token.end)),
        example,
      ),
      at: placeOf(token, token),
    };
  },
};
