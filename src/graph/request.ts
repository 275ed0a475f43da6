import { allOf, type Filter, toOData, windowFilters } from '../entra/filter.ts';
import type { Query } from '../entra/query.ts';
import type { Span } from './span.ts';

/** The most rows that Graph gives in one page of sign-ins, and its default. */
export const MOST_ROWS = 1000;

/** Web servers on the way commonly take request lines of 8 KB; this leaves room for what they add. */
const LONGEST_URL = 7500;

/** How many rows to ask for at a time: few for "top 5", where Graph can test the whole question. */
export const pageSize = (query: Query, exact: boolean): number =>
  query.limit !== undefined && query.groupBy === undefined && exact
    ? Math.min(query.limit, MOST_ROWS)
    : MOST_ROWS;

/** Encodes text for a query once: also `'`, which `encodeURIComponent` leaves alone. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/** One request for sign-ins. Newest first is asked for, because it is not the order everywhere. */
export const signInsRequest = (
  graphUrl: string,
  clauses: readonly Filter[],
  span: Span,
  top: number,
): { readonly sent: string; readonly url: string } => {
  const filter = allOf([...windowFilters(span.from, span.to), ...clauses]);
  const sent = filter === undefined ? '' : toOData(filter);
  // flaggedForReview and signInEventTypes exist in beta only.
  const url = `${graphUrl}/beta/auditLogs/signIns?$filter=${encoded(sent)}&$top=${top}&$orderby=createdDateTime%20desc`;
  return { sent, url };
};

const alternatives = (clause: Filter): number => {
  if (clause.op === 'or') return clause.of.length;
  return clause.op === 'any' ? clause.values.length : 1;
};

const half = (clause: Filter, side: 0 | 1): Filter => {
  const cut = <Item>(items: readonly Item[]): readonly Item[] => {
    const middle = Math.ceil(items.length / 2);
    return side === 0 ? items.slice(0, middle) : items.slice(middle);
  };
  if (clause.op === 'or') return { op: 'or', of: cut(clause.of) };
  return clause.op === 'any' ? { ...clause, values: cut(clause.values) } : clause;
};

/**
 * Cuts a question whose URL would be refused as too long into questions that together mean the same,
 * at its longest list of alternatives.
 */
export const split = (
  graphUrl: string,
  clauses: readonly Filter[],
  span: Span | undefined,
  top: number,
): readonly [readonly Filter[], ...(readonly Filter[])[]] => {
  const { url } = signInsRequest(graphUrl, clauses, span ?? { from: new Date(0).toISOString() }, top);
  const longest = Math.max(1, ...clauses.map(alternatives));
  if (url.length <= LONGEST_URL || longest === 1) return [clauses];
  const at = clauses.findIndex((clause) => alternatives(clause) === longest);
  const part = (side: 0 | 1) =>
    split(
      graphUrl,
      clauses.map((clause, index) => (index === at ? half(clause, side) : clause)),
      span,
      top,
    );
  const [first, ...rest] = part(0);
  return [first, ...rest, ...part(1)];
};
