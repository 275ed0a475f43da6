import type { Selectable, Transaction } from 'kysely';
import type { Approval, Notice } from '../actions/approval.ts';
import type { PostTable } from './approval-tables.ts';
import type { Tables } from './tables.ts';

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

/** Due at once, and in nobody's hands. */
export const FRESH = { tries: 0, due_at: 0, taken_until: 0, doubtful: 0 } as const;

/** What is never edited has one edition. */
export const ONLY_EDITION = 1;

/** A message as it was stored. */
export const postOf = (row: Selectable<PostTable>): Post => ({
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
export const hold = async (on: Transaction<Tables>, number: number): Promise<number | undefined> => {
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

/** Keeps that a card shows an edition. One that is known as a message about another approval stays what it is. */
export const addCard = async (
  on: Transaction<Tables>,
  { number, conversationId, activityId, shown }: Standing,
  wanted: number,
): Promise<void> => {
  const place = { conversation_id: conversationId, activity_id: activityId };
  const row = { ...FRESH, ...place, number, kind: 'card', shown, wanted };
  await on
    .insertInto('posts')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['conversation_id', 'activity_id'])
        .doUpdateSet(row)
        .where('posts.number', '=', number),
    )
    .execute();
};

/** Changes a message that is still in the hands of whoever began with it; false if it is not. */
export const settle = async (
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
export const settleAs = async (
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
