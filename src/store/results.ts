import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { CardShowing, KeptAnswer, Showing, ShownAnswer } from '../entra/kept-answer.ts';
import { BriefMap } from '../lib/brief-map.ts';
import { readingsIn } from './readings.ts';
import { shownCardsIn } from './shown-cards.ts';
import type { ResultTable, ShownTable, Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** Answers that were shown, and to whom. */
export interface Results {
  /**
   * Keeps an answer as the last one shown to a person in a conversation. The same words that the same reading
   * answered are one result, however many people asked.
   */
  show(result: Omit<KeptAnswer, 'id'>, showing: Showing, now: number): Promise<KeptAnswer>;
  /** Keeps an answer that was shown to nobody in particular. */
  keep(result: Omit<KeptAnswer, 'id'>, now: number): Promise<KeptAnswer>;
  find(id: string): Promise<KeptAnswer | undefined>;
  /** What this person was shown last in this conversation, and from which row on. */
  last(personId: string, conversationId: string): Promise<ShownAnswer | undefined>;
  /** What this person was shown last, anywhere, the newest first. */
  recent(personId: string, most: number): Promise<readonly KeptAnswer[]>;
  /** Keeps which answer a card shows from now on. It counts at once, but is safe only when this resolves. */
  showOn(card: CardShowing, now: number): Promise<void>;
  /** The answer that this person sees on a card. */
  onCard(conversationId: string, cardId: string, personId: string): Promise<ShownAnswer | undefined>;
  /** The answer on the newest card of a conversation. */
  onNewestCard(conversationId: string): Promise<ShownAnswer | undefined>;
  prune(on: Transaction<Tables>, now: number): Promise<void>;
}

/** How long an answer can be paged through. */
const KEPT_MS = 24 * 3_600_000;

/** A repeat within this time writes nothing; it can only shorten how long the answer is kept. */
const SHOWN_LATELY_MS = 5 * 60_000;

// The reading's id is unguessable, so this one is too.
const idOf = ({ answer, asked, notes }: Omit<KeptAnswer, 'id'>): string =>
  createHash('sha256')
    .update(JSON.stringify([answer.readingId, asked, notes]))
    .digest('base64url')
    .slice(0, 32);

// The store is ours alone and holds what `show` wrote, so its JSON is trusted.
const notesOf = (json: string): string[] => JSON.parse(json) as string[];

type LastShown = Pick<ShownTable, 'result_id' | 'first' | 'at'>;

/**
 * Answers of the last 24 hours.
 *
 * @param room how many people's last answers are kept in memory; 0 where another process may change them
 */
export const resultsIn = (db: Kysely<Tables>, write: WriteTogether, room: number): Results => {
  const readings = readingsIn(db);
  const cards = shownCardsIn(db, write);
  const known = new BriefMap<string, LastShown>(room);

  const whole = async (row: ResultTable | undefined): Promise<KeptAnswer | undefined> => {
    const answer = row && (await readings.find(row.reading_id));
    if (!row || !answer) return undefined;
    const { id, person_id: personId, asked, notes } = row;
    return { id, personId, asked, notes: notesOf(notes), aboutMe: row.about_me === 1, answer };
  };

  const find = async (id: string): Promise<KeptAnswer | undefined> =>
    whole(await db.selectFrom('results').selectAll().where('id', '=', id).executeTakeFirst());

  const shownIn = async (
    row: Pick<LastShown, 'result_id' | 'first'> | undefined,
  ): Promise<ShownAnswer | undefined> => {
    const result = row && (await find(row.result_id));
    return row && result && { ...result, first: row.first };
  };

  const save = async (on: Transaction<Tables>, result: KeptAnswer, at: number): Promise<void> => {
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
  };

  const saveShown = async (
    on: Transaction<Tables>,
    result: KeptAnswer,
    showing: Showing,
    at: number,
  ): Promise<void> => {
    await save(on, result, at);
    const place = { person_id: showing.personId, conversation_id: showing.conversationId };
    const now = { result_id: result.id, first: showing.first, at };
    await on
      .insertInto('shown')
      .values({ ...place, ...now })
      .onConflict((conflict) => conflict.columns(['person_id', 'conversation_id']).doUpdateSet(now))
      .execute();
  };

  const shownTo = (personId: string, conversationId: string): Promise<LastShown | undefined> =>
    db
      .selectFrom('shown')
      .select(['result_id', 'first', 'at'])
      .where('person_id', '=', personId)
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();

  return {
    async show(shown, showing, now) {
      const result = { ...shown, id: idOf(shown) };
      const { personId, conversationId, first } = showing;
      const place = `${personId} ${conversationId}`;
      const last = known.get(place) ?? (await shownTo(personId, conversationId));
      const isRepeat = last?.result_id === result.id && last.first === first;
      if (isRepeat && last.at > now - SHOWN_LATELY_MS) return result;
      await write((transaction) => saveShown(transaction, result, showing, now));
      known.set(place, { result_id: result.id, first, at: now });
      // Only what was committed is kept at hand.
      readings.keep(result.answer);
      return result;
    },
    async keep(shown, now) {
      const result = { ...shown, id: idOf(shown) };
      await write((transaction) => save(transaction, result, now));
      return result;
    },
    find,
    last: async (personId, conversationId) => shownIn(await shownTo(personId, conversationId)),
    async recent(personId, most) {
      const rows = await db
        .selectFrom('shown')
        .select('result_id')
        .where('person_id', '=', personId)
        .groupBy('result_id')
        .orderBy((shown) => shown.fn.max('at'), 'desc')
        .limit(most)
        .execute();
      const results = await Promise.all(rows.map((row) => find(row.result_id)));
      return results.filter((result) => result !== undefined);
    },
    showOn: cards.keep,
    onCard: async (conversationId, cardId, personId) =>
      shownIn(await cards.on(conversationId, cardId, personId)),
    onNewestCard: async (conversationId) => shownIn(await cards.newest(conversationId)),
    async prune(on, now) {
      known.clear();
      const before = now - KEPT_MS;
      await on.deleteFrom('shown').where('at', '<', before).execute();
      await cards.prune(on, before);
      await on
        .deleteFrom('results')
        .where('at', '<', before)
        .where('id', 'not in', on.selectFrom('shown').select('result_id'))
        .where('id', 'not in', on.selectFrom('shown_cards').select('result_id'))
        .execute();
      await readings.prune(on, before);
    },
  };
};
