import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pointerOf } from '../../src/cards/pointer.ts';
import { render } from '../../src/cards/render.ts';
import { cardText } from '../support/card-text.ts';
import { anyText } from './any.ts';
import { elementsOf } from './inspect.ts';
import { problemView } from './views.ts';

const drawn = (text: string, at: number, length: number): readonly [string, string] => {
  const { line, caret } = pointerOf({ text, at, length });
  return [line.map((run) => run.text).join(''), caret].map((one) => one.replaceAll('\u00a0', ' ')) as [
    string,
    string,
  ];
};

describe('the caret', () => {
  test('stands under the word that was not understood', () => {
    expect(drawn('show flaged for bob', 5, 6)).toEqual(['show flaged for bob', '     ^^^^^^']);
  });

  test('is found on a phone: the line is cut on both sides of the word', () => {
    expect(drawn(`${'before '.repeat(20)}flaged${' after'.repeat(20)}`, 140, 6)).toEqual([
      '…ore before flaged after afte…',
      '            ^^^^^^',
    ]);
  });

  test('points at the end where something is missing', () => {
    expect(drawn('flagged for', 11, 0)).toEqual(['flagged for', '           ^']);
    expect(drawn('', 0, 0)).toEqual(['', '^']);
  });

  test('never makes a line that wraps on a phone', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 300 }), fc.nat({ max: 300 }), (text, at, length) => {
        const [line, caret] = drawn(text, at, length);
        expect([...line].length).toBeLessThanOrEqual(38);
        expect(caret).toMatch(/^ *\^+$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a problem', () => {
  test('needs neither pointer, buttons nor reference', () => {
    const { card, what, why, next } = problemView;
    expect(cardText(render({ card, what, why, next, suggestions: [] }))).toBe(`${what}\n${why}\n${next}\n`);
  });

  test('has buttons that say the corrected phrase, and none that would say something else than they show', () => {
    const suggestions = ['flagged today', 'flagged for a\u202eb', `flagged for \${x}`, 'x'.repeat(301)].map(
      (say) => ({ title: say, say }),
    );
    const buttons = elementsOf(render({ ...problemView, suggestions }), 'Action.Execute');
    expect(buttons).toMatchObject([{ title: 'flagged today', verb: 'say', data: { say: 'flagged today' } }]);
  });
});
