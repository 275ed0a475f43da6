import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { GraphFailure, type GraphProblemKind } from '../entra/graph-problem.ts';
import type { Priority } from './line.ts';
import type { Bucket } from './settings.ts';

/** What one request is about. */
export interface CallOptions {
  /** The parts of Graph that count it, in the order in which it waits for them. What is observed names the first. */
  readonly buckets: readonly [Bucket, ...Bucket[]];
  readonly priority: Priority;
  readonly signal?: AbortSignal;
  /**
   * Asked when the request could leave at once, its places in the budgets taken: false, and it is not sent. Whatever is
   * checked here is as fresh as can be.
   */
  readonly gate?: () => Promise<boolean>;
  readonly headers?: Readonly<Record<string, string>>;
  /** By which Graph's own log knows the request; a new one where it is absent. */
  readonly clientRequestId?: string;
}

/** What happens on the way to Graph, for metrics and the log. Never a token, a body, or what was asked about. */
export type GraphEvent =
  | {
      readonly event: 'answered';
      readonly bucket: Bucket;
      readonly status: number;
      readonly milliseconds: number;
    }
  | {
      readonly event: 'failed';
      readonly bucket: Bucket;
      readonly kind: GraphProblemKind;
      readonly requestId?: string;
    }
  | { readonly event: 'skewed'; readonly seconds: number }
  | { readonly event: 'foreign-link' };

/** One request on its way through the chain. The SDK hands it along, keyed by this class. */
export class Call {
  readonly url: string;
  readonly options: CallOptions;
  /** The JSON of a change, which is sent once at most; undefined where something is read. */
  readonly change: string | undefined;
  /** The body of the answer: JSON that nobody has looked at yet. */
  body: unknown;
  /** How many seconds Graph's clock is before ours, where that is worth a remark. */
  skew: number | undefined;
  /** Graph may have got it. */
  isSent = false;
  /** The SDK wraps what is thrown, so it is kept here. */
  failure: unknown;

  constructor(url: string, options: CallOptions, change?: string) {
    this.url = url;
    this.options = options;
    this.change = change;
  }
}

/** The call that a context belongs to. */
export const callOf = (context: Context): Call => {
  const call = context.middlewareControl?.getMiddlewareOptions(Call);
  if (call instanceof Call) return call;
  throw new TypeError('A request without a call.');
};

/** A failure that never got an answer. */
export const failure = (kind: GraphProblemKind, message?: string): GraphFailure =>
  new GraphFailure({ kind, ...(message !== undefined && { message }) });

/** Passes a context on to the rest of the chain. */
export type Next = () => Promise<Response>;

/** One link of the chain: sees the context, decides whether and how often the rest runs. */
export const step = (run: (context: Context, next: Next) => Promise<Response>): Middleware => {
  let following: Middleware | undefined;
  return {
    execute: async (context) => {
      context.response = await run(context, async () => {
        await following?.execute(context);
        if (context.response === undefined) throw new TypeError('The chain ended without an answer.');
        return context.response;
      });
    },
    setNext: (next) => {
      following = next;
    },
  };
};
