import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { KeptAnswer, Showing } from '../entra/kept-answer.ts';
import { BriefMap } from '../lib/brief-map.ts';
import { readingsIn } from './readings.ts';
import type { ResultTable, Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** Answers that were shown, and to whom. */
export interface Results {
  /**
   * Keeps an answer as the last one shown to a person in a conversation. The same words that the same reading
   * answered are one result, however many people asked.
   */
  show(result: Omit<KeptAnswer, 'id'>, showing: Showing, now: number): Promise<KeptAnswer>;
  find(id: string): Promise<KeptAnswer | undefined>;
  /** What this person was shown last in this conversation, and from which row on. */
  last(
    personId: string,
    conversationId: string,
  ): Promise<(KeptAnswer & { readonly first: number }) | undefined>;
  prune(now: number): Promise<void>;
}

/** How long an answer can be paged through. */
const KEPT_MS = 24 * 3_600_000;

/** How many showings are known without asking the database, so that a repeat writes nothing. */
const KNOWN_AT_ONCE = 10_000;

// The reading's id is unguessable, so this one is too.
const idOf = ({ answer, asked, notes }: Omit<KeptAnswer, 'id'>): string =>
  createHash('sha256')
    .update(JSON.stringify([answer.readingId, asked, notes]))
    .digest('base64url')
    .slice(0, 32);

// The file is ours alone (mode 0600) and holds what `show` wrote, so its JSON is trusted.
const notesOf = (json: string): string[] => JSON.parse(json) as string[];

/** Answers of the last 24 hours. */
export const resultsIn = (db: Kysely<Tables>, write: WriteTogether): Results => {
  const readings = readingsIn(db);
  const known = new BriefMap<string, string>(KNOWN_AT_ONCE);

  const whole = async (row: ResultTable | undefined): Promise<KeptAnswer | undefined> => {
    const answer = row && (await readings.find(row.reading_id));
    if (!row || !answer) return undefined;
    const { id, person_id: personId, asked, notes } = row;
    return { id, personId, asked, notes: notesOf(notes), aboutMe: row.about_me === 1, answer };
  };

  const find = async (id: string): Promise<KeptAnswer | undefined> =>
    whole(await db.selectFrom('results').selectAll().where('id', '=', id).executeTakeFirst());

  const save = async (
    on: Transaction<Tables>,
    result: KeptAnswer,
    showing: Showing,
    at: number,
  ): Promise<void> => {
    const { id, personId, asked, aboutMe, answer } = result;
    await readings.save(on, answer, at);
    const notes = JSON.stringify(result.notes);
    await on
      .insertInto('results')
      .values({
        id,
        reading_id: answer.readingId,
        person_id: personId,
        asked,
        notes,
        about_me: aboutMe ? 1 : 0,
        at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const place = { person_id: showing.personId, conversation_id: showing.conversationId };
    const now = { result_id: id, first: showing.first, at };
    await on
      .insertInto('shown')
      .values({ ...place, ...now })
      .onConflict((conflict) => conflict.columns(['person_id', 'conversation_id']).doUpdateSet(now))
      .execute();
  };

  return {
    async show(shown, showing, now) {
      const result = { ...shown, id: idOf(shown) };
      const place = `${showing.personId} ${showing.conversationId}`;
      const what = `${result.id} ${showing.first}`;
      if (known.get(place) === what) return result;
      await write((transaction) => save(transaction, result, showing, now));
      // Only what was committed is known.
      readings.keep(result.answer);
      known.set(place, what);
      return result;
    },
    find,
    async last(personId, conversationId) {
      const row = await db
        .selectFrom('shown')
        .select(['result_id', 'first'])
        .where('person_id', '=', personId)
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      const result = row && (await find(row.result_id));
      return row && result && { ...result, first: row.first };
    },
    async prune(now) {
      known.clear();
      const before = now - KEPT_MS;
      await db.deleteFrom('shown').where('at', '<', before).execute();
      await db
        .deleteFrom('results')
        .where('at', '<', before)
        .where('id', 'not in', db.selectFrom('shown').select('result_id'))
        .execute();
      await readings.prune(before);
    },
  };
};
