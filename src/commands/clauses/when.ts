import { readWhen } from '../when/read-when.ts';
import type { Clause, ClauseReading, Phrase } from './clause.ts';

const read = ({ tokens, text, context }: Phrase, at: number): ClauseReading =>
  readWhen(tokens, at, { ...context, text });

/** "starting from Monday", "beginning 2026-11-18": since then. */
const STARTING = ['starting', 'beginning', 'starting from', 'beginning from', 'starting on', 'beginning on'];

/** Reads what stands behind such words as if "since" stood there. */
const readSince = (phrase: Phrase, at: number): ClauseReading => {
  const tokens = phrase.tokens.map((token, index) =>
    index === at - 1 ? { ...token, lower: 'since' } : token,
  );
  return readWhen(tokens, at - 1, { ...phrase.context, text: phrase.text });
};

/** Every expression of time: "since Monday", "last 24h", "between 1 Nov and 3 Nov 14:00 Europe/Oslo". */
export const when: Clause = {
  name: 'time',
  doc: 'From when to when: since, until, before, on, between, from … to, last, today, around; with zones.',
  examples: [
    'flagged since 2026-11-19 14:00',
    'flagged last 30 minutes',
    'flagged between 1 Nov and 3 Nov',
    'flagged yesterday 14:00..16:30 Europe/Oslo',
    'flagged around 2026-11-20T14:05Z',
  ],
  words: [
    ...STARTING,
    ...(
      'since until till through thru before after between from during over within on in at around about near for ' +
      'today yesterday tonight last past this previous'
    ).split(' '),
  ],
  read: (phrase, at, said, start) => (STARTING.includes(said) ? readSince(phrase, at) : read(phrase, start)),
  bare: (phrase, at) => read(phrase, at),
};
