import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { isChange, type Wish } from '../../src/commands/command.ts';
import { isProblem, type Problem } from '../../src/commands/problem.ts';
import { readPhrase } from '../../src/commands/read.ts';
import { context, meant } from './reading.ts';

/**
 * What people may say about changes and what it means, a line each, read and judged by people. UPDATE_GOLDEN=1
 * writes it anew.
 */
const file = new URL('./golden/changes.json', import.meta.url);
const golden: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));

const numbered = (number: number | undefined): string =>
  number === undefined ? 'replied to' : `CR-${number}`;

const wishInWords = (wish: Wish): string => {
  switch (wish.wish) {
    case 'request': {
      const { action, targets, reason } = wish;
      const which = 'rows' in targets ? `rows ${targets.rows.join(' ')}` : `ids ${targets.ids.join(' ')}`;
      return `${action}: ${which}${reason === undefined ? '' : `: ${reason}`}`;
    }
    case 'reject':
      return `reject ${numbered(wish.number)}${wish.reason === undefined ? '' : `: ${wish.reason}`}`;
    case 'resolve':
      return `resolve ${numbered(wish.number)}${wish.as === undefined ? '' : `: ${wish.as}`}`;
    case 'approve':
    case 'withdraw':
      return `${wish.wish} ${numbered(wish.number)}`;
    default:
      return `no change: ${wish.wish}`;
  }
};

const problemInWords = ({ problem, at, asked, suggestions }: Problem): string => {
  const caret = at && asked ? ` at ${asked.slice(at.start, at.start + at.length)}` : '';
  return `! ${problem}${caret}${suggestions.map(({ say }) => ` | ${say}`).join('')}`;
};

const inWords = (phrase: string): string => {
  const reading = readPhrase(phrase, context);
  if (isProblem(reading)) return problemInWords(reading);
  return isChange(reading) ? wishInWords(reading.wish) : `(${reading.command.name})`;
};

if (process.env.UPDATE_GOLDEN) {
  const anew = Object.fromEntries(Object.keys(golden).map((phrase) => [phrase, inWords(phrase)]));
  writeFileSync(file, `${JSON.stringify(anew, null, 1)}\n`);
}

test.each(Object.entries(golden))('"%s" means what it meant when it was judged', (phrase, meaning) => {
  expect(inWords(phrase)).toBe(meaning);
});

test('they are many', () => {
  expect(Object.keys(golden).length).toBeGreaterThan(200);
});

test.each(Object.keys(golden))('what "%s" is answered with can be said', (phrase) => {
  const reading = readPhrase(phrase, context);
  for (const { say } of isProblem(reading) ? reading.suggestions : []) {
    const call = meant(say);
    // Only what was typed, with something corrected, may ask for a change: nobody presses an example into being.
    if (isChange(call) && call.wish.wish === 'request') expect(say.slice(-8)).toBe(phrase.slice(-8));
  }
});
