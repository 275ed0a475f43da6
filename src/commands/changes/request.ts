import type { Action } from '../../actions/action.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { ChangeCall, Command } from '../command.ts';
import { PhraseTable } from '../language/phrase-table.ts';
import { isProblem, type Problem, placeOf, sayings } from '../problem.ts';
import { ofUsers } from './of-users.ts';
import { readReason, unannounced } from './reason.ts';
import { readTargets, skipBefore, type Targets } from './targets.ts';

/** "confirm" of "confirm compromised". */
const verbOf = (said: string): string => said.split(' ', 1).join();

/** What may follow the targets where only the verb stands before them: "mark #1 as compromised". */
const tailsOf = ({ says }: Action): ReadonlyMap<string, PhraseTable<true>> => {
  const tails = new Map<string, PhraseTable<true>>();
  for (const said of says) {
    const verb = verbOf(said);
    if (said === verb || (says as readonly string[]).includes(verb)) continue;
    const table = tails.get(verb) ?? new PhraseTable<true>();
    tails.set(verb, table.add(said.slice(verb.length + 1), true));
  }
  return tails;
};

const whichSignIn = (phrase: Phrase, at: number, example: string): Problem => {
  const token = phrase.tokens[at];
  const before = phrase.tokens[at - 1] ?? { start: 0, end: 0 };
  return {
    problem: 'missing-argument',
    what:
      token === undefined ? 'Which sign-in? None is named.' : `Which sign-in? "${token.text}" names none.`,
    why: 'A change is asked for exact sign-ins: rows of a card, as #1 #3, or request ids.',
    next: `For example: ${example}`,
    // Nothing that could be pressed by mistake asks for a change.
    suggestions: sayings('risky sign-ins last 24h', 'help approvals'),
    at: token === undefined ? placeOf(before, before) : placeOf(token, token),
  };
};

const MISSING_REASON = 'There is no reason; without one nothing is asked for.';
const ROWS_OF = 'Rows are those of the card that is replied to, else of the list that was shown last.';

const notesOn = (targets: Targets, reason: string | undefined): readonly string[] => [
  ...('rows' in targets ? [ROWS_OF] : []),
  ...(reason === undefined ? [MISSING_REASON] : []),
];

/** What a command that asks for a change declares besides its action. */
type Declared = Pick<Command, 'summary' | 'examples' | 'details' | 'listed'>;

/** Declares the command that asks for an action on sign-ins, in the words that the action names. */
export const requestOf = (action: Action, declared: Declared): Command => {
  const direct = new Set<string>(action.says);
  const tails = tailsOf(action);
  const example = declared.examples[0];

  /** Index behind all the words that ask for this action; undefined where they ask for another. */
  const afterAction = ({ tokens }: Phrase, next: number, said: string): number | undefined => {
    if (direct.has(said)) return next;
    const tail = tails.get(said)?.at(tokens, next);
    return tail && next + tail.words.length;
  };

  const read = (phrase: Phrase, at: number, said: string): ChangeCall | Problem | undefined => {
    const users = ofUsers(phrase, skipBefore(phrase, at).next);
    if (users) return users;
    const targets = readTargets(phrase, at);
    if (isProblem(targets)) return targets;
    if (targets === undefined) return direct.has(said) ? whichSignIn(phrase, at, example) : undefined;
    const next = afterAction(phrase, targets.next, said);
    if (next === undefined) return undefined;
    const told = readReason(phrase, next);
    if (told === undefined) return unannounced(phrase, next);
    if (isProblem(told)) return told;
    const wish = { wish: 'request', action: action.name, targets: targets.value, ...told } as const;
    return { command, asked: phrase.text, wish, notes: notesOn(targets.value, told.reason) };
  };

  const command: Command = {
    ...declared,
    name: action.title.toLowerCase(),
    needs: 'change',
    starts: [...action.says, ...tails.keys()],
    read,
  };
  return command;
};
