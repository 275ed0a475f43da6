import { DateTime } from 'luxon';
import { invalidFilter } from './refusal.ts';

/** One word of a `$filter`. Instants are milliseconds since 1970. */
export type Token =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'instant' | 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'mark'; readonly value: string }
  | { readonly kind: 'end'; readonly value: '' };

const WORDS =
  /\s*(?:'(?<text>(?:[^']|'')*)'|(?<instant>\d{4}-\d{2}-\d{2}[\w:.+-]*)|(?<number>-?\d+(?:\.\d+)?)(?![\w-])|(?<name>[A-Za-z_]\w*(?:\/[A-Za-z_]\w*)*)|(?<mark>[(),:]))/y;

/** Cuts a `$filter` into words; what is no word is refused. */
export const tokensOf = (filter: string): readonly Token[] => {
  const tokens: Token[] = [];
  const end = filter.trimEnd().length;
  WORDS.lastIndex = 0;
  while (WORDS.lastIndex < end) {
    const at = WORDS.lastIndex;
    const groups = WORDS.exec(filter)?.groups;
    if (groups === undefined)
      throw invalidFilter(`Syntax error at position ${at} in '${filter.slice(0, 200)}'.`);
    tokens.push(tokenOf(groups));
  }
  return [...tokens, { kind: 'end', value: '' }];
};

const tokenOf = (groups: Readonly<Record<string, string | undefined>>): Token => {
  const { text, instant, number, name, mark = '' } = groups;
  if (text !== undefined) return { kind: 'text', value: text.replaceAll("''", "'") };
  if (instant !== undefined) return { kind: 'instant', value: instantOf(instant) };
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (name !== undefined) return { kind: 'name', value: name };
  return { kind: 'mark', value: mark };
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,12})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A date alone is midnight in UTC; a time needs its zone. */
const instantOf = (literal: string): number => {
  const time = DateTime.fromISO(literal, { zone: 'utc' });
  if (!time.isValid || !(DATE.test(literal) || DATE_TIME.test(literal))) throw invalidFilter();
  return time.toMillis();
};
