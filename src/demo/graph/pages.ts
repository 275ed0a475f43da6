import { createHash } from 'node:crypto';
import type { Call } from './call.ts';
import { badRequest } from './refusal.ts';

/** One page of a collection, cut out by offset and size. */
export interface Page {
  readonly from: number;
  readonly to: number;
  /** Where the next page is, if there is one. */
  readonly nextLink?: string;
}

/**
 * Cuts the page that a call asks for out of `total` items. A `$skiptoken` is good for the query that it was
 * given for, and for no other.
 */
export const pageOf = (call: Call, path: string, total: number, size: number): Page => {
  const query = questionOf(call);
  const from = offsetOf(call, query);
  const to = Math.min(from + size, total);
  if (to >= total) return { from, to };
  const token = tokenOf(call.version, query, to);
  const link = `${call.origin}/${call.version}/${path}?${query === '' ? '' : `${query}&`}$skiptoken=${token}`;
  return { from, to, nextLink: link };
};

const questionOf = (call: Call): string =>
  [...call.query]
    .filter(([key]) => key !== '$skiptoken')
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');

const tokenOf = (version: string, query: string, offset: number): string =>
  `${createHash('sha256').update(`${version} ${offset} ${query}`).digest('hex').slice(0, 32)}_${offset}`;

const offsetOf = (call: Call, query: string): number => {
  const token = call.query.get('$skiptoken');
  if (token === undefined) return 0;
  if (token === '') throw badRequest('Invalid Skip Token, skip token is null');
  const offset = Number(token.split('_')[1]);
  if (token !== tokenOf(call.version, query, offset)) throw badRequest('Invalid Skip Token');
  return offset;
};
