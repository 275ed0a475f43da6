import type { Kysely, Selectable, Transaction } from 'kysely';
import type { SharePostTable } from './share-tables.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** The card of share n, which has to be posted. */
export interface SharePost {
  readonly number: number;
  readonly conversationId: string;
  /** How often it was taken up. */
  readonly tries: number;
  /** A post of it was begun before, and nobody knows whether it arrived. */
  readonly isDoubtful: boolean;
}

/** Whoever posts one takes it from `due`, calls `begin`, sends, and tells `posted`, `later` or `drop`. */
export interface SharePosts {
  /** What nobody has taken up, the longest due first. */
  due(now: number, most: number): Promise<readonly SharePost[]>;
  /** Takes one up for so many milliseconds; it is doubtful from this commit on. False: somebody else has. */
  begin(post: SharePost, now: number, forMs: number): Promise<boolean>;
  posted(post: SharePost, activityId: string | undefined): Promise<void>;
  /** It has to be tried again then. Nothing, when somebody else has taken it up meanwhile. */
  later(post: SharePost, at: number, isDoubtful: boolean): Promise<void>;
  /** The conversation is gone for good: it is never due again. */
  drop(post: SharePost): Promise<void>;
  /** Whether the card of share n was posted, has to be yet, or never can be any more. */
  stateOf(number: number): Promise<'posted' | 'waiting' | 'gone'>;
}

const postOf = (row: Selectable<SharePostTable>): SharePost => ({
  number: row.number,
  conversationId: row.conversation_id,
  tries: row.tries,
  isDoubtful: row.doubtful === 1,
});

const change = async (
  on: Transaction<Tables>,
  { number }: SharePost,
  tries: number,
  columns: Partial<SharePostTable>,
): Promise<boolean> => {
  const { numUpdatedRows } = await on
    .updateTable('share_posts')
    .set(columns)
    .where('number', '=', number)
    .where('tries', '=', tries)
    .where('due_at', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** The cards of shares, in the store. */
export const sharePostsIn = (db: Kysely<Tables>, write: WriteTogether): SharePosts => {
  const settle = async (post: SharePost, columns: Partial<SharePostTable>): Promise<void> => {
    await write((on) => change(on, post, post.tries + 1, columns));
  };
  return {
    async due(now, most) {
      const rows = await db
        .selectFrom('share_posts')
        .selectAll()
        .where('due_at', '<=', now)
        .where('taken_until', '<=', now)
        .orderBy('due_at')
        .orderBy('number')
        .limit(most)
        .execute();
      return rows.map(postOf);
    },
    begin: (post, now, forMs) =>
      write((on) =>
        change(on, post, post.tries, { tries: post.tries + 1, taken_until: now + forMs, doubtful: 1 }),
      ),
    posted: (post, activityId = '') => settle(post, { due_at: null, doubtful: 0, activity_id: activityId }),
    later: (post, at, isDoubtful) =>
      settle(post, { due_at: at, taken_until: 0, doubtful: post.isDoubtful || isDoubtful ? 1 : 0 }),
    drop: (post) => settle(post, { due_at: null }),
    async stateOf(number) {
      const row = await db
        .selectFrom('share_posts')
        .select(['activity_id', 'due_at'])
        .where('number', '=', number)
        .executeTakeFirst();
      if (row?.activity_id != null) return 'posted';
      return row?.due_at == null ? 'gone' : 'waiting';
    },
  };
};
