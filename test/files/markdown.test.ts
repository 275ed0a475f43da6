import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { markdown } from '../../src/files/markdown.ts';
import { headOf, textOf } from './rows.ts';

/** As careless as a renderer can be: HTML passes, and everything that looks like an address becomes a link. */
const careless = new MarkdownIt({ html: true, linkify: true, typographer: true });
careless.linkify.set({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true });

const cellsOf = (html: string): string[] =>
  [...html.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => cell);

test('says what it is and how complete, and then comes a table', async () => {
  const text = await textOf(markdown, [['a', 1, true, null, ['x', 'y'], '']], 6);
  expect(text).toBe(
    [
      '# A table',
      '',
      '- Asked: `flagged`',
      '- How complete: `Everything in this scope was read`',
      '',
      '| C0 | C1 | C2 | C3 | C4 | C5 |',
      '| --- | --- | --- | --- | --- | --- |',
      '| `a` | `1` | yes |  | `x; y` |  |',
      '',
    ].join('\n'),
  );
});

describe('what a tenant says stays text', () => {
  const cells = [
    'user@contoso.com',
    'https://evil.example',
    'www.evil.example',
    '198.51.100.7',
    '[Sign in again](https://evil.example)',
    '![x](https://evil.example/p.png)',
    '<script>alert(1)</script>',
    '<https://evil.example>',
    'a|b',
    'a\\|b',
    '`code` **bold** ~~gone~~ :smile:',
    '``',
    '\\',
    '$x$ \x24{y} {{z}}',
    '&lt;b&gt;',
    'one\n\n# two\n| three |',
  ];

  test.each(cells)('%j is one cell without link, tag or emphasis', async (cell) => {
    const html = careless.render(await textOf(markdown, [[cell, 'end']], 2));
    expect(cellsOf(html)).toHaveLength(2);
    expect(html).not.toMatch(/<(?:a|img|script|b|strong|em|s|h2)\b/);
  });

  test('for all texts', async () => {
    const unit = fc.constantFrom(
      '`',
      '|',
      '\\',
      '*',
      '_',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '!',
      '#',
      '\n',
      ' ',
      'a',
      'www.b.example',
      'a@b.example',
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 12 }), async (cell) => {
        const html = careless.render(await textOf(markdown, [[cell, 'end']], 2));
        expect(cellsOf(html)).toHaveLength(2);
        expect(cellsOf(html)[0]).toMatch(/^(<code>[^<]*<\/code>)?$/);
      }),
      { numRuns: 300 },
    );
  });
});

test('the head is cleaned as the cells are', async () => {
  const head = { ...headOf(1), facts: [{ key: 'asked', title: 'Asked', value: '<b>`x` www.evil.example' }] };
  const html = careless.render(await textOf(markdown, [['a']], 1, head));
  expect(html).not.toMatch(/<(?:a|b)\b/);
});
