import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { plainPath } from './faults.ts';

/** One request as it arrived, and how it was answered. */
export interface LoggedRequest {
  readonly method: string;
  /** With version, without query. */
  readonly path: string;
  /** The query string, still encoded, without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** When it arrived, milliseconds since 1970. */
  readonly time: number;
  /** What its body names, if it is about sign-ins. */
  requestIds: readonly string[];
  /** 0 until it is answered. */
  status: number;
}

/** What was asked of the pretend Graph. */
export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  readonly add: (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, time: number) => LoggedRequest;
  readonly count: (pathPrefix: string) => number;
}

/** More than any test looks at, and little enough for a demo that runs for weeks. */
const KEPT = 5000;

/** Keeps the newest requests, and counts all of them by path. */
export const createLog = (): RequestLog => {
  const requests: LoggedRequest[] = [];
  const counts = new Map<string, number>();
  return {
    requests,
    add: (request, time) => {
      const [path = '/', ...query] = (request.url ?? '/').split('?');
      const { method = 'GET', headers } = request;
      const question = { method, path, query: query.join('?'), headers, time };
      const logged: LoggedRequest = { ...question, requestIds: [], status: 0 };
      counts.set(path, (counts.get(path) ?? 0) + 1);
      requests.push(logged);
      if (requests.length > 2 * KEPT) requests.splice(0, KEPT);
      return logged;
    },
    count: (pathPrefix) => {
      const versioned = /^\/(v1\.0|beta)(\/|$)/i.test(pathPrefix);
      const wanted = pathPrefix.toLowerCase();
      const asked = (path: string): string => (versioned ? path.toLowerCase() : plainPath(path));
      return [...counts].reduce(
        (sum, [path, count]) => (asked(path).startsWith(wanted) ? sum + count : sum),
        0,
      );
    },
  };
};
