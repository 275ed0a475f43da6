import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Who has to be told when the card of a share cannot be posted, and why it could not. An older version goes on beside
 * it: it keeps the card in the columns that it knows, and these are about the word alone.
 */
export const shareWordsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    // SQLite takes one column at a time.
    const add = db.schema.alterTable('share_posts');
    for (const column of ['failed', 'teams_id', 'asked_in']) await add.addColumn(column, 'text').execute();
    await add.addColumn('word_due_at', 'bigint').execute();
    for (const column of ['word_tries', 'word_doubtful'])
      await add.addColumn(column, 'integer', (made) => made.notNull().defaultTo(0)).execute();
    await sql`create index share_words_due on share_posts (word_due_at) where word_due_at is not null`.execute(
      db,
    );
  },
};
