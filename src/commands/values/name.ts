import type { Phrase } from '../clauses/clause.ts';
import { seemsRaw } from '../language/raw-odata.ts';
import { type Token, wordAt } from '../language/tokens.ts';
import { skipArticles } from './articles.ts';
import type { Item } from './list.ts';

/** A name as typed, of an app, a place or a person. */
export interface Name {
  readonly text: string;
  /** A quoted name is one exact literal. */
  readonly quoted: boolean;
  /** Only the beginning of the name is known: "Graph*" or "starting with Graph". */
  readonly prefix: boolean;
}

/** The words of the language that no unquoted name goes on over. */
const ENDS = new Set(
  (
    'for from to since until till before after on in with by via using through not except excluding exclude ' +
    'without outside between around during over within at and or & but where when that which who whose ' +
    'today yesterday tonight last past this previous now ' +
    'monday tuesday wednesday thursday friday saturday sunday january february march april june july ' +
    'august september october november december ' +
    'user users app apps application applications resource ip ips country city state error errors code codes risk ' +
    'top first latest limit incl incl. including flagged failed successful successes risky interrupted high medium low ' +
    'dismissed remediated compromised unsuccessful unflagged non-interactive please pls plz thanks thank thx ' +
    'sign-in sign-ins signin signins login logins logon logons sign signs events attempts activity'
  ).split(' '),
);

/** "which apps did …": what no unquoted name begins with. */
const VERBS = new Set('did do does has have had is was were are used that which who signed'.split(' '));

/** Where every word of the language ends a name: apps are called "Microsoft Edge", places are not. */
export type Kind = 'any' | 'proper';

const SIGN_INS = new Set(['sign-in', 'sign-ins', 'signin', 'signins', 'login', 'logins', 'logon', 'logons']);

/** "… Linux sign-ins", "… browser Firefox": a word that belongs to what follows it, not to the name. */
const leansOn = (phrase: Phrase, at: number): boolean =>
  SIGN_INS.has(wordAt(phrase.tokens, at + 1)) ||
  (wordAt(phrase.tokens, at) === 'browser' && phrase.begins(at + 1));

/** "… of alex@contoso.com"; "Bank of America" is one name. */
const isOfUser = ({ tokens }: Phrase, at: number): boolean =>
  wordAt(tokens, at) === 'of' && tokens[at + 1]?.text.includes('@') === true;

const ends = (phrase: Phrase, at: number, kind: Kind): boolean => {
  const token = phrase.tokens[at];
  if (token === undefined || token.quoted || token.comma || ENDS.has(token.lower)) return true;
  if (token.text.includes('@') || hasShape(token) || seemsRaw(token) || isOfUser(phrase, at)) return true;
  return phrase.beginsWithWords(at) || (phrase.begins(at) && (kind === 'proper' || leansOn(phrase, at)));
};

/** "2026-11-20", "14:00", "24h", "AADSTS50126", "203.0.113.7": what follows a name without a preposition. */
const hasShape = ({ text }: Token): boolean =>
  (text.length >= 5 && /^\d{4}-\d|^\d{1,2}:\d|^(?:aadsts)?\d{5,7}$|^(?:\d{1,3}\.){3}/i.test(text)) ||
  /^\d{1,4}[mhdw]$/.test(text);

/** An opening bracket inside the name takes the closing one that the words were split from. */
const slice = (text: string, first: Token, last: Token): string => {
  const name = text.slice(first.start, last.end);
  return name.includes('(') && text[last.end] === ')' ? `${name})` : name;
};

const STARTS: readonly (readonly string[])[] = [
  ['starting', 'with'],
  ['beginning', 'with'],
  ['that', 'start', 'with'],
  ['that', 'starts', 'with'],
  ['which', 'start', 'with'],
  ['whose', 'name', 'starts', 'with'],
  ['name', 'starting', 'with'],
  ['names', 'starting', 'with'],
  ['named', 'like'],
  ['like'],
  ['prefix'],
  ['prefixed'],
];

const CALLED = new Set(['named', 'called', 'name', 'names', 'titled']);

/** Index after "starting with" and the like; `at` itself where nothing such is said. */
export const skipStarting = (phrase: Phrase, at: number): number => {
  const words = STARTS.find((start) =>
    start.every((word, index) => wordAt(phrase.tokens, at + index) === word),
  );
  return words === undefined ? at : at + words.length;
};

/** Where an unquoted name ends; its first word may be anything that is not a word of the language. */
const endOf = (phrase: Phrase, at: number, kind: Kind): number => {
  let next = at + 1;
  while (!ends(phrase, next, kind)) next += 1;
  return next;
};

/**
 * Reads a name: a quoted literal, or the words up to the next one of the language. A star at the end or
 * "starting with" makes it a prefix. Undefined where no name stands. `kind` says which words end it.
 */
export const readName = (phrase: Phrase, at: number, kind: Kind = 'any'): Item<Name> | undefined => {
  const after = skipStarting(phrase, skipArticles(phrase, at));
  const prefixed = after > skipArticles(phrase, at);
  const start = skipArticles(phrase, CALLED.has(wordAt(phrase.tokens, after)) ? after + 1 : after);
  const first = phrase.tokens[start];
  if (first === undefined || first.text === '') return undefined;
  if (first.quoted) {
    return { value: { text: first.text, quoted: true, prefix: prefixed }, next: start + 1 };
  }
  if (ENDS.has(first.lower) || VERBS.has(first.lower) || first.text.includes('@') || seemsRaw(first)) {
    return undefined;
  }
  const next = endOf(phrase, start, kind);
  const text = slice(phrase.text, first, phrase.tokens[next - 1] ?? first);
  const starred = text.length > 1 && text.endsWith('*');
  return {
    value: { text: starred ? text.slice(0, -1) : text, quoted: false, prefix: prefixed || starred },
    next,
  };
};

/** A further name of a list: unquoted words that begin another clause end the list instead. */
export const readNextName = (phrase: Phrase, at: number, kind: Kind = 'any'): Item<Name> | undefined =>
  phrase.tokens[at]?.quoted === true || !phrase.begins(at) ? readName(phrase, at, kind) : undefined;
