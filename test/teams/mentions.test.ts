import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { namesOf, readText } from '../../src/teams/mentions.ts';

const BOT = namesOf(['Flagman', '<at>R&amp;D  Bot</at>', undefined]);

test.each([
  ['<AT>flagman</AT> help', 'help'],
  ['<at> Flagman </at>&nbsp;help', 'help'],
  ['<at>R&D Bot</at> help', 'help'],
  ['<at>R&amp;D&nbsp;Bot</at> help', 'help'],
  ['<at>Flagman 2</at> help', 'Flagman 2 help'],
  ['a<at>Flagman</at>b', 'a b'],
  ['Flagman help', 'Flagman help'],
  ['<attack>x</attack>', '<attack>x</attack>'],
  [
    '1 &lt; 2 &amp;&amp; &quot;x&quot; &apos;y&apos; &#39;z&#x27; &#x1F600;',
    `1 < 2 && "x" 'y' 'z' \u{1f600}`,
  ],
  ['&#0; &#1114112; &#xFFFFFF; &unknown; &amp', '&#0; &#1114112; &#xFFFFFF; &unknown; &amp'],
  ['line 1\nline 2', 'line 1\nline 2'],
  ['', ''],
])('%j means %j', (text, meant) => {
  expect(readText(text, BOT)).toBe(meant);
});

test('for all texts, one without tags and references is only trimmed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const text = raw.replace(/[<&]/g, '');
      expect(readText(text, BOT)).toBe(text.replaceAll('\u00a0', ' ').trim());
    }),
  );
});

test('for all texts, putting mentions of the bot around it changes nothing', () => {
  const mention = '<at>Flagman</at>&nbsp;';
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readText(`${mention}${text} ${mention}`, BOT)).toBe(readText(text, BOT));
    }),
  );
});

/** The best of several runs, since other work on the machine only adds. What grows with the square takes minutes. */
const bestTime = (read: () => unknown): number => {
  const once = (): number => {
    const from = performance.now();
    read();
    return performance.now() - from;
  };
  return Math.min(...Array.from({ length: 5 }, once));
};

test.each([
  ['tags that open', '<at>'],
  ['tags that close', '</at>'],
  ['tags that never end', '<at '],
  ['ampersands', '&'],
  ['references', '&amp;'],
  ['mentions', '<at>Flagman</at>'],
])('two hundred thousand %s are read in a moment', (_, piece) => {
  expect(bestTime(() => readText(piece.repeat(200_000), BOT))).toBeLessThan(10_000);
});

test('nesting a hundred thousand deep is read in a moment', () => {
  const text = `${'<at>x'.repeat(100_000)}${'</at>'.repeat(100_000)}`;
  expect(readText(text, BOT)).toHaveLength(100_000);
  expect(bestTime(() => readText(text, BOT))).toBeLessThan(10_000);
});
