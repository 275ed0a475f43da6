import type { Kysely, Transaction } from 'kysely';
import type { SignInAnswer } from '../entra/query.ts';
import type { Tables } from './tables.ts';

/** What Graph answered, stored once for every result that shows it. */
export interface Readings {
  save(on: Transaction<Tables>, answer: SignInAnswer, at: number): Promise<void>;
  /** Remembers a reading that is safely stored, so that paging through it asks no database. */
  keep(answer: SignInAnswer): void;
  find(id: string): Promise<SignInAnswer | undefined>;
  prune(on: Transaction<Tables>, before: number): Promise<void>;
}

/** Rows kept in memory, about 4 KB each: what is being paged through now. */
const ROWS_AT_ONCE = 20_000;

/** Answers of Graph by their reading's id, the newest of them in memory. */
export const readingsIn = (db: Kysely<Tables>): Readings => {
  const known = new Map<string, SignInAnswer>();
  let rows = 0;

  const drop = (answer: SignInAnswer): void => {
    if (known.delete(answer.readingId)) rows -= answer.rows.length + 1;
  };

  const keep = (answer: SignInAnswer): void => {
    drop(answer);
    known.set(answer.readingId, answer);
    rows += answer.rows.length + 1;
    // The oldest go first; the newest stays however large it is.
    for (const old of known.values()) {
      if (rows <= ROWS_AT_ONCE || old === answer) return;
      drop(old);
    }
  };

  return {
    keep,
    async save(on, answer, at) {
      const id = answer.readingId;
      // An answer is large, so whether it is there already is asked first.
      if (await on.selectFrom('readings').select('id').where('id', '=', id).executeTakeFirst()) return;
      await on
        .insertInto('readings')
        .values({ id, answer: JSON.stringify(answer), at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async find(id) {
      const answer = known.get(id);
      if (answer) return answer;
      const row = await db.selectFrom('readings').select('answer').where('id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      // The store is ours alone and holds what `save` wrote, so its JSON is trusted.
      const stored = JSON.parse(row.answer) as SignInAnswer;
      keep(stored);
      return stored;
    },
    async prune(on, before) {
      known.clear();
      rows = 0;
      await on
        .deleteFrom('readings')
        .where('at', '<', before)
        .where('id', 'not in', on.selectFrom('results').select('reading_id'))
        .execute();
    },
  };
};
