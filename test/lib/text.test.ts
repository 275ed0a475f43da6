import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { confusable, showText } from '../../src/lib/text.ts';

/** The shortest of some runs, in milliseconds: a busy machine only ever adds. */
const fastest = (run: () => void): number =>
  Math.min(
    ...Array.from({ length: 20 }, () => {
      const before = performance.now();
      run();
      return performance.now() - before;
    }),
  );

const BIDI = '\u202e';
const tagged = (text: string): string =>
  Array.from(text, (letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');

describe('showing text of a tenant', () => {
  test('ordinary text is shown as it is', () => {
    expect(showText('Graph explorer', 60)).toBe('Graph explorer');
    expect(showText("Zoë O'Brien 👩 李小龙 ❤️", 60)).toBe("Zoë O'Brien 👩 李小龙 ❤️");
    expect(showText('a $ b { c } <3', 60)).toBe('a $ b { c } <3');
  });

  test('a value without anything to see is a dash', () => {
    for (const value of [null, undefined, '', '   ', '\r\n\t', '\u3000\u00a0', {}, ['a'], Symbol('a')])
      expect(showText(value, 60)).toBe('-');
  });

  test('numbers and flags are shown', () => {
    expect(showText(50126, 60)).toBe('50126');
    expect(showText(false, 60)).toBe('false');
  });

  test('H080: a right-to-left override is spelt out', () => {
    expect(showText(`alice${BIDI}moc.osotnoc@nimda`, 60)).toBe('alice‹U+202E›moc.osotnoc@nimda');
    expect(showText('\u2066a\u2069 \u061cb \u200fc', 60)).toBe('‹U+2066›a‹U+2069› ‹U+061C›b ‹U+200F›c');
  });

  test('H081: zero-width characters, soft hyphens and tags are spelt out', () => {
    expect(showText('a\u200bb\u200dc\ufeffd\u00ade', 60)).toBe('a‹U+200B›b‹U+200D›c‹U+FEFF›d‹U+00AD›e');
    expect(showText(`a${tagged('A')}`, 60)).toBe('a‹U+E0041›');
    expect(showText('\ufe0f', 60)).toBe('‹U+FE0F›');
    expect(showText('\u2800\u3164', 60)).toBe('‹U+2800›‹U+3164›');
  });

  test('controls and halves of surrogate pairs are spelt out', () => {
    expect(showText('a\0b\x1b[31m\x7f', 60)).toBe('a‹U+0000›b‹U+001B›[31m‹U+007F›');
    expect(showText('\ud83d!', 60)).toBe('‹U+D83D›!');
  });

  test('H085: a thousand marks on one letter become a few', () => {
    const shown = showText(`Z${'\u0301'.repeat(1000)}algo`, 60);
    expect(shown).toBe(`Z${'\u0301'.repeat(8)}…`);
    expect(showText(`a${'\u0301'.repeat(20)}b`, 60)).toBe(`a${'\u0301'.repeat(8)}…b`);
  });

  test('H101: an unknown value is shown as it is', () => {
    expect(showText('newThing', 60)).toBe('newThing');
    expect(showText('unknownFutureValue', 60)).toBe('unknownFutureValue');
  });

  test('H155: a name cannot begin a line of its own', () => {
    expect(showText('Kim\r\n✅ Approved\u2028by CISO', 60)).toBe('Kim ✅ Approved by CISO');
  });

  test('H158: a value of 1 MB is cut, in a time that its length does not matter for', () => {
    for (const letter of ['x', 'é', '\u0301', '\n', '{', BIDI, '\u1100', '👍🏽']) {
      const value = letter.repeat(1_000_000);
      expect(showText(value, 60).length).toBeLessThanOrEqual(60);
      expect(fastest(() => showText(value, 60))).toBeLessThan(5);
    }
  });

  test('templates and tags are broken', () => {
    expect(showText('$' + '{secret} {{{x}}}', 60)).toBe('$ {secret} { { {x}}}');
    expect(showText('$\n{x} <at>Team</at> <AT id="1">', 60)).toBe('$ {x} < at>Team< /at> < AT id="1">');
    expect(showText('<script> <img src=x> <!--', 60)).toBe('< script> < img src=x> < !--');
  });

  test('what is too long is cut between two characters and ends in an ellipsis', () => {
    expect(showText('abcdefgh', 8)).toBe('abcdefgh');
    expect(showText('abcdefghi', 8)).toBe('abcdefg…');
    expect(showText('abcde👍🏽xyz', 8)).toBe('abcde…');
    expect(showText(`abc${'é'.normalize('NFD')}defgh`, 5)).toBe('abc…');
    expect(showText('👨👩👧👦👨', 4)).toBe('👨…');
    expect(showText('\u1100'.repeat(20), 8)).toBe(`${'\u1100'.repeat(7)}…`);
    expect(showText(`x${' '.repeat(100)}y`, 8)).toBe('x…');
    expect(showText(`${'\n'.repeat(15)}👍🏽`, 8)).toBe('…');
  });

  test('whatever the value, the text is one harmless line within the limit', () => {
    const nasty = fc.constantFrom(
      '$',
      '{',
      '<',
      'at>',
      '/',
      '\n',
      BIDI,
      '\u200d',
      '\u0301',
      '\ud83d',
      '👍🏽',
      '\ufe0f',
    );
    const value = fc.array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 });
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 80 }), (parts, max) => {
        const shown = showText(parts.join(''), max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/\$\{|\{\{|<\/?[a-z]/i);
        expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u);
      }),
      { numRuns: 2000 },
    );
  });

  test('a hundred values take a fraction of a card’s millisecond', () => {
    const values = [
      'user@contoso.com',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
      '203.0.113.7',
      'Zoë Müller',
    ];
    const show = () => {
      for (let turn = 0; turn < 25; turn++) for (const value of values) showText(value, 120);
    };
    expect(fastest(show)).toBeLessThan(0.3);
  });
});

describe('names that deceive', () => {
  test('H041: a name with a Cyrillic letter among ASCII ones is given back in ASCII', () => {
    expect(confusable('аdmin@contoso.com')).toBe('admin@contoso.com');
    expect(confusable('alice@соntoso.com')).toBe('alice@contoso.com');
    expect(confusable('раура@contoso.com')).toBe('paypa@contoso.com');
    expect(confusable('Αlice')).toBe('Alice');
  });

  test('H082: full-width letters, ligatures and the Kelvin sign are named, not changed silently', () => {
    expect(confusable('\uff41dmin@contoso.com')).toBe('admin@contoso.com');
    expect(confusable('\ufb01ona@contoso.com')).toBe('fiona@contoso.com');
    expect(confusable('\u212aim@contoso.com')).toBe('Kim@contoso.com');
    expect(showText('\uff41dmin@contoso.com', 60)).toBe('\uff41dmin@contoso.com');
  });

  test('an honest name in any script is left alone', () => {
    for (const name of [
      'alice@contoso.com',
      'иван@contoso.com',
      'Σωκράτης',
      'zoë@contoso.com',
      '李小龙',
      'José',
      '',
    ])
      expect(confusable(name)).toBeUndefined();
    expect(confusable('é'.normalize('NFD'))).toBeUndefined();
  });

  test('a long name takes no longer than a short one', () => {
    const name = `а${'b'.repeat(1_000_000)}`;
    expect(confusable(name)).toBe(`a${'b'.repeat(255)}`);
    expect(fastest(() => confusable(name))).toBeLessThan(5);
  });
});
