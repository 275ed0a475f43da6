import type { AdaptiveCard } from '../../src/cards/card.ts';
import { complaintsOf, elementsOf, leavesOf, officialCheck, schemaIsThere, sizeOf } from './inspect.ts';

type Rule = (card: AdaptiveCard) => readonly string[];

const ELEMENTS = new Set([
  ...['AdaptiveCard', 'TextBlock', 'RichTextBlock', 'TextRun', 'Container', 'ActionSet'],
  ...['Table', 'TableRow', 'TableCell', 'Action.Execute', 'Action.Submit'],
]);

const actionsOf = (bar: Record<string, unknown>): readonly unknown[] =>
  Array.isArray(bar.actions) ? bar.actions : [];

/** What holds for every card; each rule gives what breaks it. */
export const RULES: Readonly<Record<string, Rule>> = {
  'the official schema accepts it': schemaIsThere ? officialCheck() : () => [],
  'the renderer accepts it': complaintsOf,
  'it is at most 28 KB as UTF-16': (card) => (sizeOf(card) > 28 * 1024 ? [`${sizeOf(card)} bytes`] : []),
  'it holds no null': (card) =>
    leavesOf(card)
      .filter(({ value }) => value === null || value === undefined)
      .map(({ path }) => path),
  'no expression is left in any text': (card) =>
    leavesOf(card)
      .filter(({ value }) => typeof value === 'string' && /\$\{|\{\{/.test(value))
      .map(({ path, value }) => `${path} ${value}`),
  'it has no link, no image, no input, nothing but text and buttons': (card) =>
    leavesOf(card)
      .filter(({ key, value }) => key === 'type' && !ELEMENTS.has(String(value)))
      .map(({ path, value }) => `${path} ${value}`),
  'every button has a fallback with the same data and the verb': (card) =>
    elementsOf(card, 'Action.Execute')
      .filter(({ title, verb, data, fallback }) => {
        const submit = { type: 'Action.Submit', title, data: { ...Object(data), verb } };
        return JSON.stringify(fallback) !== JSON.stringify(submit);
      })
      .map((action) => JSON.stringify(action)),
  'a bar has one to six buttons': (card) =>
    elementsOf(card, 'ActionSet')
      .filter((bar) => actionsOf(bar).length < 1 || actionsOf(bar).length > 6)
      .map((bar) => JSON.stringify(bar)),
};

/** Every rule that the card breaks, with what breaks it. */
export const faultsOf = (card: AdaptiveCard): readonly string[] =>
  Object.entries(RULES).flatMap(([name, rule]) => rule(card).map((fault) => `not so: ${name}: ${fault}`));
