import { type Token, tokensOf } from './filter-tokens.ts';
import { invalidFilter } from './refusal.ts';

/** A literal; text was quoted, everything else was not. */
export type Literal =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'instant' | 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly value: boolean };

/** The operators that some property of some resource takes; `gt` and `lt` are taken by none. */
export type Operator = (typeof COMPARISONS)[number] | 'startswith';

const COMPARISONS = ['eq', 'ne', 'ge', 'le'] as const;

/** A `$filter` as it was written. Inside `any`, the range variable stands where a property would. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | {
      readonly kind: 'compare';
      readonly operator: Operator;
      readonly property: string;
      readonly literal: Literal;
    }
  | { readonly kind: 'any'; readonly property: string; readonly variable: string; readonly part: Expression };

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

/** The service counts nodes; nesting stands for them here. */
const DEEPEST = 50;

/** Reads a `$filter`; anything that is no filter is refused with 400. */
export const readFilter = (filter: string): Expression => {
  const reader: Reader = { tokens: tokensOf(filter), at: 0, depth: 0 };
  const expression = either(reader);
  if (peek(reader).kind !== 'end') throw syntaxError(reader);
  return expression;
};

const peek = (reader: Reader): Token => reader.tokens[reader.at] ?? { kind: 'end', value: '' };

const next = (reader: Reader): Token => {
  const token = peek(reader);
  reader.at += 1;
  return token;
};

const syntaxError = (reader: Reader) =>
  invalidFilter(`Syntax error near '${String(peek(reader).value).slice(0, 50)}'.`);

const isNext = (reader: Reader, kind: 'name' | 'mark', value: string): boolean => {
  const token = peek(reader);
  return token.kind === kind && token.value === value;
};

const take = (reader: Reader, kind: 'name' | 'mark', value: string): void => {
  if (!isNext(reader, kind, value)) throw syntaxError(reader);
  reader.at += 1;
};

const takeName = (reader: Reader): string => {
  const token = peek(reader);
  if (token.kind !== 'name') throw syntaxError(reader);
  reader.at += 1;
  return token.value;
};

const chain = (reader: Reader, kind: 'and' | 'or', part: (reader: Reader) => Expression): Expression => {
  const first = part(reader);
  const parts = [first];
  while (isNext(reader, 'name', kind)) {
    reader.at += 1;
    parts.push(part(reader));
  }
  return parts.length === 1 ? first : { kind, parts };
};

const either = (reader: Reader): Expression => chain(reader, 'or', both);
const both = (reader: Reader): Expression => chain(reader, 'and', single);

const nested = (reader: Reader): Expression => {
  reader.depth += 1;
  if (reader.depth > DEEPEST) throw invalidFilter('The node count limit has been exceeded.');
  const expression = either(reader);
  take(reader, 'mark', ')');
  reader.depth -= 1;
  return expression;
};

const single = (reader: Reader): Expression => {
  if (isNext(reader, 'mark', '(')) {
    reader.at += 1;
    return nested(reader);
  }
  if (isNext(reader, 'name', 'not')) {
    reader.at += 1;
    take(reader, 'mark', '(');
    return { kind: 'not', part: nested(reader) };
  }
  const name = takeName(reader);
  if (isNext(reader, 'mark', '(')) {
    reader.at += 1;
    return name.endsWith('/any') ? lambda(reader, name.slice(0, -'/any'.length)) : call(reader, name);
  }
  return { kind: 'compare', property: name, operator: takeComparison(reader), literal: literalOf(reader) };
};

const lambda = (reader: Reader, property: string): Expression => {
  const variable = takeName(reader);
  take(reader, 'mark', ':');
  return { kind: 'any', property, variable, part: nested(reader) };
};

/** `startsWith`, in either spelling, is the only function. */
const call = (reader: Reader, name: string): Expression => {
  if (name.toLowerCase() !== 'startswith') throw invalidFilter();
  const property = takeName(reader);
  take(reader, 'mark', ',');
  const literal = literalOf(reader);
  take(reader, 'mark', ')');
  return { kind: 'compare', operator: 'startswith', property, literal };
};

const takeComparison = (reader: Reader): Operator => {
  const name = takeName(reader);
  const operator = COMPARISONS.find((known) => known === name);
  if (operator === undefined) throw invalidFilter();
  return operator;
};

const literalOf = (reader: Reader): Literal => {
  const token = next(reader);
  switch (token.kind) {
    case 'text':
      return { kind: 'text', value: token.value };
    case 'instant':
    case 'number':
      return { kind: token.kind, value: token.value };
    case 'name':
      if (token.value === 'true' || token.value === 'false')
        return { kind: 'flag', value: token.value === 'true' };
      throw invalidFilter();
    case 'mark':
    case 'end':
      throw invalidFilter();
  }
};
