import type { Condition } from '../../entra/condition.ts';
import type { Query } from '../../entra/query.ts';
import type { Clause, ClauseReading, Match, Phrase } from '../clauses/clause.ts';
import type { Call, Command } from '../command.ts';
import { ask } from './run.ts';

/** What a command about sign-ins declares. */
interface Question extends Omit<Command, 'needs' | 'noun' | 'starts' | 'read'> {
  /** The words that make a question this one. */
  readonly words: Clause['words'];
  /** What the words demand. Their arguments begin at token `at`. */
  readonly means: Clause['read'];
  /** Reads a value that makes a question this one without any word. */
  readonly bare?: NonNullable<Clause['bare']>;
}

const isMatch = (reading: ClauseReading): reading is Match =>
  reading !== undefined && !('problem' in reading);

/** Declares a command that asks for sign-ins; every clause goes with it. */
export const question = ({ words, means, bare, ...declared }: Question): Command => {
  const named = (reading: ClauseReading): ClauseReading =>
    isMatch(reading) ? { ...reading, noun: command } : reading;
  const noun: Clause = {
    name: declared.name,
    doc: declared.summary,
    examples: declared.examples,
    words,
    read: (phrase, at, said, start) => named(means(phrase, at, said, start)),
    ...(bare && { bare: (phrase: Phrase, at: number) => named(bare(phrase, at)) }),
  };
  const command: Command = { ...declared, needs: 'reader', noun };
  return command;
};

/** Whether every row of the answer belongs to the person who asks. */
const isAboutMe = (where: readonly Condition[], me: string): boolean =>
  where.some(
    (condition) => condition.op === 'eq' && condition.property === 'userId' && condition.value === me,
  );

/** A question that was understood, ready to be asked. */
export const questionCall = (
  command: Command,
  query: Query,
  asked: string,
  notes: readonly string[],
  me: string,
): Call => ({
  command,
  asked,
  query,
  aboutMe: isAboutMe(query.where, me),
  notes,
  run: (powers) => ask(query, asked, notes, powers),
});
