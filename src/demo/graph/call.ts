import { badRequest, Refusal } from './refusal.ts';

export type Version = 'v1.0' | 'beta';

/** What a POST brought along. */
export interface Posted {
  /** Undefined: longer than is read. */
  readonly body: string | undefined;
  /** As it was declared, or empty. */
  readonly contentType: string;
  readonly clientRequestId: string;
}

/** A request that came through: who asks is known, what for is not yet looked at. */
export interface Call {
  /** Where this Graph stands, for links: scheme, host and port. */
  readonly origin: string;
  readonly version: Version;
  /** Segments of the path after the version, decoded; resource names are matched without case. */
  readonly segments: readonly string[];
  /** Query options, decoded. */
  readonly query: ReadonlyMap<string, string>;
  readonly includeUnknownMembers: boolean;
  readonly eventual: boolean;
  /** Left out for a GET. */
  readonly posted?: Posted;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An answer's JSON, already in bytes. */
export type Body = Buffer;

/** The answer that has no body. */
export const NOTHING: Body = Buffer.alloc(0);

/** Reads the options of a query string; a plus is a space, as the service reads it. */
export const queryOf = (search: string): ReadonlyMap<string, string> => {
  const query = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(search)) {
    if (key === '' && value === '') continue;
    if (query.has(key)) throw badRequest(`Query option '${key}' was specified more than once.`);
    query.set(key, value);
  }
  return query;
};

/** Refuses options that the resource does not know. */
export const allowOnly = (query: ReadonlyMap<string, string>, allowed: readonly string[]): void => {
  const foreign = [...query.keys()].find((key) => !allowed.includes(key));
  if (foreign !== undefined) throw badRequest(`The query parameter '${foreign}' is not supported.`);
};

/** The page size asked for; `tooLarge` words the refusal of this resource. */
export const topOf = (
  call: Call,
  usual: number,
  most: number,
  tooLarge: (top: string) => Refusal,
): number => {
  const top = call.query.get('$top');
  if (top === undefined) return usual;
  if (!/^\d+$/.test(top) || Number(top) < 1)
    throw badRequest(`Invalid value '${top}' for $top query option found.`);
  if (Number(top) > most) throw tooLarge(top);
  return Number(top);
};

/** The properties asked for, or undefined for all. */
export const selectOf = (call: Call): readonly string[] | undefined => {
  const select = call.query.get('$select');
  return select === undefined ? undefined : select.split(',').map((name) => name.trim());
};

/** No such resource in this version. */
export const noSegment = (segment: string): Refusal =>
  new Refusal(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
