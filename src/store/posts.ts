import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Approval, Notice } from '../actions/approval.ts';
import { isKnown } from './approval-row.ts';
import type { PostTable } from './approval-tables.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** One message about an approval, posted or to be posted. */
export interface Post {
  readonly id: string;
  readonly number: number;
  readonly kind: Notice['kind'];
  readonly conversationId: string;
  /** The activity that shows it, once it was posted, where Teams gave its id. */
  readonly activityId?: string;
  /** The edition that it shows; 0 before it was posted. */
  readonly shown: number;
  /** How often it was taken up since it was last shown. */
  readonly tries: number;
  /** A post of it was begun before, and nobody knows whether it arrived. */
  readonly isDoubtful: boolean;
}

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
}

/** Due at once, and in nobody's hands. */
const FRESH = { tries: 0, due_at: 0, taken_until: 0, doubtful: 0 } as const;

/** What is never edited has one edition. */
const ONLY_EDITION = 1;

const postOf = (row: Selectable<PostTable>): Post => ({
  id: String(row.id),
  number: row.number,
  // Only `keepNotices` and `add` write it.
  kind: row.kind as Notice['kind'],
  conversationId: row.conversation_id,
  ...(row.activity_id !== null && { activityId: row.activity_id }),
  shown: row.shown,
  tries: row.tries,
  isDoubtful: row.doubtful === 1,
});

/** Makes the cards of an approval due for its edition, and adds what has to be posted. */
export const keepNotices = async (
  on: Transaction<Tables>,
  { number, edition }: Approval,
  notices: readonly Notice[],
): Promise<void> => {
  const cards = await on
    .updateTable('posts')
    .set({ wanted: edition })
    .where('number', '=', number)
    .where('kind', '=', 'card')
    .where(({ eb, or }) => or([eb('shown', '=', 0), eb('activity_id', 'is not', null)]))
    .returning('conversation_id')
    .execute();
  const isThere = new Set(cards.map(({ conversation_id }) => conversation_id));
  const rows = notices
    .filter(({ kind, conversationId }) => kind !== 'card' || !isThere.has(conversationId))
    .map(({ kind, conversationId: conversation_id }) => {
      const wanted = kind === 'card' ? edition : ONLY_EDITION;
      return { ...FRESH, number, kind, conversation_id, activity_id: null, shown: 0, wanted };
    });
  if (rows.length > 0) await on.insertInto('posts').values(rows).execute();
};

/** Holds an approval, as FOR UPDATE would: a change that is under way would not see a new row. Gives its edition. */
const hold = async (on: Transaction<Tables>, number: number): Promise<number | undefined> => {
  const approval = await on
    .updateTable('approvals')
    .set((row) => ({ edition: row.ref('edition') }))
    .where('number', '=', number)
    .returning('edition')
    .executeTakeFirst();
  return approval?.edition;
};

interface Standing {
  readonly number: number;
  readonly conversationId: string;
  readonly activityId: string;
  /** The edition that it shows. */
  readonly shown: number;
}

const addCard = async (
  on: Transaction<Tables>,
  { number, conversationId, activityId, shown }: Standing,
  wanted: number,
): Promise<void> => {
  const place = { conversation_id: conversationId, activity_id: activityId };
  const row = { ...FRESH, ...place, number, kind: 'card', shown, wanted };
  await on
    .insertInto('posts')
    .values(row)
    .onConflict((conflict) => conflict.columns(['conversation_id', 'activity_id']).doUpdateSet(row))
    .execute();
};

/** Changes a message that is still in the hands of whoever began with it; false if it is not. */
const settle = async (
  on: Transaction<Tables>,
  { id, tries, shown }: Post,
  change: Partial<Omit<PostTable, 'id'>>,
): Promise<boolean> => {
  const { numUpdatedRows } = await on
    .updateTable('posts')
    .set(change)
    .where('id', '=', Number(id))
    .where('tries', '=', tries + 1)
    .where('shown', '=', shown)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Notes as which activity it was posted. Somebody may have pressed a button on that and so had it added before. */
const settleAs = async (
  on: Transaction<Tables>,
  post: Post,
  activityId: string,
  shown: number,
): Promise<void> => {
  const { id, number, kind, conversationId } = post;
  const wanted = await hold(on, number);
  if (wanted === undefined) return;
  await on
    .deleteFrom('posts')
    .where('conversation_id', '=', conversationId)
    .where('activity_id', '=', activityId)
    .where('id', '<>', Number(id))
    .execute();
  const isSettled = await settle(on, post, { ...FRESH, activity_id: activityId, shown });
  if (!isSettled && kind === 'card') await addCard(on, { number, conversationId, activityId, shown }, wanted);
};

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
    async drop({ id }) {
      await write((on) =>
        on.updateTable('posts').set({ due_at: null }).where('id', '=', Number(id)).execute(),
      );
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
  };
};
