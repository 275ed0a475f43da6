/** What a scripted fault does to a request or to its answer. */
export type Effect =
  /** Answers with an error of the usual shape; `body` instead is sent as it is (HTML, half a JSON, nothing). */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Cuts the connection: before a byte of the answer, or after so many bytes of a body that promises more. */
  | { readonly kind: 'cut'; readonly after?: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Holds it up until something has happened. */
  | { readonly kind: 'hold'; readonly until: () => Promise<unknown> }
  /** Puts another `@odata.nextLink` into the answer; `self` is the URL of the request itself. */
  | { readonly kind: 'nextLink'; readonly to: string }
  /** Changes the answer's JSON in any way. */
  | { readonly kind: 'rewrite'; readonly change: (body: Record<string, unknown>) => unknown }
  /** Lets the service's clock go wrong by so much. */
  | { readonly kind: 'skew'; readonly milliseconds: number };

/** One line of a script of faults. */
export interface Fault {
  /** Hits paths that begin so, without version: `/auditLogs/signIns`. Left out: all. */
  readonly path?: string;
  /** Hits requests of this method only, such as `POST`. */
  readonly method?: string;
  /** `done`: strikes when the request has been carried out, if nothing refused it. Left out: before. */
  readonly after?: 'done';
  /** How many requests to let pass first; counted down. */
  skip?: number;
  /** How many requests to hit; counted down. Left out: all from then on. */
  times?: number;
  readonly effect: Effect;
}

/** The script: add to it, or empty it, at any time. Every line that fits a request takes effect. */
export type Faults = Fault[];

/** The path without `/v1.0` or `/beta`, in lower case. */
export const plainPath = (path: string): string => path.toLowerCase().replace(/^\/(v1\.0|beta)(?=\/|$)/, '');

/** What strikes one request, before and after it is carried out. */
export interface Struck {
  readonly before: readonly Effect[];
  readonly done: readonly Effect[];
}

/** Takes the effects for this request off the script. */
export const effectsFor = (
  faults: Faults,
  request: { readonly method: string; readonly path: string },
): Struck => {
  const hits = faults.filter((fault) => strikes(fault, request));
  const [done, before] = [hits.filter(isAfter), hits.filter((fault) => !isAfter(fault))];
  return { before: before.map(({ effect }) => effect), done: done.map(({ effect }) => effect) };
};

const isAfter = ({ after }: Fault): boolean => after === 'done';

const strikes = (fault: Fault, request: { readonly method: string; readonly path: string }): boolean => {
  if (!plainPath(request.path).startsWith((fault.path ?? '').toLowerCase())) return false;
  if (fault.method !== undefined && fault.method !== request.method) return false;
  if (fault.skip !== undefined && fault.skip > 0) {
    fault.skip -= 1;
    return false;
  }
  if (fault.times === undefined) return true;
  if (fault.times < 1) return false;
  fault.times -= 1;
  return true;
};
