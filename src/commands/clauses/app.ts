import type { Condition } from '../../entra/condition.ts';
import type { Property } from '../../entra/properties.ts';
import { isFiller } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { readGuid } from '../values/guid.ts';
import { type Item, readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import { type Name, readName, readNextName } from '../values/name.ts';
import type { Clause, ClauseReading, Phrase, Topic } from './clause.ts';
import { eq, startswith } from './conditions.ts';

/** Which properties a thing is known by. */
interface Known {
  readonly topic: Topic;
  readonly id: Property;
  readonly name: Property;
}

const APP: Known = { topic: 'app', id: 'appId', name: 'appDisplayName' };
const RESOURCE: Known = { topic: 'resource', id: 'resourceId', name: 'resourceDisplayName' };

const conditionOf = (known: Known, { text, prefix }: Name): Condition =>
  prefix ? startswith(known.name, text) : eq(known.name, text);

/** "Teams app": the noun after the name belongs to it. */
const NOUNS = new Set(['app', 'apps', 'application', 'applications', 'resource']);

const skipNoun = (phrase: Phrase, at: number, skip: boolean): number => {
  const token = phrase.tokens[at];
  if (!skip || token === undefined || token.comma || !NOUNS.has(wordAt(phrase.tokens, at))) return at;
  // "to "Azure Portal" resource "Microsoft Graph"": with a name behind it the noun begins a clause of its own.
  const next = phrase.tokens[at + 1];
  const isNamed = next !== undefined && (next.quoted || (!phrase.begins(at + 1) && !isFiller(next)));
  return isNamed || phrase.beginsWithWords(at) ? at : at + 1;
};

const byId = (phrase: Phrase, at: number, known: Known): ClauseReading => {
  const list = readList(phrase, at, readGuid);
  if (list === undefined || isProblem(list)) return list;
  return { next: list.next, topic: known.topic, either: list.values.map((id) => eq(known.id, id)) };
};

const byName = (phrase: Phrase, at: number, known: Known, noun: boolean): ClauseReading => {
  const first = readName(phrase, at);
  if (first === undefined) return undefined;
  let prefix = first.value.prefix;
  const further = (same: Phrase, from: number): Item<Name> | undefined => {
    const name = from === at ? first : readNextName(same, from);
    if (name === undefined) return undefined;
    // "apps starting with Graph or Azure": the words hold for the whole list.
    prefix &&= !name.value.quoted || name.value.prefix;
    return { ...name, value: { ...name.value, prefix: name.value.prefix || (from !== at && prefix) } };
  };
  const list = readList(phrase, at, further);
  if (list === undefined || isProblem(list)) return list;
  return {
    next: skipNoun(phrase, list.next, noun),
    topic: known.topic,
    either: list.values.map((name) => conditionOf(known, name)),
  };
};

const reading = (phrase: Phrase, at: number, known: Known, noun: boolean): ClauseReading =>
  byId(phrase, skipArticles(phrase, at), known) ?? byName(phrase, at, known, noun);

/** "app Teams", "apps starting with Graph", "app c44b4083-…". */
export const app: Clause = {
  name: 'app',
  doc: 'The app that was signed in to: by name, beginning of the name, or app id.',
  examples: [
    'sign-ins to app "Office 365 Exchange Online" today',
    'sign-ins to apps starting with Graph today',
    'sign-ins to app c44b4083-3bb0-49c1-b47d-974e53cbdf3c last 2h',
  ],
  words: wordsIn(`
    app, apps, application, applications, app name, application name, app named, app called,
    app display name, app id, app with id, apps with id, application with id, app with app id,
    appdisplayname, appid, app ids, application id, client id
  `),
  read: (phrase, at) =>
    reading(phrase, at, APP, false) ?? missing(phrase, at, 'an app', 'sign-ins to app "Azure Portal" today'),
};

/** "I want to see …", "give to me …": no app, but what the person wishes, and for whom. */
const WISHES = new Set(
  'see show know find check get look list view search have be understand me us you them him her'.split(' '),
);

/** "from 14 to 16": hours, or days, but no app. */
const isNumber = (word: string): boolean => /^\d{1,2}$/.test(word);

/** Words that can only stand before an app once every other meaning of them was tried: "to Teams", "via …". */
export const toApp: Clause = {
  name: 'to',
  variant: true,
  doc: 'The app that was signed in to, without the word "app".',
  examples: ['sign-ins to "Azure Portal" since Monday', 'sign-ins to Microsoft Teams today'],
  words: ['to', 'into', 'on', 'via', 'using', 'through', 'accessing', 'to access'],
  read: (phrase, at, said) => {
    const start = skipArticles(phrase, at);
    const quoted = phrase.tokens[start]?.quoted === true;
    const word = wordAt(phrase.tokens, start);
    if (!quoted && (WISHES.has(word) || isNumber(word))) return undefined;
    if (phrase.tokens[start] === undefined && said === 'to') {
      return missing(phrase, at, 'an app or the end of a time', 'sign-ins to app "Azure Portal" today');
    }
    return quoted || !phrase.begins(start) ? reading(phrase, start, APP, true) : undefined;
  },
};

/** "resource Microsoft Graph": what the app asked a token for. */
export const resource: Clause = {
  name: 'resource',
  doc: 'The resource that the app wanted to reach: by name or id.',
  examples: [
    'sign-ins to resource "Microsoft Graph" today',
    'resource Windows Azure Active Directory last 2h',
  ],
  words: wordsIn(`
    resource, resources, resource name, resourcedisplayname, resource named, resource id,
    resourceid, target resource
  `),
  read: (phrase, at) =>
    reading(phrase, at, RESOURCE, false) ??
    missing(phrase, at, 'a resource', 'sign-ins to resource "Microsoft Graph" today'),
};
