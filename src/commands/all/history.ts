import { actionWords } from '../../cards/entry-words.ts';
import type { HelpView } from '../../cards/view.ts';
import type { AskedAbout } from '../../entra/ledger-event.ts';
import { isoOf, showInstant } from '../../lib/time.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command, Powers } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { isProblem, type Problem, sayings } from '../problem.ts';
import { readUpn } from '../values/upn.ts';

/** A question, or the request for a change of the user's sign-ins. */
const saidOf = (entry: AskedAbout): string =>
  entry.approval === undefined
    ? `${entry.command} · ${outcomeOf(entry)}`
    : `CR-${entry.approval}: asked to ${actionWords(entry.command)}`;

const outcomeOf = ({ kind, rows, verdict }: AskedAbout): string => {
  if (kind === 'refusal') return `refused (${verdict})`;
  const counted = `${rows} ${rows === 1 ? 'row' : 'rows'}`;
  return verdict === 'finished' ? counted : `${counted}, ${verdict}`;
};

const rowOf = (entry: AskedAbout, zone: string) => ({
  say: showInstant(isoOf(entry.at), zone),
  means: `${entry.name || entry.personId}: ${saidOf(entry)}`,
});

const view = (upn: string, entries: readonly AskedAbout[], zone: string): HelpView => ({
  card: 'help',
  title: `What was asked about ${upn}`,
  paragraphs: [
    entries.length === 0
      ? 'Nothing that is still kept. Names are erased from the ledger’s side table after a while.'
      : 'The newest entries of the ledger that name this user, the newest first.',
  ],
  sections:
    entries.length === 0
      ? []
      : [{ heading: 'Who asked, and what came of it', rows: entries.map((entry) => rowOf(entry, zone)) }],
  suggestions: sayings(`sign-ins for ${upn} today`),
});

const call = (phrase: Phrase, upn: string, notes: readonly string[]): Call => ({
  command: history,
  asked: phrase.text,
  aboutMe: false,
  notes,
  run: async (powers: Powers) => view(upn, await powers.askedAbout(upn), powers.zone),
});

/** "history of user@contoso.com": what was asked about that user, by whom and when. */
export const history: Command = {
  name: 'history',
  summary: 'What was asked about a user, by whom and when, from the ledger.',
  examples: ['history of user@contoso.com', 'who asked about user@contoso.com'],
  details: [
    'It knows what named the user while that is kept: 90 days, unless whoever runs Flagman chose otherwise.',
  ],
  needs: 'reader',
  listed: false,
  starts: ['history of', 'who asked about', 'who has asked about', 'what was asked about', 'ledger of'],
  read: (phrase, at): Call | Problem | undefined => {
    const user = readUpn(phrase, at);
    if (user === undefined || isProblem(user)) return user;
    if (!isPoliteEnd(phrase.tokens, user.next)) return undefined;
    return call(phrase, user.value.upn, user.value.notes);
  },
};
