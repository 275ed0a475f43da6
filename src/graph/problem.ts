import { z } from 'zod';
import { classifyGraphProblem, GraphFailure, type GraphProblem } from '../entra/graph-problem.ts';

const text = z.string().optional().catch(undefined);

// Both spellings of the inner error occur in real answers.
const Inner = z
  .looseObject({ 'request-id': text, 'client-request-id': text, date: text })
  .optional()
  .catch(undefined);

const ErrorBody = z.object({
  error: z.object({ code: text, message: text, innerError: Inner, innererror: Inner }),
});

// A permission such as AuditLog.Read.All, a code, ids and a date: nothing else of what an error says is kept, for it can
// repeat what was asked, a token, or anything.
const PERMISSION = /\b[A-Z][A-Za-z]{1,40}(?:\.[A-Z][A-Za-z]{1,20}){1,3}\b/;
const CODE = /^[\w.-]{1,80}$/;
const ID = /^[\w-]{1,64}$/;
const DATE = /^[\w:,.+ -]{1,40}$/;

/** The first of these texts that is what it should be. */
const only = (kind: RegExp, ...texts: readonly (string | null | undefined)[]): string | undefined =>
  texts.find((text): text is string => typeof text === 'string' && kind.test(text));

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * Seconds that an answer asks to wait: Retry-After is a number of seconds or a date. A date is read against the
 * answer's own clock if it shows one.
 *
 * @param now epoch milliseconds
 */
const retryAfterOf = (headers: Headers, now: number): number | undefined => {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const theirNow = Date.parse(headers.get('date') ?? '');
  return Math.max(0, Math.ceil((until - (Number.isNaN(theirNow) ? now : theirNow)) / 1000));
};

/**
 * What an answer other than 2xx means, with the ids that support asks for.
 *
 * @param now epoch milliseconds
 */
export const problemOf = (response: Response, body: string, now: number): GraphProblem => {
  const { status, headers } = response;
  const answer = ErrorBody.safeParse(parsed(body)).data?.error;
  const inner = answer?.innerError ?? answer?.innererror;
  const { code, message } = answer ?? {};
  const requestId = only(ID, inner?.['request-id'], headers.get('request-id'));
  const clientRequestId = only(ID, inner?.['client-request-id'], headers.get('client-request-id'));
  const date = only(DATE, inner?.date, headers.get('date'));
  const retryAfter = retryAfterOf(headers, now);
  // Graph redirects nothing that is asked here, and a token must not be taken along.
  const moved = status === 0 || (status >= 300 && status < 400);
  const kind = moved ? 'foreign-link' : classifyGraphProblem(status, code, message);
  const permission = kind === 'permission-missing' ? PERMISSION.exec(message ?? '')?.[0] : undefined;
  return {
    kind,
    status,
    ...(code !== undefined && CODE.test(code) && { code }),
    ...(permission !== undefined && { permission }),
    ...(requestId !== undefined && { requestId }),
    ...(clientRequestId !== undefined && { clientRequestId }),
    ...(date !== undefined && { date }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
};

/** The problem in what was thrown; a fault of ours is thrown on, for it is no problem of Graph. */
export const problemIn = (error: unknown): GraphProblem => {
  if (error instanceof GraphFailure) return error.problem;
  throw error;
};
