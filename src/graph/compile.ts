import { type Condition, namesEventTypes } from '../entra/condition.ts';
import { type Filter, literalFilter, toOData, whereFilters, widen } from '../entra/filter.ts';
import type { Query, Scope } from '../entra/query.ts';
import { EVENT_TYPES, type EventType } from '../entra/sign-in.ts';
import { pageSize, signInsRequest, split } from './request.ts';
import { type DecidedWindow, decideWindow, type Span, type WindowOptions } from './span.ts';
import { describeCondition } from './words.ts';

export interface CompileOptions extends WindowOptions {
  /** Root of Microsoft Graph, without version or trailing slash. */
  readonly graphUrl: string;
}

/** What a question means to Graph. */
export interface Compiled {
  /** The question word for word as OData, without default window or clipping; null when it has no clause. */
  readonly literal: string | null;
  /** What the question asks besides its window, as far as Graph can test it. */
  readonly clauses: readonly Filter[];
  /** The window that is asked for; undefined when nothing can be there. */
  readonly span: Span | undefined;
  /** The decoded `$filter` of the first request; null when there is none, because nothing can be there. */
  readonly sent: string | null;
  /** The absolute URL of the first request, encoded once. */
  readonly url: string | null;
  readonly window: { readonly from: string; readonly to: string; readonly why: DecidedWindow['why'] };
  readonly scope: Scope;
  /** The words for each condition that Graph cannot test (fully) and the rows are tested for. */
  readonly secondPass: readonly string[];
  /** How the window came about, where that is not plain from the question. */
  readonly windowNotes: readonly string[];
  readonly notes: readonly string[];
}

const covers = (condition: Condition, type: EventType): boolean => {
  if (condition.op === 'and') return condition.of.every((part) => covers(part, type));
  if (condition.op === 'or') return condition.of.some((part) => covers(part, type));
  if (condition.op !== 'any' || condition.property !== 'signInEventTypes') return true;
  return condition.values.some((value) => (value === type) === (condition.is === 'eq'));
};

const eventTypesOf = (where: readonly Condition[]): readonly EventType[] =>
  where.some(namesEventTypes)
    ? EVENT_TYPES.filter((type) => where.every((condition) => covers(condition, type)))
    : ['interactiveUser'];

const secondPassOf = ({ where, window: { from, to } }: Query): readonly string[] => [
  ...where.filter((condition) => !widen(condition).exact).map(describeCondition),
  // Graph documents only `ge` and `le`, so a bound that is not part of the window is tested on the rows.
  ...(from?.inclusive === false ? [`after ${from.at}`] : []),
  ...(to?.inclusive === false ? [`before ${to.at}`] : []),
];

/**
 * Translates a question for Graph. One translation is usual; there are several, which together mean the
 * question, when a list of alternatives would make the URL too long.
 */
export const compile = (query: Query, options: CompileOptions): readonly [Compiled, ...Compiled[]] => {
  const decided = decideWindow(query, options);
  const literal = literalFilter(query);
  const secondPass = secondPassOf(query);
  const top = pageSize(query, secondPass.length === 0);
  const { span, scope, why } = decided;
  const [first, ...others] = split(options.graphUrl, whereFilters(query.where), span, top);
  const translate = (clauses: readonly Filter[]): Compiled => ({
    literal: literal === undefined ? null : toOData(literal),
    clauses,
    span,
    ...(span === undefined
      ? { sent: null, url: null }
      : signInsRequest(options.graphUrl, clauses, span, top)),
    window: { from: scope.from, to: scope.to, why },
    scope: { ...scope, eventTypes: eventTypesOf(query.where) },
    secondPass,
    // The scope of an answer says where its window was clipped, so there it is no remark.
    windowNotes: decided.notes,
    notes: others.length === 0 ? [] : [`Asked in ${others.length + 1} parts, because the question is long.`],
  });
  return [translate(first), ...others.map(translate)];
};
