import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import type { Clause } from './clause.ts';

const THINGS = wordsIn(
  'apps, applications, ips, ip addresses, addresses, countries, cities, locations, browsers, devices',
);

const NAMING = new Set(['starting', 'beginning', 'named', 'called', 'like']);

/** "which apps", "ips used by": the rows show all of them, so the words ask for nothing more. */
export const listing: Clause = {
  name: 'listing',
  variant: true,
  doc: 'What to look at in the rows; every row shows app, address, place and device.',
  examples: [
    'which apps did user@contoso.com sign in to today',
    'ip addresses used by user@contoso.com today',
  ],
  words: THINGS.flatMap((things) =>
    ['which', 'what', 'list', 'from which', 'from what', 'to which', 'all', 'show']
      .map((word) => `${word} ${things}`)
      .concat([`${things} used by`, `${things} of`]),
  ),
  // "which apps starting with …" goes on to say which ones.
  read: ({ tokens }, at) => (NAMING.has(wordAt(tokens, at)) ? undefined : { next: at }),
};
