import type { Expression, ExpressionBuilder, Kysely, Selectable, SqlBool, Transaction } from 'kysely';
import { GIVEN_UP, type GivenUp, type SharedFrom } from '../entra/share.ts';
import type { SharePostTable } from './share-tables.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** The word to whoever shared that the card was given up. */
export interface ShareWord {
  readonly why: GivenUp;
  /** Saying it was begun before, and nobody knows whether it arrived. */
  readonly isDoubtful: boolean;
}

/** The card of share n, which has to be posted; or, once that is given up, the word about it to whoever shared. */
export interface SharePost {
  readonly number: number;
  readonly conversationId: string;
  /** How often the one or the other was taken up. */
  readonly tries: number;
  /** A post of the card was begun before, and nobody knows whether it arrived. */
  readonly isDoubtful: boolean;
  /** Who has to be told when it is given up, where that is known. */
  readonly from?: SharedFrom;
  /** Set once the card was given up. */
  readonly word?: ShareWord;
}

/** Whoever posts one takes it from `due`, calls `begin`, sends, and tells `posted`, `later`, `giveUp` or `drop`. */
export interface SharePosts {
  /** What nobody has taken up, the longest due first. */
  due(now: number, most: number): Promise<readonly SharePost[]>;
  /** Takes one up for so many milliseconds; it is doubtful from this commit on. False: somebody else has. */
  begin(post: SharePost, now: number, forMs: number): Promise<boolean>;
  posted(post: SharePost, activityId: string | undefined): Promise<void>;
  /** It has to be tried again then. An earlier doubt stays. Nothing, when somebody else has taken it up meanwhile. */
  later(post: SharePost, at: number, isDoubtful: boolean): Promise<void>;
  /** The card is never posted any more: the word about that is due at once. */
  giveUp(post: SharePost, why: GivenUp, now: number): Promise<void>;
  /** The word was said, or can be said nowhere: nothing of it is due again. */
  drop(post: SharePost): Promise<void>;
  /** Whether the card of share n was posted, has to be yet, or why it was given up. */
  stateOf(number: number): Promise<'posted' | 'waiting' | GivenUp>;
}

type Posts = ExpressionBuilder<Tables, 'share_posts'>;

/** Cards that are never posted any more, whichever version of Flagman gave them up. */
export const isGivenUp = ({ eb, and }: Posts): Expression<SqlBool> =>
  and([eb('activity_id', 'is', null), eb('due_at', 'is', null)]);

// An older version keeps no reason, and a later one may know more of them.
const whyOf = (failed: string | null): GivenUp => GIVEN_UP.find((why) => why === failed) ?? 'gone';

const postOf = (row: Selectable<SharePostTable>): SharePost => ({
  number: row.number,
  conversationId: row.conversation_id,
  tries: row.due_at === null ? row.word_tries : row.tries,
  isDoubtful: row.doubtful === 1,
  ...(row.teams_id !== null &&
    row.asked_in !== null && { from: { teamsId: row.teams_id, conversationId: row.asked_in } }),
  ...(row.due_at === null && { word: { why: whyOf(row.failed), isDoubtful: row.word_doubtful === 1 } }),
});

/** Whom nobody has to tell any more is not kept. */
const NOBODY = { teams_id: null, asked_in: null, word_due_at: null };

const change = async (
  on: Transaction<Tables>,
  { number, word }: SharePost,
  tries: number,
  columns: Partial<SharePostTable>,
): Promise<boolean> => {
  const isDue = (posts: Posts) =>
    word
      ? posts.and([isGivenUp(posts), posts('word_due_at', 'is not', null)])
      : posts('due_at', 'is not', null);
  const { numUpdatedRows } = await on
    .updateTable('share_posts')
    .set(columns)
    .where('number', '=', number)
    .where(word ? 'word_tries' : 'tries', '=', tries)
    .where(isDue)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

const begun = ({ tries, word }: SharePost) =>
  word ? { word_tries: tries + 1, word_doubtful: 1 } : { tries: tries + 1, doubtful: 1 };

const postponed = ({ isDoubtful, word }: SharePost, at: number, isNewlyDoubtful: boolean) => {
  const doubt = isNewlyDoubtful || (word ?? { isDoubtful }).isDoubtful ? 1 : 0;
  return word ? { word_due_at: at, word_doubtful: doubt } : { due_at: at, doubtful: doubt };
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
        .where((posts) =>
          posts.or([
            posts('due_at', '<=', now),
            posts.and([isGivenUp(posts), posts('word_due_at', '<=', now)]),
          ]),
        )
        .where('taken_until', '<=', now)
        .orderBy(({ fn }) => fn.coalesce('due_at', 'word_due_at'))
        .orderBy('number')
        .limit(most)
        .execute();
      return rows.map(postOf);
    },
    begin: (post, now, forMs) =>
      write((on) => change(on, post, post.tries, { ...begun(post), taken_until: now + forMs })),
    posted: (post, activityId = '') =>
      settle(post, { ...NOBODY, due_at: null, doubtful: 0, activity_id: activityId }),
    later: (post, at, isDoubtful) => settle(post, { ...postponed(post, at, isDoubtful), taken_until: 0 }),
    giveUp: (post, why, now) =>
      settle(post, {
        failed: why,
        due_at: null,
        taken_until: 0,
        doubtful: post.isDoubtful ? 1 : 0,
        word_due_at: now,
        word_tries: 0,
        word_doubtful: 0,
      }),
    drop: (post) => settle(post, NOBODY),
    async stateOf(number) {
      const row = await db
        .selectFrom('share_posts')
        .select(['activity_id', 'due_at', 'failed'])
        .where('number', '=', number)
        .executeTakeFirst();
      if (row?.activity_id != null) return 'posted';
      return row?.due_at != null ? 'waiting' : whyOf(row?.failed ?? null);
    },
  };
};
