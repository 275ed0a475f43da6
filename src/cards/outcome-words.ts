import { GRAPH_PROBLEMS } from '../entra/graph-problem.ts';
import { explainGraphProblem } from '../entra/graph-problem-words.ts';
import type { HistoryEntry } from '../entra/ledger-event.ts';
import { showAge } from '../lib/time.ts';

type Facts = HistoryEntry['facts'];

const textOf = (facts: Facts, name: string): string => String(facts[name] ?? '');

const WHY: ReadonlyMap<string, string> = new Map([
  ['too-late', 'its time to be carried out was over'],
  ['not-found', 'Entra ID did not know the sign-in any more'],
  ['role', 'a role was missing'],
  ['lower', 'the risk had sunk since it was shown'],
  ['edited', 'the store held something else than the ledger says'],
]);

/** Why something was not sent: the reason of our own, or what Graph said. */
const whyOf = (facts: Facts): string => {
  const why = textOf(facts, 'why');
  return WHY.get(why) ?? (why || 'it could not be done');
};

/** What Graph answered, where it refused or failed. */
const saidOf = (facts: Facts): string => {
  const kind = GRAPH_PROBLEMS.find((one) => one === facts.problem);
  return kind === undefined ? '' : ` ${explainGraphProblem({ kind }).what}`;
};

const doneWords = (facts: Facts, signIn: string): string => {
  switch (facts.how) {
    case 'already':
      return `${signIn} stood as wished before anything was sent.`;
    case 'read-back':
      return `${signIn} was read back: it stands as wished.`;
    default:
      return `Graph accepted the change of ${signIn}.`;
  }
};

/** Why it is sent again: Graph said so itself, or it was not there, which is as much as reading back can tell. */
const againWords = (facts: Facts, signIn: string, age: number | undefined): string => {
  if (facts.how !== 'read-back')
    return `The change of ${signIn} was certainly not done, and is sent again later.${saidOf(facts)}`;
  const when = age === undefined ? '' : ` ${showAge(age)} after it was sent`;
  return `The change of ${signIn} was not there when it was read back${when}, and is sent again.`;
};

/** What became of one target, or of all that were not sent yet; `age`: milliseconds since its change was sent. */
export const outcomeWords = (facts: Facts, age?: number): string => {
  const signIn = `sign-in ${textOf(facts, 'target')}`;
  switch (facts.at) {
    case 'done':
      return doneWords(facts, signIn);
    case 'failed':
      return facts.problem === undefined
        ? `The change of ${signIn} was not sent: ${whyOf(facts)}.`
        : `Graph refused the change of ${signIn}.${saidOf(facts)}`;
    case 'conflict':
      return `A person had decided otherwise about ${signIn} elsewhere, and that stands.`;
    case 'stopped':
      return `The change of ${signIn} was not sent: ${whyOf(facts)}.`;
    case 'unknown':
      return `Nobody can tell whether the change of ${signIn} was done.`;
    case 'waiting':
      return againWords(facts, signIn, age);
    case 'sent':
      return `Graph left open whether the change of ${signIn} was done: it is read back.${saidOf(facts)}`;
    default:
      return `What was not sent yet was given up: ${whyOf(facts)}.`;
  }
};
