import type { Middleware } from '@microsoft/microsoft-graph-client';
import { GraphFailure, type GraphProblemKind } from '../entra/graph-problem.ts';
import { readAll } from '../lib/read-all.ts';
import { unlessAborted } from './abort.ts';
import { type Budget, LONGEST_DELAY, type Slot } from './budget.ts';
import { type Call, type CallOptions, callOf, failure, type GraphEvent, step } from './call.ts';
import { isGraphUrl } from './link.ts';
import { problemOf } from './problem.ts';
import { pauseAfter, type RetryPolicy, waitBefore } from './retry.ts';
import type { Bucket } from './settings.ts';

/** Gives a token for Graph; a fresh one when the last was refused. */
export type GetToken = (options: { readonly fresh: boolean }) => Promise<string>;

/** What every request goes through. */
export interface Wire extends RetryPolicy {
  /** Root of Microsoft Graph, without version or trailing slash. */
  readonly graphUrl: string;
  readonly getToken: GetToken;
  readonly budgets: Readonly<Record<Bucket, Budget>>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly newId: () => string;
  readonly observe: (event: GraphEvent) => void;
  /** Milliseconds for one request and its answer. */
  readonly requestTimeout: number;
  /** The largest answer that is taken in, in bytes. */
  readonly maxBytes: number;
}

/**
 * Outermost: sends exactly the URL that was asked for, and nothing anywhere else. The SDK would not encode it,
 * would lose repeated keys of a link to the next page, and knows its own hosts only.
 */
export const pinned = ({ graphUrl, observe }: Wire): Middleware =>
  step(async (context, next) => {
    const call = callOf(context);
    try {
      if (!isGraphUrl(call.url, graphUrl)) {
        observe({ event: 'foreign-link' });
        throw failure('foreign-link');
      }
      context.request = call.url;
      return await next();
    } catch (error) {
      call.failure = error;
      throw error;
    }
  });

/**
 * Waits and repeats what only reads. A 429 holds up everybody who shares the bucket, for what is sent meanwhile
 * counts too.
 */
export const patient = (wire: Wire): Middleware =>
  step(async (context, next) => {
    const call = callOf(context);
    const { signal, buckets } = call.options;
    const repeats = new Map<GraphProblemKind, number>();
    for (;;) {
      try {
        return await next();
      } catch (error) {
        if (!(error instanceof GraphFailure)) throw error;
        const { kind, requestId } = error.problem;
        const event = { event: 'failed', bucket: buckets[0], kind } as const;
        wire.observe({ ...event, ...(requestId !== undefined && { requestId }) });
        if (signal?.aborted) throw error;
        const repeated = repeats.get(kind) ?? 0;
        const wait = call.change === undefined ? waitBefore(error.problem, repeated, wire) : undefined;
        repeats.set(kind, repeated + 1);
        if (kind === 'throttled') {
          const pause = wait ?? pauseAfter(error.problem, wire);
          for (const bucket of buckets) wire.budgets[bucket].pause(pause);
        }
        if (wait === undefined) throw error;
        if (kind !== 'throttled') await wire.sleep(wait, signal).catch(() => Promise.reject(error));
      }
    }
  });

const isTokenRefused = (error: unknown): boolean =>
  error instanceof GraphFailure && (error.problem.kind === 'token-rejected' || error.problem.status === 401);

/** Puts on what every request carries. */
export const authorised = ({ getToken, newId }: Wire): Middleware => {
  // The last token was refused, so whoever asks next needs another.
  let wantsFresh = false;
  return step(async (context, next) => {
    const { signal, headers, clientRequestId } = callOf(context).options;
    const fresh = wantsFresh;
    const token = await unlessAborted(getToken({ fresh }), signal).catch(() => {
      throw signal?.aborted ? failure('timeout') : failure('token-rejected', 'No token could be had.');
    });
    // Another token may have been refused meanwhile.
    if (fresh) wantsFresh = false;
    context.options = {
      ...context.options,
      headers: {
        ...headers,
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        // Without it, members that Graph thinks we do not know are replaced by `unknownFutureValue`.
        prefer: 'include-unknown-enum-members',
        'client-request-id': clientRequestId ?? newId(),
      },
    };
    return next().catch((error: unknown) => {
      wantsFresh ||= isTokenRefused(error);
      throw error;
    });
  });
};

/** Graph's clock may be so many seconds before or behind ours without a remark. */
const SKEW_ALLOWED = 300;

const skewOf = (response: Response, now: number): number | undefined => {
  const theirs = Date.parse(response.headers.get('date') ?? '');
  const seconds = Math.round((theirs - now) / 1000);
  return Math.abs(seconds) > SKEW_ALLOWED ? seconds : undefined;
};

const readBody = async (response: Response, maxBytes: number): Promise<string> => {
  const body = await readAll(response.body ?? [], maxBytes);
  if (!body) throw failure('wrong-shape', `The answer is larger than ${maxBytes} bytes.`);
  return body.toString('utf8');
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw failure('not-json');
  }
};

const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';

/** What a thrown error means: ours as it is, a time-out, or no connection. Its text may name hosts, so it ends here. */
const asFailure = (error: unknown, call: Call): GraphFailure => {
  if (error instanceof GraphFailure) return error;
  return failure(isTimeout(error) || call.options.signal?.aborted ? 'timeout' : 'unreachable');
};

/** A change that Graph accepted is done, whatever becomes of the body. A page of HTML is not Graph's. */
const isDone = ({ change }: Call, { ok, body, headers }: Response): boolean =>
  change !== undefined && ok && (body === null || !headers.get('content-type')?.startsWith('text/html'));

/** Reads the whole answer and turns all but 2xx into a typed failure. */
export const judged = ({ clock, observe, maxBytes }: Wire): Middleware =>
  step(async (context, next) => {
    const call = callOf(context);
    try {
      const response = await next();
      call.skew = skewOf(response, clock());
      if (call.skew !== undefined) observe({ event: 'skewed', seconds: call.skew });
      if (isDone(call, response)) {
        await response.body?.cancel().catch(() => undefined);
        return response;
      }
      const body = await readBody(response, maxBytes);
      if (!response.ok) throw new GraphFailure(problemOf(response, body, clock()));
      call.body = parsed(body);
      return response;
    } catch (error) {
      throw asFailure(error, call);
    }
  });

/** A caller who gives up while Graph throttles is told so. */
const enter = async (budget: Budget, { priority, signal }: CallOptions, delay: number): Promise<Slot> => {
  try {
    return await budget.enter(priority, signal, delay);
  } catch (error) {
    if (!signal?.aborted) throw error;
    const seconds = Math.ceil(budget.pausedFor() / 1000);
    throw seconds > 0
      ? new GraphFailure({ kind: 'throttled', retryAfter: seconds })
      : failure('timeout', 'The wait for the budget took too long.');
  }
};

/** Waits for a place in every bucket that counts the request. */
export const budgeted = ({ budgets }: Wire): Middleware =>
  step(async (context, next) => {
    const { options } = callOf(context);
    const slots: Slot[] = [];
    try {
      for (const bucket of options.buckets) {
        const isLast = slots.length === options.buckets.length - 1;
        const isSentAtOnce = isLast && options.gate === undefined;
        slots.push(await enter(budgets[bucket], options, isSentAtOnce ? 0 : LONGEST_DELAY));
      }
      if (options.gate && !(await options.gate())) throw failure('other', 'Its sender withheld it.');
      return await next();
    } finally {
      for (const slot of slots) slot.answered();
    }
  });
