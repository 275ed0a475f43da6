import type { CardJson } from './messages.ts';

/** A button of a card. */
export interface CardAction {
  readonly type: string;
  readonly title?: string;
  readonly id?: string;
  readonly verb?: string;
  readonly data?: unknown;
  readonly fallback?: unknown;
}

const isAction = (value: object): value is CardAction =>
  'type' in value && typeof value.type === 'string' && value.type.startsWith('Action.');

/** Every button of a card, in the order of reading, those of nested cards included. */
export const actionsOf = (card: CardJson | null): readonly CardAction[] => {
  const walk = (value: unknown): readonly CardAction[] => {
    if (Array.isArray(value)) return value.flatMap(walk);
    if (typeof value !== 'object' || value === null) return [];
    // What stands in a button's `fallback` or `data` is not another button on the screen.
    if (isAction(value)) return [value, ...('card' in value ? walk(value.card) : [])];
    return Object.values(value).flatMap(walk);
  };
  return walk(card);
};

/** The button with this title or verb, or that fits the test; the first one when there are several. */
export const findAction = (
  card: CardJson | null,
  wanted: string | ((action: CardAction) => boolean),
): CardAction | undefined => {
  const fits =
    typeof wanted === 'string'
      ? ({ title, verb }: CardAction) => title === wanted || verb === wanted
      : wanted;
  return actionsOf(card).find(fits);
};
