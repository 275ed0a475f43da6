import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isChange } from '../../src/commands/command.ts';
import { isProblem } from '../../src/commands/problem.ts';
import { readPhrase } from '../../src/commands/read.ts';
import { context, wished } from './reading.ts';

const golden: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('./golden/changes.json', import.meta.url), 'utf8'),
);
const phrases = Object.keys(golden);

const GUIDS = ['66ea54eb-6301-4ee5-be62-ff5a759b0100', '42bf60ac-d0cb-4206-aa5c-101884298f55'] as const;

/** What people name, and what that is. */
const TARGETS = [
  ['#1 #3', { rows: [1, 3] }],
  ['rows 2 and 4', { rows: [2, 4] }],
  ['#2-4', { rows: [2, 3, 4] }],
  [GUIDS.join(', '), { ids: GUIDS }],
] as const;

const MARKS = [
  ' reason: ',
  ' reason:',
  ', because ',
  ' due to ',
  ' — ',
  ' -- ',
  ' - ',
  ': ',
  ' with reason ',
];

/** Pieces of the language, and what could pass for them. */
const PIECES = [
  ...new Set(phrases.flatMap((phrase) => phrase.split(' '))),
  ...[
    '#2',
    '#5-9',
    'and #7',
    'to #9',
    'rows 8',
    'row 6',
    ...GUIDS,
    ': #4',
    'reason:',
    '"',
    "'",
    '(',
    ')',
    ',',
  ],
];

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((some) => some.join(' '));

const anyReason = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  soup,
);

describe('a reason', () => {
  test('never changes what a request is about, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TARGETS),
        fc.constantFrom(...MARKS),
        anyReason,
        ([said, targets], mark, reason) => {
          const reading = readPhrase(`confirm compromised ${said}${mark}${reason}`, context);
          if (isProblem(reading)) return;
          expect(isChange(reading) && reading.wish).toMatchObject({
            action: 'confirm-sign-in-compromised',
            targets,
          });
        },
      ),
      { numRuns: 1200 },
    );
  });

  test('never changes which request is rejected', () => {
    fc.assert(
      fc.property(fc.constantFrom(' ', ', ', ' reason: ', ' — '), anyReason, (mark, reason) => {
        const reading = readPhrase(`reject CR-1042${mark}x ${reason}`, context);
        if (isProblem(reading)) return;
        expect(isChange(reading) && reading.wish).toMatchObject({ wish: 'reject', number: 1042 });
      }),
      { numRuns: 500 },
    );
  });

  test('is one visible line of at most 500 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const reading = readPhrase(`dismiss #1 reason: ${text}`, context);
        if (isProblem(reading) || !isChange(reading) || !('reason' in reading.wish)) return;
        expect(reading.wish.reason).toMatch(
          /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b-\u200f]{1,500}$/u,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('of plain words is kept as it was typed', () => {
    const plain = fc.stringMatching(/^[a-z][a-z0-9 .,!?'/#+-]{0,80}[a-z0-9]$/);
    fc.assert(
      fc.property(plain, (reason) => {
        expect(wished(`confirm safe #1 reason: ${reason}`).wish).toMatchObject({
          reason: reason.replace(/ +/g, ' '),
        });
      }),
      { numRuns: 500 },
    );
  });
});

test('rows are named in any order, and each counts once', () => {
  const rows = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(rows, fc.constantFrom(' ', ', ', ' and '), (some, joint) => {
      const named = some.map((row) => `#${row}`).join(joint);
      expect(wished(`dismiss risk ${named} because x`).wish).toMatchObject({
        targets: { rows: [...new Set(some)] },
      });
    }),
    { numRuns: 300 },
  );
});

const readable = (text: string): boolean => {
  const reading = readPhrase(text, context);
  return isProblem(reading) ? reading.what !== '' && reading.next !== '' : reading.command.name !== '';
};

describe('no text makes reading throw', () => {
  const verbs = fc.constantFrom(
    'confirm',
    'confirm safe',
    'mark',
    'dismiss',
    'approve',
    'reject',
    'resolve CR-1',
    'CR-1',
  );

  test('the words of changes in any order', () => {
    fc.assert(
      fc.property(verbs, soup, (verb, rest) => readable(`${verb} ${rest}`)),
      { numRuns: 700 },
    );
  });

  test('phrases with something else in the middle', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...phrases),
        fc.nat(60),
        fc.nat(10),
        fc.string({ unit: 'binary', maxLength: 12 }),
      )
      .map(([phrase, at, length, put]) => phrase.slice(0, at) + put + phrase.slice(at + length));
    fc.assert(fc.property(mutated, readable), { numRuns: 700 });
  });
});

test('a wish that is torn never becomes another one', () => {
  // What is left of a phrase may mean less, or nothing; never another action, request or decision.
  const [confirm, reject] = [
    'confirm compromised #1 #3 reason: user denies travel',
    'reject CR-1042 wrong user',
  ];
  for (let end = 0; end < confirm.length; end += 1) {
    const reading = readPhrase(confirm.slice(0, end), context);
    if (!isProblem(reading) && isChange(reading))
      expect(reading.wish).toMatchObject({ action: 'confirm-sign-in-compromised' });
  }
  for (let end = 'reject CR-1042'.length; end < reject.length; end += 1)
    expect(wished(reject.slice(0, end)).wish).toMatchObject({ wish: 'reject', number: 1042 });
});
