import type { Condition } from '../../entra/condition.ts';
import { isProblem } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { missing } from '../values/missing.ts';
import { readName } from '../values/name.ts';
import type { Clause, ClauseReading, Phrase } from './clause.ts';
import { eq, startswith } from './conditions.ts';

const names = (spelling: string, ...words: readonly string[]): (readonly [string, string])[] =>
  [spelling.toLowerCase(), ...words].map((word) => [word, spelling]);

/** What people call browsers, and how the log begins their names. */
const BROWSERS: ReadonlyMap<string, string> = new Map([
  ...names('Chrome', 'google chrome'),
  ...names('Chrome Mobile', 'mobile chrome'),
  ...names('Edge', 'microsoft edge', 'ms edge'),
  ...names('Firefox', 'mozilla firefox', 'mozilla'),
  ...names('Safari'),
  ...names('Mobile Safari'),
  ...names('IE', 'internet explorer', 'msie'),
  ...names('Opera'),
  ...names('Samsung Browser', 'samsung internet'),
]);

/** What people call operating systems, and how the log begins their names. */
const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ...names('Windows', 'microsoft windows'),
  ...names('Windows Server'),
  ...names('Windows 10', 'windows10', 'win10'),
  ...names('Windows 11', 'windows11', 'win11'),
  ...names('Linux'),
  ...names('Android'),
  ...names('iOS', 'iphone', 'iphones'),
  ...names('iPadOS', 'ipad', 'ipads'),
  ...names('macOS', 'mac os', 'mac os x', 'os x'),
  ...names('Mac', 'macs', 'macintosh'),
  ...names('ChromeOS', 'chrome os', 'chromebook', 'chromebooks'),
  ...names('Ubuntu'),
  ...names('Windows Phone'),
]);

/** Names that the log spells in more than one way, as the clients report them. */
const SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['iOS', ['Ios', 'iOS']],
  ['macOS', ['MacOs', 'macOS']],
]);

const VERSION = /^(?:\d{1,4}(?:\.\d{1,6}){0,4}|xp|vista|server)$/;

/** The version that follows a name: "Windows 10", "Chrome 120.0". */
const versionAt = ({ tokens, text }: Phrase, at: number, name: string): { full: string; next: number } => {
  const token = tokens[at];
  if (token === undefined || token.quoted || token.comma || !VERSION.test(token.lower)) {
    return { full: name, next: at };
  }
  return { full: `${name} ${text.slice(token.start, token.end)}`, next: at + 1 };
};

/** "on Chrome", "Firefox sign-ins". */
export const browser: Clause = {
  name: 'browser',
  doc: 'The browser, with or without its version.',
  examples: ['sign-ins on Chrome today', 'sign-ins for user@contoso.com with Edge 120 last 24h'],
  words: [...BROWSERS.keys()],
  read: (phrase, at, said) => {
    const { full, next } = versionAt(phrase, at, BROWSERS.get(said) ?? said);
    return { next, topic: 'browser', either: [startswith('deviceDetail/browser', full)] };
  },
};

// The log has "Windows 10" and nothing behind it; of the other systems it tells the whole version.
const systemCondition = (name: string): Condition =>
  name.startsWith('Windows ')
    ? eq('deviceDetail/operatingSystem', name)
    : startswith('deviceDetail/operatingSystem', name);

/** "from iOS", "Windows 10 sign-ins". */
export const system: Clause = {
  name: 'operating system',
  doc: 'The operating system, with or without its version.',
  examples: ['Linux sign-ins last 24h', 'Windows 10 sign-ins for user@contoso.com since Monday'],
  words: [...SYSTEMS.keys()],
  read: (phrase, at, said) => {
    const name = SYSTEMS.get(said) ?? said;
    const { full, next } = versionAt(phrase, at, name);
    const spellings = SPELLINGS.get(name) ?? [name];
    return {
      next,
      topic: 'system',
      either: spellings.map((spelling) => systemCondition(full.replace(name, spelling))),
    };
  },
};

/** The name after "browser" or "operating system": a known one as above, any other as typed. */
const named = (phrase: Phrase, at: number, topic: 'browser' | 'system'): ClauseReading => {
  const start = skipArticles(phrase, at);
  const known = phrase.tokens[start]?.quoted === true ? undefined : phrase.clauseAt(start);
  if (known !== undefined && !isProblem(known) && known.topic === topic) return known;
  const name = readName(phrase, start);
  if (name === undefined) return undefined;
  const { text } = name.value;
  const condition = topic === 'system' ? systemCondition(text) : startswith('deviceDetail/browser', text);
  return { next: name.next, topic, either: [condition] };
};

/** "browser Brave". */
export const browserNamed: Clause = {
  name: 'browser named',
  variant: true,
  doc: 'A browser by the beginning of its name in the log.',
  examples: ['sign-ins with browser "Yandex Browser" today'],
  words: ['browser', 'browsers', 'web browser', 'browser name'],
  // "via browser" alone is the kind of client, not its name.
  read: (phrase, at) =>
    named(phrase, at, 'browser') ?? {
      next: at,
      topic: 'client app',
      either: [eq('clientAppUsed', 'Browser')],
    },
};

/** "operating system Debian". */
export const systemNamed: Clause = {
  name: 'operating system named',
  variant: true,
  doc: 'An operating system by the beginning of its name in the log.',
  examples: ['sign-ins with operating system Debian today'],
  words: [
    'operatingsystem',
    'operating system',
    'operating systems',
    'os',
    'platform',
    'device os',
    'device platform',
  ],
  read: (phrase, at) =>
    named(phrase, at, 'system') ??
    missing(phrase, at, 'a name', 'sign-ins with operating system Linux today'),
};
