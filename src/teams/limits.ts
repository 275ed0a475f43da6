/** What the edge allows. Milliseconds and bytes. */
export interface Limits {
  /** Largest body of an inbound request. */
  readonly bodyBytes: number;
  /** Until the headers of a request are complete. */
  readonly headersMs: number;
  /** Until a request is complete, headers and body. */
  readonly requestMs: number;
  /** After this a turn is acknowledged and its door goes on alone. The rest of 3 s is for a busy machine and the way. */
  readonly turnMs: number;
  /** After this a search of the compose box is answered without its results: Teams waits for five seconds. */
  readonly searchMs: number;
  /** How long a closing server waits for turns that still run. */
  readonly drainMs: number;
  /** One outbound call. */
  readonly callMs: number;
  /** One fetch of the channel's keys. */
  readonly keysFetchMs: number;
  /** Keys older than this are not used. */
  readonly keysMaxAgeMs: number;
  /** Between two fetches that unknown key ids ask for. */
  readonly keysCooldownMs: number;
  /** Between two fetches while there are no usable keys at all. */
  readonly keysRetryMs: number;
}

/** What holds outside tests. */
export const LIMITS: Limits = {
  bodyBytes: 256 * 1024,
  headersMs: 10_000,
  requestMs: 15_000,
  turnMs: 2_700,
  searchMs: 4_000,
  drainMs: 10_000,
  callMs: 10_000,
  keysFetchMs: 5_000,
  keysMaxAgeMs: 24 * 60 * 60 * 1_000,
  keysCooldownMs: 30_000,
  keysRetryMs: 1_000,
};
