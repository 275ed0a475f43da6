import type { Kysely, Transaction } from 'kysely';
import type { SignInAnswer } from '../entra/query.ts';
import type { ResultTable, Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** An answer as one person was shown it, kept for "next page", "#2" and the card's buttons. */
export interface Result {
  readonly id: string;
  readonly personId: string;
  readonly conversationId: string;
  /** What was asked, in the person's words. */
  readonly asked: string;
  readonly notes: readonly string[];
  /** True when only the asker may see it again. */
  readonly aboutMe: boolean;
  /** Index of the first row that was shown. */
  readonly first: number;
  readonly answer: SignInAnswer;
}

export interface Results {
  save(result: Result, now: number): Promise<void>;
  find(id: string): Promise<Result | undefined>;
  /** The newest answer that this person was shown in this conversation. */
  last(personId: string, conversationId: string): Promise<Result | undefined>;
  prune(now: number): Promise<void>;
}

/** How long an answer can be paged through. */
const KEPT_MS = 24 * 3_600_000;

/** Readings kept in memory: the one being paged through and a few beside it. */
const READINGS_AT_ONCE = 16;

// The file is ours alone (mode 0600) and holds what `save` wrote, so its JSON is trusted.
const parse = <Value>(json: string): Value => JSON.parse(json) as Value;

/** Answers of the last 24 hours; rows of one reading are stored once, however many people it served. */
export const resultsIn = (db: Kysely<Tables>, write: WriteTogether): Results => {
  const readings = new Map<string, SignInAnswer>();

  const keep = (answer: SignInAnswer): void => {
    readings.delete(answer.readingId);
    readings.set(answer.readingId, answer);
    const [oldest] = readings.keys();
    if (readings.size > READINGS_AT_ONCE && oldest !== undefined) readings.delete(oldest);
  };

  const readingOf = async (id: string): Promise<SignInAnswer | undefined> => {
    const known = readings.get(id);
    if (known) return known;
    const row = await db.selectFrom('readings').select('answer').where('id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    const answer = parse<SignInAnswer>(row.answer);
    keep(answer);
    return answer;
  };

  const saveReading = async (db: Transaction<Tables>, answer: SignInAnswer, now: number): Promise<void> => {
    if (readings.has(answer.readingId)) return;
    await db
      .insertInto('readings')
      .values({ id: answer.readingId, answer: JSON.stringify(answer), at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };

  const whole = async (row: ResultTable | undefined): Promise<Result | undefined> => {
    const answer = row && (await readingOf(row.reading_id));
    if (!row || !answer) return undefined;
    return {
      id: row.id,
      personId: row.person_id,
      conversationId: row.conversation_id,
      asked: row.asked,
      notes: parse<string[]>(row.notes),
      aboutMe: row.about_me === 1,
      first: row.first,
      answer,
    };
  };

  return {
    async save(result, now) {
      await write(async (transaction) => {
        await saveReading(transaction, result.answer, now);
        await transaction
          .insertInto('results')
          .values({
            id: result.id,
            reading_id: result.answer.readingId,
            person_id: result.personId,
            conversation_id: result.conversationId,
            asked: result.asked,
            notes: JSON.stringify(result.notes),
            about_me: result.aboutMe ? 1 : 0,
            first: result.first,
            at: now,
          })
          .execute();
      });
      // Only what was committed is known.
      keep(result.answer);
    },
    async find(id) {
      return whole(await db.selectFrom('results').selectAll().where('id', '=', id).executeTakeFirst());
    },
    async last(personId, conversationId) {
      const row = await db
        .selectFrom('results')
        .selectAll()
        .where('person_id', '=', personId)
        .where('conversation_id', '=', conversationId)
        .orderBy('at', 'desc')
        .executeTakeFirst();
      return whole(row);
    },
    async prune(now) {
      await db
        .deleteFrom('results')
        .where('at', '<', now - KEPT_MS)
        .execute();
      await db
        .deleteFrom('readings')
        .where('at', '<', now - KEPT_MS)
        .where('id', 'not in', db.selectFrom('results').select('reading_id'))
        .execute();
    },
  };
};
