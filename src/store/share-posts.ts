import type { Expression, ExpressionBuilder, Kysely, Selectable, SqlBool, Transaction } from 'kysely';
import { GIVEN_UP, type GivenUp, type SharedFrom } from '../entra/share.ts';
import type { SharePostTable } from './share-tables.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** The card of share n, which has to be posted; or, once that is given up, the word about it to whoever shared. */
export interface SharePost {
  readonly number: number;
  readonly conversationId: string;
  /** How often it was taken up. */
  readonly tries: number;
  /** A post of the card was begun before, and nobody knows whether it arrived. */
  readonly isDoubtful: boolean;
  /** Who has to be told when it is given up, where that is known. */
  readonly from?: SharedFrom;
  /** Why it was given up. */
  readonly givenUp?: GivenUp;
}

/** Whoever posts one takes it from `due`, calls `begin`, sends, and tells `posted`, `later`, `giveUp` or `drop`. */
export interface SharePosts {
  /** What nobody has taken up, the longest due first. */
  due(now: number, most: number): Promise<readonly SharePost[]>;
  /** Takes one up for so many milliseconds; a card is doubtful from this commit on. False: somebody else has. */
  begin(post: SharePost, now: number, forMs: number): Promise<boolean>;
  posted(post: SharePost, activityId: string | undefined): Promise<void>;
  /** It has to be tried again then. Nothing, when somebody else has taken it up meanwhile. */
  later(post: SharePost, at: number, isDoubtful: boolean): Promise<void>;
  /** The card is never posted any more: the word about that is due at once. */
  giveUp(post: SharePost, why: GivenUp, now: number): Promise<void>;
  /** The word was said, or can be said nowhere: nothing of it is due again. */
  drop(post: SharePost): Promise<void>;
  /** Whether the card of share n was posted, has to be yet, or why it was given up. */
  stateOf(number: number): Promise<'posted' | 'waiting' | GivenUp>;
}

/** Cards that are never posted any more; an older version kept no reason. */
export const isGivenUp = ({ eb, and, or }: ExpressionBuilder<Tables, 'share_posts'>): Expression<SqlBool> =>
  and([eb('activity_id', 'is', null), or([eb('due_at', 'is', null), eb('failed', 'is not', null)])]);

const whyOf = (failed: string | null): GivenUp => GIVEN_UP.find((why) => why === failed) ?? 'gone';

const postOf = (row: Selectable<SharePostTable>): SharePost => ({
  number: row.number,
  conversationId: row.conversation_id,
  tries: row.tries,
  isDoubtful: row.doubtful === 1,
  ...(row.teams_id !== null &&
    row.asked_in !== null && { from: { teamsId: row.teams_id, conversationId: row.asked_in } }),
  ...(row.failed !== null && { givenUp: whyOf(row.failed) }),
});

/** Whom nobody has to tell any more is not kept. */
const NOBODY = { teams_id: null, asked_in: null };

const change = async (
  on: Transaction<Tables>,
  { number, givenUp }: SharePost,
  tries: number,
  columns: Partial<SharePostTable>,
): Promise<boolean> => {
  const { numUpdatedRows } = await on
    .updateTable('share_posts')
    .set(columns)
    .where('number', '=', number)
    .where('tries', '=', tries)
    .where('failed', givenUp === undefined ? 'is' : '=', givenUp ?? null)
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
        change(on, post, post.tries, {
          tries: post.tries + 1,
          taken_until: now + forMs,
          ...(post.givenUp === undefined && { doubtful: 1 }),
        }),
      ),
    posted: (post, activityId = '') =>
      settle(post, { ...NOBODY, due_at: null, doubtful: 0, activity_id: activityId }),
    later: (post, at, isDoubtful) =>
      settle(post, { due_at: at, taken_until: 0, doubtful: post.isDoubtful || isDoubtful ? 1 : 0 }),
    giveUp: (post, why, now) =>
      settle(post, { failed: why, due_at: now, taken_until: 0, tries: 0, doubtful: post.isDoubtful ? 1 : 0 }),
    drop: (post) => settle(post, { ...NOBODY, due_at: null }),
    async stateOf(number) {
      const row = await db
        .selectFrom('share_posts')
        .select(['activity_id', 'due_at', 'failed'])
        .where('number', '=', number)
        .executeTakeFirst();
      if (row?.activity_id != null) return 'posted';
      return row?.due_at != null && row.failed === null ? 'waiting' : whyOf(row?.failed ?? null);
    },
  };
};
