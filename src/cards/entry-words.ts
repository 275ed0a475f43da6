import { ACTIONS } from '../actions/list.ts';
import { FLAGMAN, type HistoryEntry } from '../entra/ledger-event.ts';
import { roleName } from '../entra/roles.ts';
import { showText } from '../lib/text.ts';
import { outcomeWords } from './outcome-words.ts';
import { refusalWords, stepWords } from './refusal-words.ts';
import { stateInWords } from './state-words.ts';

/** "confirm compromised": what an action of the ledger is called; one that is no longer there by its own name. */
export const actionWords = (name: string): string =>
  Object.values(ACTIONS)
    .find((action) => action.name === name)
    ?.title.toLowerCase() ?? name;

/** Text that people choose, seen to be that: nothing in it ends the quotation. */
export const quoted = (text: string, most: number): string =>
  `“${showText(text, most).replace(/[“”]/g, '"')}”`;

/** Who did it: the name in quotes, or the object id once that is erased. */
export const whoIn = ({ name, personId }: Pick<HistoryEntry, 'name' | 'personId'>): string => {
  if (personId === FLAGMAN.id) return FLAGMAN.name;
  return name === '' ? showText(personId, 36) : quoted(name, 40);
};

const because = ({ reason }: HistoryEntry): string =>
  reason === undefined ? '.' : `: ${quoted(reason, 500)}`;

/** A fact that is text, or the empty text. */
const factOf = ({ facts }: HistoryEntry, name: string): string => String(facts[name] ?? '');

const roleIn = (entry: HistoryEntry): string => {
  const role = factOf(entry, 'role');
  return role === '' ? '' : ` as ${roleName(role) ?? `holder of the role ${role}`}`;
};

const requested = (entry: HistoryEntry): string => {
  const { targets } = entry.facts;
  const count = Array.isArray(targets) ? targets.length : 0;
  const signIns = count === 1 ? '1 sign-in' : `${count} sign-ins`;
  return `${whoIn(entry)} asked to ${actionWords(factOf(entry, 'action'))}, ${signIns}${because(entry)}`;
};

const newFacts = ({ facts: { changes } }: HistoryEntry): string => {
  const seen: readonly string[] = Array.isArray(changes) ? changes : [];
  if (seen.includes('lower')) return 'Flagman saw that the risk is lower now: it has to be decided anew.';
  return seen.includes('risen')
    ? 'Flagman saw that the risk has risen since.'
    : 'Flagman reminded of it, as its time was nearly up.';
};

const voided = (entry: HistoryEntry): string =>
  factOf(entry, 'why') === 'decided-elsewhere'
    ? 'Flagman closed it: a person decided about a sign-in elsewhere.'
    : 'Flagman closed it: the store held something else than the ledger says.';

/**
 * What one entry of the ledger says happened to a request, and who did it. `sentAt` (epoch milliseconds): when the
 * change that it is about was sent, where that is known.
 */
export const entryWords = (entry: HistoryEntry, sentAt?: number): string => {
  switch (entry.kind) {
    case 'requested':
      return requested(entry);
    case 'facts':
      return newFacts(entry);
    case 'approved':
      return `${whoIn(entry)} approved it${roleIn(entry)}.`;
    case 'rejected':
      return `${whoIn(entry)} rejected it${roleIn(entry)}${because(entry)}`;
    case 'withdrawn':
      return `${whoIn(entry)} withdrew it.`;
    case 'expired':
      return 'It expired: nobody had decided in time.';
    case 'voided':
      return voided(entry);
    case 'claimed':
      return 'Flagman began to carry it out.';
    case 'intent':
      return `Flagman sent the change of sign-in ${factOf(entry, 'target')} (attempt ${factOf(entry, 'attempt')}).`;
    case 'outcome':
      return outcomeWords(entry.facts, sentAt === undefined ? undefined : entry.at - sentAt);
    case 'released':
      return 'Flagman put it aside, and goes on with it later.';
    case 'ended':
      return `It ended: ${stateInWords(entry.state)}`;
    case 'proof':
      if (factOf(entry, 'why') === 'not-shown')
        return `Entra ID did not show the new state of sign-in ${factOf(entry, 'target')} in time.`;
      return `Entra ID shows sign-in ${factOf(entry, 'target')} as ${factOf(entry, 'state')} (${factOf(entry, 'detail')}).`;
    case 'resolved':
      return `${whoIn(entry)} said${roleIn(entry)} that it was ${factOf(entry, 'as') === 'done' ? 'done' : 'not done'}.`;
    case 'declined':
      return `${whoIn(entry)} wanted to ${stepWords(factOf(entry, 'step'))} and was refused: ${refusalWords(factOf(entry, 'why'))}`;
  }
};
