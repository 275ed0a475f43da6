import type { Middleware } from '@microsoft/microsoft-graph-client';
import { GraphFailure, type GraphProblemKind } from '../entra/graph-problem.ts';
import { readAll } from '../lib/read-all.ts';
import { unlessAborted } from './abort.ts';
import type { Budget } from './budget.ts';
import { type Call, callOf, failure, type GraphEvent, step } from './call.ts';
import { isGraphUrl } from './link.ts';
import { problemOf } from './problem.ts';
import { type RetryPolicy, waitBefore } from './retry.ts';
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

/** Waits and repeats. A 429 holds up everybody who shares the bucket, for what is sent meanwhile counts too. */
export const patient = (wire: Wire): Middleware =>
  step(async (context, next) => {
    const call = callOf(context);
    const { signal, bucket } = call.options;
    const repeats = new Map<GraphProblemKind, number>();
    for (;;) {
      try {
        return await next();
      } catch (error) {
        if (!(error instanceof GraphFailure) || signal?.aborted) throw error;
        const { kind, retryAfter, requestId } = error.problem;
        wire.observe({ event: 'failed', bucket, kind, ...(requestId !== undefined && { requestId }) });
        const wait = waitBefore(error.problem, repeats.get(kind) ?? 0, wire);
        repeats.set(kind, (repeats.get(kind) ?? 0) + 1);
        if (kind === 'throttled') {
          const asked = (retryAfter ?? 0) * 1000;
          wire.budgets[bucket].pause(wait ?? Math.min(asked, wire.longestWait));
        }
        if (wait === undefined) throw error;
        call.wantsFreshToken = kind === 'token-rejected';
        if (kind !== 'throttled') await wire.sleep(wait, signal).catch(() => Promise.reject(error));
      }
    }
  });

/** Puts on what every GET carries. */
export const authorised = ({ getToken, newId }: Wire): Middleware =>
  step(async (context, next) => {
    const call = callOf(context);
    const { signal, headers } = call.options;
    const token = await unlessAborted(getToken({ fresh: call.wantsFreshToken }), signal).catch(() => {
      throw signal?.aborted ? failure('timeout') : failure('token-rejected', 'No token could be had.');
    });
    context.options = {
      method: 'GET',
      headers: {
        ...headers,
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        // Without it, members that Graph thinks we do not know are replaced by `unknownFutureValue`.
        prefer: 'include-unknown-enum-members',
        'client-request-id': newId(),
      },
    };
    return next();
  });

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

/** Reads the whole answer and turns all but 2xx into a typed failure. */
export const judged = ({ clock, observe, maxBytes }: Wire): Middleware =>
  step(async (context, next) => {
    const call = callOf(context);
    try {
      const response = await next();
      const body = await readBody(response, maxBytes);
      call.skew = skewOf(response, clock());
      if (call.skew !== undefined) observe({ event: 'skewed', seconds: call.skew });
      if (!response.ok) throw new GraphFailure(problemOf(response, body, clock()));
      call.body = parsed(body);
      return response;
    } catch (error) {
      throw asFailure(error, call);
    }
  });

/** Waits for a place in the bucket. A caller who gives up while Graph throttles is told so. */
export const budgeted = ({ budgets }: Wire): Middleware =>
  step(async (context, next) => {
    const { bucket, priority, signal } = callOf(context).options;
    const budget = budgets[bucket];
    const slot = await budget.enter(priority, signal).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
      const seconds = Math.ceil(budget.pausedFor() / 1000);
      throw seconds > 0
        ? new GraphFailure({ kind: 'throttled', retryAfter: seconds })
        : failure('timeout', 'The wait for the budget took too long.');
    });
    try {
      return await next();
    } finally {
      slot.answered();
    }
  });

/** Innermost: one request with a time limit of its own. Redirects are answers, never followed. */
export const sent = ({ requestTimeout, clock, observe }: Wire): Middleware =>
  step(async (context) => {
    const call = callOf(context);
    const started = clock();
    const limit = AbortSignal.timeout(requestTimeout);
    const signal = call.options.signal === undefined ? limit : AbortSignal.any([call.options.signal, limit]);
    const response = await fetch(call.url, { ...context.options, redirect: 'manual', signal });
    const { status } = response;
    observe({ event: 'answered', bucket: call.options.bucket, status, milliseconds: clock() - started });
    return response;
  });
