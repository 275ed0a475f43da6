import { wordsIn } from '../language/words-in.ts';
import { skipArticles } from '../values/articles.ts';
import { missing } from '../values/missing.ts';
import { readName } from '../values/name.ts';
import type { Clause, ClauseReading } from './clause.ts';
import { eq } from './conditions.ts';

/** The client apps that cannot do modern authentication. Source: Microsoft's page on sign-in log fields. */
const LEGACY = wordsIn(`
  Authenticated SMTP, Autodiscover, Exchange ActiveSync, Exchange Online PowerShell,
  Exchange Web Services, IMAP4, MAPI Over HTTP, Offline Address Book, Other clients,
  Outlook Anywhere (RPC over HTTP), POP3, Reporting Web Services
`);

const spoken = (
  names: readonly string[],
  ...words: readonly string[]
): (readonly [string, readonly string[]])[] => words.map((word) => [word, names]);

/** What people call them, and the values of `clientAppUsed`. */
const CLIENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ...LEGACY.flatMap((name) => spoken([name], name.toLowerCase())),
  ...spoken(['IMAP4'], 'imap', 'imap4'),
  ...spoken(['POP3'], 'pop', 'pop3'),
  ...spoken(['Authenticated SMTP'], 'smtp', 'smtp auth', 'auth smtp', 'authenticated smtp'),
  ...spoken(['Exchange ActiveSync'], 'activesync', 'active sync', 'eas'),
  ...spoken(['Exchange Web Services'], 'ews'),
  ...spoken(['MAPI Over HTTP'], 'mapi'),
  ...spoken(['Outlook Anywhere (RPC over HTTP)'], 'outlook anywhere'),
  ...spoken(['Other clients'], 'other client'),
  ...spoken(['Browser'], 'browser clients', 'a browser', 'the browser', 'web browser', 'browser sessions'),
  ...spoken(
    ['Mobile Apps and Desktop clients'],
    'mobile apps and desktop clients',
    'mobile apps and desktop',
    'mobile app',
    'mobile apps',
    'mobile clients',
    'desktop app',
    'desktop clients',
    'desktop apps',
  ),
  ...spoken(
    LEGACY,
    ...['legacy', 'basic'].flatMap((kind) =>
      ['auth', 'authentication', 'protocol', 'protocols', 'clients', 'client', 'client apps'].map(
        (noun) => `${kind} ${noun}`,
      ),
    ),
  ),
]);

const match = (names: readonly string[], next: number): ClauseReading => ({
  next,
  topic: 'client app',
  either: names.map((name) => eq('clientAppUsed', name)),
});

/** "via IMAP", "legacy auth": a client app by a name of its own. */
export const protocol: Clause = {
  name: 'legacy auth',
  doc: 'Client apps by their everyday names: IMAP, POP, SMTP, ActiveSync, legacy authentication.',
  examples: ['legacy auth sign-ins today', 'sign-ins via IMAP last 24h'],
  words: [...CLIENTS.keys()],
  read: (_phrase, at, said) => match(CLIENTS.get(said) ?? [], at),
};

const valuesOf = (name: string, quoted: boolean): readonly string[] => {
  const lower = name.toLowerCase();
  const known = quoted ? undefined : CLIENTS.get(lower);
  return known ?? (lower === 'browser' ? ['Browser'] : [name]);
};

/** "client app IMAP": the client app, in Graph's words or everyday ones. */
export const clientApp: Clause = {
  name: 'client app',
  doc: 'The client app: Browser, Mobile Apps and Desktop clients, IMAP4, Exchange ActiveSync, ….',
  examples: ['sign-ins with client app IMAP today', 'client app "Exchange ActiveSync" last 24h'],
  words: wordsIn(`
    client app, client apps, client application, client, clients, client app used, clientappused,
    protocol
  `),
  read: (phrase, at) => {
    const start = skipArticles(phrase, at);
    const begun = phrase.clauseAt(start);
    if (begun !== undefined && !('problem' in begun) && begun.topic === 'client app') return begun;
    const name = readName(phrase, start);
    if (name === undefined) return missing(phrase, at, 'a client app', 'sign-ins with client app IMAP today');
    return match(valuesOf(name.value.text, name.value.quoted), name.next);
  },
};
