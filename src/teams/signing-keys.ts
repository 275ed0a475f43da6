import type { JWK } from 'jose';
import { z } from 'zod';
import { isLoopback } from '../entra/clouds.ts';
import type { Log } from '../lib/log.ts';
import { readAll } from '../lib/read-all.ts';
import type { Limits } from './limits.ts';

/** A public key of the channel, and the channels that it may sign for. */
export interface SigningKey {
  readonly jwk: JWK;
  readonly endorsements: readonly string[];
}

/** The channel's current keys. */
export interface SigningKeys {
  /** The key of this id. `unavailable`: there are no usable keys at all, so nothing can be verified. */
  find(kid: string): Promise<SigningKey | 'unknown' | 'unavailable'>;
  /** Whether usable keys are at hand, after trying to get them. */
  ready(): Promise<boolean>;
  /** Rises with every fetch, so that what older keys vouched for can be forgotten. */
  readonly generation: number;
}

export interface SigningKeysOptions {
  readonly openIdUrl: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly limits: Limits;
  readonly log: Log;
  readonly onEvent: (name: 'keys.fetched' | 'keys.failed') => void;
}

const MAX_DOCUMENT_BYTES = 1024 * 1024;

const Configuration = z.object({ jwks_uri: z.url() });
const KeyDocument = z.object({ keys: z.array(z.unknown()) });
const RsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string().min(1),
  e: z.string().min(1),
  use: z.literal('sig').optional(),
  endorsements: z.array(z.string()).optional(),
});

const fetchDocument = async (url: string, timeoutMs: number): Promise<unknown> => {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`The key document was answered with ${response.status}.`);
  const body = await readAll(response.body ?? [], MAX_DOCUMENT_BYTES);
  if (!body) throw new Error('The key document is larger than 1 MB.');
  return JSON.parse(body.toString('utf8'));
};

// The configuration could be made to point anywhere; keys come from the host that it came from.
const isSameSide = (openIdUrl: string, keysUrl: string): boolean =>
  isLoopback(openIdUrl) ? isLoopback(keysUrl) : new URL(openIdUrl).origin === new URL(keysUrl).origin;

const fetchKeys = async (openIdUrl: string, timeoutMs: number): Promise<ReadonlyMap<string, SigningKey>> => {
  const { jwks_uri: keysUrl } = Configuration.parse(await fetchDocument(openIdUrl, timeoutMs));
  if (!isSameSide(openIdUrl, keysUrl)) throw new Error('The keys are said to lie on another host.');
  const document = KeyDocument.parse(await fetchDocument(keysUrl, timeoutMs));
  const keys = new Map<string, SigningKey>();
  for (const candidate of document.keys) {
    const { data: key } = RsaKey.safeParse(candidate);
    if (!key || keys.has(key.kid)) continue;
    keys.set(key.kid, { jwk: { kty: key.kty, n: key.n, e: key.e }, endorsements: key.endorsements ?? [] });
  }
  if (keys.size === 0) throw new Error('The key document holds no usable key.');
  return keys;
};

/**
 * The keys that an OpenID configuration names, fetched when first needed and kept for a day. Fails closed: when they
 * are too old and cannot be fetched again, there are none.
 */
export const createSigningKeys = (options: SigningKeysOptions): SigningKeys => {
  const { openIdUrl, clock, limits, log, onEvent } = options;
  let keys: ReadonlyMap<string, SigningKey> = new Map();
  let generation = 0;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const isFresh = (): boolean => clock() - fetchedAt < limits.keysMaxAgeMs;

  const load = async (): Promise<void> => {
    triedAt = clock();
    try {
      keys = await fetchKeys(openIdUrl, limits.keysFetchMs);
      fetchedAt = clock();
      generation += 1;
      onEvent('keys.fetched');
    } catch (error) {
      log.warn('keys.failed', { error });
      onEvent('keys.failed');
    }
  };

  /** One fetch at a time, and none within the pause after the last. */
  const refresh = async (pauseMs: number): Promise<void> => {
    if (!fetching && clock() - triedAt < pauseMs) return;
    fetching ??= load().finally(() => {
      fetching = undefined;
    });
    await fetching;
  };

  const ready = async (): Promise<boolean> => {
    if (!isFresh()) await refresh(limits.keysRetryMs);
    return isFresh();
  };

  return {
    ready,
    find: async (kid) => {
      if (!(await ready())) return 'unavailable';
      const known = keys.get(kid);
      if (known) return known;
      await refresh(limits.keysCooldownMs);
      return keys.get(kid) ?? 'unknown';
    },
    get generation() {
      return generation;
    },
  };
};
