import { createHash } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Share, SharedFrom, Sharing, Snapshot } from '../entra/share.ts';
import { appendAll, type Sealing } from './ledger-append.ts';
import { isGivenUp } from './share-posts.ts';
import type { ShareTable } from './share-tables.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** What was shared. All reject when the store cannot be read or written; nothing is half done. */
export interface Shares {
  /**
   * Keeps a share under the next number, from 1 without gaps, with its entry of the ledger, and makes its card due
   * where it has a place; `from` is who is told if that cannot be posted. What this source made before is given back,
   * and its card is due again if it was given up. `enter` must be pure: it may be called several times.
   */
  create(
    source: string,
    sharing: Sharing,
    enter: (share: Share) => Sealing,
    from?: SharedFrom,
  ): Promise<Share>;
  find(number: number): Promise<Share | undefined>;
  /** Their numbers, in order. */
  numbers(): Promise<readonly number[]>;
  /** Erases what was shared before, and by what name the people went; number and hash stay. */
  prune(before: number): Promise<void>;
}

const hashOf = (document: string): string => createHash('sha256').update(document).digest('hex');

/** The store is ours alone and holds what `create` wrote; what somebody broke has another hash and is not shown. */
const parsed = <Value>(json: string | null): Value | undefined => {
  try {
    return json === null ? undefined : (JSON.parse(json) as Value);
  } catch {
    return undefined;
  }
};

/** A share as it is stored; its hash is that of what is there, whatever stands beside it. */
const shareOf = (row: Selectable<ShareTable>): Share => {
  const snapshot = parsed<Snapshot>(row.document);
  return {
    number: row.number,
    at: row.at,
    by: { id: row.by_id, name: row.by_name },
    ...(row.incident !== null && { incident: row.incident }),
    ...(row.conversation_id !== null && { conversationId: row.conversation_id }),
    redacted: parsed<Share['redacted']>(row.redacted) ?? [],
    hash: row.document === null ? row.hash : hashOf(row.document),
    ...(snapshot && { snapshot }),
  };
};

/**
 * Counts on. Whoever has done so holds the counter until the commit, as FOR UPDATE would: of two that come from the
 * same source, or are about the same incident, the second sees the first.
 */
export const holdShares = async (on: Transaction<Tables>, more: 0 | 1): Promise<number> => {
  const { last } = await on
    .updateTable('share_counter')
    .set((counter) => ({ last: counter('last', '+', more) }))
    .where('id', '=', 1)
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
};

const rowOf = (source: string, number: number, { snapshot, ...sharing }: Sharing): ShareTable => {
  const { at, by, incident = null, conversationId: conversation_id = null, redacted } = sharing;
  const document = JSON.stringify(snapshot);
  return {
    number,
    source,
    at,
    by_id: by.id,
    by_name: by.name,
    incident,
    conversation_id,
    redacted: JSON.stringify(redacted),
    hash: hashOf(document),
    document,
  };
};

/** A card that nobody has tried to post, and who waits for it: they are told whichever version gives it up. */
const dueFor = (from: SharedFrom | undefined, at: number) => ({
  due_at: at,
  tries: 0,
  taken_until: 0,
  failed: null,
  teams_id: from?.teamsId ?? null,
  asked_in: from?.conversationId ?? null,
  word_due_at: at,
  word_tries: 0,
  word_doubtful: 0,
});

const makeDue = async (
  on: Transaction<Tables>,
  { number, conversation_id, at }: ShareTable,
  from: SharedFrom | undefined,
): Promise<void> => {
  if (conversation_id === null) return;
  const post = { number, conversation_id, activity_id: null, ...dueFor(from, at), doubtful: 0 };
  await on.insertInto('share_posts').values(post).execute();
};

/** Somebody who shares the same again wants to see it, though it could not be posted before. */
const makeDueAgain = async (
  on: Transaction<Tables>,
  number: number,
  at: number,
  from: SharedFrom | undefined,
): Promise<void> => {
  await on
    .updateTable('share_posts')
    .set(dueFor(from, at))
    .where('number', '=', number)
    .where(isGivenUp)
    .execute();
};

/**
 * Shares in the store.
 *
 * @param write commits one write at a time: two of them in one transaction could wait for those of another replica
 */
export const sharesIn = (db: Kysely<Tables>, write: WriteTogether): Shares => ({
  create: (source, sharing, enter, from) =>
    write(async (on) => {
      await holdShares(on, 0);
      const before = await on
        .selectFrom('shares')
        .selectAll()
        .where('source', '=', source)
        .executeTakeFirst();
      if (before) {
        await makeDueAgain(on, before.number, sharing.at, from);
        return shareOf(before);
      }
      const row = rowOf(source, await holdShares(on, 1), sharing);
      const share = shareOf(row);
      await on.insertInto('shares').values(row).execute();
      await makeDue(on, row, from);
      await appendAll(on, [enter(share)]);
      return share;
    }),
  async find(number) {
    const row = await db.selectFrom('shares').selectAll().where('number', '=', number).executeTakeFirst();
    const lost = await db
      .selectFrom('share_posts')
      .select('number')
      .where('number', '=', number)
      .where(isGivenUp)
      .executeTakeFirst();
    return row && { ...shareOf(row), ...(lost && { isGivenUp: true }) };
  },
  async numbers() {
    const rows = await db.selectFrom('shares').select('number').orderBy('number').execute();
    return rows.map(({ number }) => number);
  },
  prune: (before) =>
    write(async (on) => {
      await on
        .updateTable('shares')
        .set({ document: null, by_name: '' })
        .where('at', '<', before)
        .where('document', 'is not', null)
        .execute();
    }),
});
