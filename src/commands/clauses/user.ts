import type { Condition } from '../../entra/condition.ts';
import { isFiller } from '../language/fillers.ts';
import { isProblem, placeOf } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { readGuid } from '../values/guid.ts';
import { readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import { readName, readNextName, skipStarting } from '../values/name.ts';
import { nobody, readUpn } from '../values/upn.ts';
import type { Clause, ClauseReading, Phrase } from './clause.ts';
import { eq, startswith } from './conditions.ts';

const user = (either: readonly Condition[], next: number, notes: readonly string[] = []): ClauseReading => ({
  next,
  topic: 'user',
  either,
  notes,
});

/** User principal names that need no word before them. */
export const readUpns = (phrase: Phrase, at: number): ClauseReading => {
  const list = readList(phrase, at, readUpn);
  if (list === undefined || isProblem(list)) return list;
  return user(
    list.values.map(({ upn }) => eq('userPrincipalName', upn)),
    list.next,
    list.values.flatMap(({ notes }) => notes),
  );
};

const readIds = (phrase: Phrase, at: number): ClauseReading => {
  const list = readList(phrase, at, readGuid);
  if (list === undefined || isProblem(list)) return list;
  return user(
    list.values.map((id) => eq('userId', id)),
    list.next,
  );
};

/** "alex*" or, after "starting with", "alex": the beginning of a user principal name. */
const readPrefix = (phrase: Phrase, at: number): ClauseReading => {
  const start = skipStarting(phrase, at);
  const token = phrase.tokens[start];
  const starred = token?.text.endsWith('*') === true && token.text.length > 1;
  if (token === undefined || token.text === '' || (start === at && !starred)) return undefined;
  const value = (starred ? token.text.slice(0, -1) : token.text).toLowerCase();
  if (value.includes('*')) return undefined;
  return user([startswith('userPrincipalName', value)], start + 1);
};

const displayed = (phrase: Phrase, at: number): ClauseReading => {
  const list = readList(phrase, at, (same, from) =>
    (from === at ? readName : readNextName)(same, from, 'proper'),
  );
  if (list === undefined || isProblem(list)) return list ?? missing(phrase, at, 'a display name');
  return user(
    list.values.map(({ text }) => startswith('userDisplayName', text)),
    list.next,
  );
};

const EVERYBODY = new Set([
  'all',
  'any',
  'every',
  'everyone',
  'everybody',
  'anyone',
  'anybody',
  'which',
  'us',
]);

/** Somebody is named who cannot be looked up in the log: the words that were meant as a name. */
const unnamed = (phrase: Phrase, at: number): ClauseReading => {
  const token = phrase.tokens[at];
  if (token === undefined) return missing(phrase, at, 'a user');
  if (phrase.begins(at) || EVERYBODY.has(token.lower)) return undefined;
  const name = readName(phrase, at);
  if (name === undefined) return undefined;
  // "Alex Wilber <alexw@contoso.com>", as mail programs write it: the address says who.
  const address = readUpns(phrase, name.next);
  if (address !== undefined) return address;
  const last = phrase.tokens[name.next - 1] ?? token;
  const place = placeOf(token, last);
  const said = name.value.text;
  const mended = `${phrase.text.slice(0, token.start)}users named "${said}"${phrase.text.slice(last.end)}`;
  return nobody(said, place, mended.replace(/\busers? users named/, 'users named'));
};

const value = (phrase: Phrase, at: number): ClauseReading =>
  readUpns(phrase, at) ?? readPrefix(phrase, at) ?? readIds(phrase, at);

const quotedName = (phrase: Phrase, at: number): ClauseReading =>
  phrase.tokens[at]?.quoted === true ? displayed(phrase, at) : undefined;

/** "for user@contoso.com": whose sign-ins. */
export const forUser: Clause = {
  name: 'user',
  doc: 'Whose sign-ins: by user principal name, several of them, or the beginning of one.',
  examples: [
    'sign-ins for user@contoso.com',
    'sign-ins for a@contoso.com, b@contoso.com and c@contoso.com',
    'sign-ins for alex*',
    'sign-ins for users starting with alex',
    'sign-ins for user id 26be570a-ae82-4189-b4e2-a37c6808512d',
  ],
  words: [
    'for',
    'by',
    'of',
    'about',
    'user',
    'account',
    'upn',
    'userprincipalname',
    'user principal name',
    'username',
    'user name',
  ],
  read: (phrase, at, said) => {
    const start = skipArticles(phrase, at);
    const named = value(phrase, start) ?? quotedName(phrase, start);
    // "the list of all …", "about the last …": only the other words cannot do without a user.
    const optional = (said === 'of' || said === 'about') && isFiller(phrase.tokens[start]);
    return named ?? (optional ? undefined : unnamed(phrase, start));
  },
  bare: (phrase, at) => readUpns(phrase, at),
};

/** "users …": whose sign-ins; alone it only says what is listed. */
export const users: Clause = {
  name: 'users',
  variant: true,
  doc: 'Several users, or the beginning of their names.',
  examples: ['sign-ins for users a@contoso.com and b@contoso.com', 'sign-ins for users starting with alex'],
  words: [
    'users',
    'accounts',
    'people',
    'all users',
    'any users',
    'any user',
    'every user',
    'everyone',
    'everybody',
  ],
  read: (phrase, at) => value(phrase, skipArticles(phrase, at)) ?? { next: at, listsUsers: true },
};

/** "users named "Alex W"": by the beginning of the display name. */
export const displayName: Clause = {
  name: 'display name',
  doc: 'Users by the beginning of their display name.',
  examples: ['sign-ins for users named "Alex W"', 'sign-ins for display name Alex today'],
  words: [
    ...['users', 'user', 'people', 'person', 'someone', 'somebody', 'anyone', 'anybody'].flatMap((who) => [
      `${who} named`,
      `${who} called`,
      `${who} with name`,
      `${who} with the name`,
      `${who} with display name`,
      `${who} whose name starts with`,
      `${who} whose display name starts with`,
      `${who} whose names start with`,
    ]),
    'named',
    'called',
    'display name',
    'displayname',
    'userdisplayname',
    'user display name',
    'display names',
  ],
  read: (phrase, at) => displayed(phrase, at),
};

/** "user id 26be570a-…": by the object id, which survives a rename. */
export const userId: Clause = {
  name: 'user id',
  doc: 'A user by object id, which survives a rename.',
  examples: ['sign-ins for user id 26be570a-ae82-4189-b4e2-a37c6808512d today'],
  words: ['user id', 'user ids', 'userid', 'object id', 'objectid', 'oid', 'user object id', 'user with id'],
  read: (phrase, at) => readIds(phrase, skipArticles(phrase, at)) ?? missing(phrase, at, 'an id'),
};
