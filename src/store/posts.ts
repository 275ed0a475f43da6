import type { Kysely } from 'kysely';
import { isKnown } from './approval-row.ts';
import { addCard, FRESH, hold, ONLY_EDITION, type Post, postOf, settle, settleAs } from './post-rows.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/**
 * The messages about approvals. `Approvals` makes them; whoever delivers one takes it from `due`, calls `begin`, sends,
 * and tells the same `Post` to `shown`, `later` or `drop`.
 */
export interface Posts {
  /**
   * What is not posted yet, and cards that show an older edition, unless somebody has taken them up; the longest due
   * first. A reminder and an outcome are posted once. A card of which Teams gave no id cannot be edited.
   */
  due(now: number, most: number): Promise<readonly Post[]>;
  /**
   * Takes one up for so many milliseconds; when it was never posted, it is doubtful from this commit on. False when
   * somebody else has taken it up, or has done so since it was read.
   */
  begin(post: Post, now: number, forMs: number): Promise<boolean>;
  /** It shows this edition now. Where somebody else has posted it meanwhile, a card is a second one, kept beside. */
  shown(post: Post, activityId: string | undefined, edition: number): Promise<void>;
  /** It has to be tried again then. An earlier doubt stays. Nothing, when somebody else has taken it up meanwhile. */
  later(post: Post, at: number, isDoubtful: boolean): Promise<void>;
  /** The conversation is gone for good: it is never due again. */
  drop(post: Post): Promise<void>;
  /** A card of an approval shows this edition in the course of a turn; another one in the same conversation stays. */
  add(number: number, conversationId: string, activityId: string, edition: number): Promise<void>;
  /** Whether a card of this approval stands in the conversation, or may stand there: it was begun. */
  isIn(number: number, conversationId: string): Promise<boolean>;
  /** The approval that this message is about, of whatever kind it is. */
  about(conversationId: string, activityId: string): Promise<number | undefined>;
  /** The conversations in which cards of this approval stand. */
  places(number: number): Promise<readonly string[]>;
  /** The approvals whose cards stand in a conversation, the oldest first. */
  numbersIn(conversationId: string): Promise<readonly number[]>;
}

/**
 * Messages about approvals.
 *
 * @param write commits one write at a time
 */
export const postsIn = (db: Kysely<Tables>, write: WriteTogether): Posts => {
  return {
    async due(now, most) {
      const rows = await db
        .selectFrom('posts')
        .innerJoin('approvals', 'approvals.number', 'posts.number')
        .selectAll('posts')
        .whereRef('posts.shown', '<', 'posts.wanted')
        .where('posts.due_at', '<=', now)
        .where('posts.taken_until', '<=', now)
        .where(isKnown)
        .orderBy('posts.due_at')
        .orderBy('posts.id')
        .limit(most)
        .execute();
      return rows.map(postOf);
    },
    begin: (post, now, forMs) =>
      write(async (on) => {
        const { numUpdatedRows } = await on
          .updateTable('posts')
          .set({
            taken_until: now + forMs,
            tries: post.tries + 1,
            ...(post.shown === 0 && { doubtful: 1 }),
          })
          .where('id', '=', Number(post.id))
          .where('tries', '=', post.tries)
          .where('shown', '=', post.shown)
          .where('due_at', '<=', now)
          .where('taken_until', '<=', now)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    async shown(post, newId, edition) {
      const activityId = newId ?? post.activityId;
      const shown = post.kind === 'card' ? edition : ONLY_EDITION;
      await write(async (on) => {
        if (activityId !== undefined) await settleAs(on, post, activityId, shown);
        // It cannot be edited, so this edition is its last one.
        else await settle(on, post, { ...FRESH, shown, wanted: shown });
      });
    },
    async later(post, at, isDoubtful) {
      const doubtful = post.isDoubtful || isDoubtful ? 1 : 0;
      await write((on) => settle(on, post, { due_at: at, taken_until: 0, doubtful }));
    },
    async drop({ id, isDoubtful }) {
      // What could not be posted stands nowhere, unless an earlier try left a doubt.
      const change = { due_at: null, doubtful: isDoubtful ? 1 : 0 };
      await write((on) => on.updateTable('posts').set(change).where('id', '=', Number(id)).execute());
    },
    add: (number, conversationId, activityId, shown) =>
      write(async (on) => {
        const wanted = await hold(on, number);
        if (wanted !== undefined) await addCard(on, { number, conversationId, activityId, shown }, wanted);
      }),
    async isIn(number, conversationId) {
      const row = await db
        .selectFrom('posts')
        .select('id')
        .where('number', '=', number)
        .where('conversation_id', '=', conversationId)
        .where('kind', '=', 'card')
        .where(({ eb, or }) => or([eb('shown', '>', 0), eb('doubtful', '=', 1)]))
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async about(conversationId, activityId) {
      const row = await db
        .selectFrom('posts')
        .select('number')
        .where('conversation_id', '=', conversationId)
        .where('activity_id', '=', activityId)
        .executeTakeFirst();
      return row?.number;
    },
    async places(number) {
      const rows = await db
        .selectFrom('posts')
        .select('conversation_id')
        .where('number', '=', number)
        .where('kind', '=', 'card')
        .where('activity_id', 'is not', null)
        .orderBy('id')
        .execute();
      return rows.map(({ conversation_id }) => conversation_id);
    },
    async numbersIn(conversationId) {
      const rows = await db
        .selectFrom('posts')
        .select('number')
        .distinct()
        .where('conversation_id', '=', conversationId)
        .where('kind', '=', 'card')
        .where('activity_id', 'is not', null)
        .orderBy('number')
        .execute();
      return rows.map(({ number }) => number);
    },
  };
};
