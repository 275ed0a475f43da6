import type { Condition } from '../entra/condition.ts';
import { explainGraphProblem } from '../entra/graph-problem-words.ts';
import type { SignInAnswer, Verdict } from '../entra/query.ts';
import type { EventType } from '../entra/sign-in.ts';
import { showText } from '../lib/text.ts';
import { showAge, showInstant } from '../lib/time.ts';

const EVENT_TYPE_WORDS: Readonly<Record<EventType, string>> = {
  interactiveUser: 'interactive',
  nonInteractiveUser: 'non-interactive',
  servicePrincipal: 'service principal',
  managedIdentity: 'managed identity',
};

type Stop = Extract<Verdict, { finished: false }>['why'];

const STOPPED: Readonly<Record<Stop, string>> = {
  capped: 'the page limit was reached',
  throttled: 'Graph asked to wait',
  failed: 'reading broke off',
  timeout: 'time ran out',
  retention: 'Entra ID no longer keeps sign-ins of that time',
};

/** A count with its noun: "1 page", "1,200 pages". */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** Whether the newest so many were asked for, and that many were found; an answer may hold some of its rows only. */
export const isTop = ({ rows, query }: SignInAnswer, found = rows.length): boolean =>
  query.groupBy === undefined && query.limit === found;

const asksFlagged = (condition: Condition): boolean =>
  condition.op === 'and'
    ? condition.of.some(asksFlagged)
    : condition.op === 'eq' && condition.property === 'flaggedForReview' && condition.value === true;

/** "flagged ", where that was asked for. */
export const flaggedOf = ({ query }: SignInAnswer): string =>
  query.where.some(asksFlagged) ? 'flagged ' : '';

const listed = new Intl.ListFormat('en');

const eventTypesOf = ({ scope }: SignInAnswer): string =>
  listed.format(scope.eventTypes.map((type) => EVENT_TYPE_WORDS[type]));

/** "2021-10-01 00:00 UTC" */
const minuteOf = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

const noneFound = (answer: SignInAnswer): string =>
  `No ${flaggedOf(answer)}${eventTypesOf(answer)} sign-ins match from ${minuteOf(answer.scope.from)} to ${minuteOf(answer.scope.to)}`;

const someFound = (answer: SignInAnswer): string => {
  const { rows } = answer;
  const noun = `${flaggedOf(answer)}sign-in`;
  if (isTop(answer)) return `The newest ${rows.length === 1 ? noun : counted(rows.length, noun)}`;
  const open = rows.filter((row) => !row.confirmed).length;
  const unsure = open === rows.length ? ', not confirmed' : `, ${open} of them not confirmed`;
  return `${counted(rows.length, noun)}${open > 0 ? unsure : ''}`;
};

/**
 * The first line of an answer; it holds no personal data. That something is absent is said only when everything
 * in the scope was read, and understood.
 */
export const headlineOf = (answer: SignInAnswer): string => {
  const { verdict, pages, rows, unreadable } = answer;
  if (!verdict.finished) {
    if (verdict.why === 'retention') return `Not known: ${STOPPED.retention}`;
    const when = pages === 0 ? 'before the first page' : `after ${counted(pages, 'page')}`;
    return `Not known: ${STOPPED[verdict.why]} ${when}; ${rows.length.toLocaleString('en')} found so far`;
  }
  if (rows.length > 0) return someFound(answer);
  return unreadable > 0
    ? `Not known: ${counted(unreadable, 'row')} could not be read; 0 found besides`
    : noneFound(answer);
};

const WHY_WINDOW = {
  asked: '',
  default: ' (the usual window, as none was given)',
  id: ' (as far back as Entra ID keeps sign-ins)',
} as const;

/** From when to when was asked, and about which kinds of sign-in. */
export const scopeOf = (answer: SignInAnswer, zone: string): string => {
  const { from, to, why, untilNow } = answer.scope;
  const end = untilNow ? `now, ${showInstant(to, zone)}` : showInstant(to, zone);
  // A question without a beginning that was not asked, because its end lies before what is kept, has no other bound.
  const span = from === to ? `Up to ${end}` : `From ${showInstant(from, zone)} to ${end}`;
  const words = `${span}${WHY_WINDOW[why]} · ${eventTypesOf(answer)} sign-ins only`;
  return showText(words, 400);
};

const isPast = ({ verdict }: SignInAnswer): boolean => !verdict.finished && verdict.why === 'retention';

const readOf = (answer: SignInAnswer, found: number): string => {
  const { verdict } = answer;
  if (!verdict.finished) return `Not everything was read: ${STOPPED[verdict.why]}`;
  return isTop(answer, found) ? 'Read as far back as needed' : 'Everything in this scope was read';
};

/** Whether everything was read, and how much of it belongs to the answer, which has `found` rows in all. */
export const readingOf = (answer: SignInAnswer, found = answer.rows.length): string => {
  const { read, dropped } = answer;
  if (isPast(answer)) return 'Nothing was read: Graph was not asked';
  const [match, total] = [read - dropped, read].map((count) => count.toLocaleString('en'));
  return `${readOf(answer, found)}${dropped === 0 ? '' : `; ${match} of ${total} match`}`;
};

/** The same, and how old that is. */
export const completenessOf = (answer: SignInAnswer, now: number): string =>
  isPast(answer)
    ? readingOf(answer)
    : `${readingOf(answer)} · asked ${showAge(now - Date.parse(answer.fetchedAt))} ago`;

const clipped = ({ scope }: SignInAnswer): string[] =>
  scope.clippedFrom === undefined || scope.clippedFrom === scope.from
    ? []
    : [
        `You asked from ${minuteOf(scope.clippedFrom)}; the log is not kept that long, so this begins at ${minuteOf(scope.from)}.`,
      ];

const unsettled = ({ scope }: SignInAnswer): string[] =>
  scope.settling
    ? ['Sign-ins of the newest minutes may still arrive: Entra ID writes them down a few minutes late.']
    : [];

const uncertain = ({ rows, unreadable }: SignInAnswer): string[] => {
  const open = rows.filter((row) => !row.confirmed).length;
  return [
    ...(open > 0
      ? [`${counted(open, 'row')} not confirmed: Graph left out what the question is about.`]
      : []),
    ...(unreadable > 0
      ? [`${counted(unreadable, 'row')} could not be read and may belong to the answer.`]
      : []),
  ];
};

const foreign = ({ dropped, secondPass }: SignInAnswer): string[] =>
  dropped > 0 && secondPass.length === 0
    ? [`${counted(dropped, 'row')} left out: Graph returned more than was asked for.`]
    : [];

const stopped = ({ problem }: SignInAnswer): string[] => {
  if (!problem) return [];
  const { what, why, next } = explainGraphProblem(problem);
  return [`${what} ${why} ${next}`];
};

/** What the reader must know to trust the answer, most important first. */
export const warningsOf = (answer: SignInAnswer): string[] =>
  [
    ...stopped(answer),
    ...clipped(answer),
    ...uncertain(answer),
    ...foreign(answer),
    ...unsettled(answer),
  ].map((warning) => showText(warning, 500));

/** Remarks of the language and of the reading, and what was tested on the rows instead of by Graph. */
export const remarksOf = (answer: SignInAnswer, notes: readonly string[]): string[] => {
  const pass = answer.secondPass.map((words) => showText(words, 80)).join('; ');
  const tested = pass === '' ? [] : [`Tested by Flagman, not by Graph: ${pass}`];
  return [...notes, ...answer.notes, ...tested].slice(0, 5).map((note) => showText(note, 200));
};
