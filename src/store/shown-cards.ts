import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { CardShowing } from '../entra/kept-answer.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** Which answer a card shows; a button gives single people a view of their own. */
export interface ShownCardTable {
  readonly conversation_id: string;
  readonly activity_id: string;
  /** Whose own view it is; empty: everybody's. */
  readonly person_id: string;
  readonly result_id: string;
  readonly first: number;
  readonly at: number;
}

/** What cards show. */
export interface ShownCards {
  /** Keeps what a card shows from now on. Counts at once; resolves when it is safe, a moment later. */
  keep(showing: CardShowing, now: number): Promise<void>;
  /** What this person sees on the card. */
  on(conversationId: string, cardId: string, personId: string): Promise<ShownCardTable | undefined>;
  /** What the newest card of the conversation shows. */
  newest(conversationId: string): Promise<ShownCardTable | undefined>;
  prune(on: Transaction<Tables>, before: number): Promise<void>;
}

/** Nobody replies to a card sooner, and so a busy bot makes few commits for many cards. */
const COLLECT_MS = 200;

// SQLite takes no statement of more parameters than 32,766.
const ROWS_AT_ONCE = 500;

type Key = Pick<ShownCardTable, 'conversation_id' | 'activity_id' | 'person_id'>;

const keyOf = (card: Key): string => [card.conversation_id, card.activity_id, card.person_id].join('\n');

const latest = (rows: readonly ShownCardTable[]): ShownCardTable | undefined =>
  rows.toSorted((a, b) => a.at - b.at).at(-1);

const save = async (on: Transaction<Tables>, rows: readonly ShownCardTable[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await on
      .insertInto('shown_cards')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['conversation_id', 'activity_id', 'person_id']).doUpdateSet(({ ref }) => ({
          result_id: ref('excluded.result_id'),
          first: ref('excluded.first'),
          at: ref('excluded.at'),
        })),
      )
      .execute();
  }
};

/** What cards showed lately; the newest of it is written a moment late, when there is more to write. */
export const shownCardsIn = (db: Kysely<Tables>, write: WriteTogether): ShownCards => {
  // Until it is committed, what was shown is found here alone.
  const waiting = new Map<string, ShownCardTable>();
  let collecting: Promise<void> | undefined;

  const commit = async (): Promise<void> => {
    await sleep(COLLECT_MS);
    collecting = undefined;
    const batch = [...waiting];
    try {
      await write((transaction) =>
        save(
          transaction,
          batch.map(([, row]) => row),
        ),
      );
    } finally {
      for (const [key, row] of batch) if (waiting.get(key) === row) waiting.delete(key);
    }
  };

  const inConversation = (id: string) =>
    db.selectFrom('shown_cards').selectAll().where('conversation_id', '=', id);

  return {
    keep({ conversationId, cardId, personId = '', resultId, first }, now) {
      const card = { conversation_id: conversationId, activity_id: cardId, person_id: personId };
      const row = { ...card, result_id: resultId, first, at: now };
      waiting.set(keyOf(row), row);
      collecting ??= commit();
      return collecting;
    },
    async on(conversationId, cardId, personId) {
      const seenBy = ['', personId];
      // Looked for before the database is asked: what is committed meanwhile is then found twice, not never.
      const fresh = seenBy.flatMap(
        (person) =>
          waiting.get(keyOf({ conversation_id: conversationId, activity_id: cardId, person_id: person })) ??
          [],
      );
      const kept = await inConversation(conversationId)
        .where('activity_id', '=', cardId)
        .where('person_id', 'in', seenBy)
        .execute();
      return latest([...kept, ...fresh]);
    },
    async newest(conversationId) {
      const fresh = [...waiting.values()].filter(
        (row) => row.conversation_id === conversationId && row.person_id === '',
      );
      const kept = await inConversation(conversationId)
        .where('person_id', '=', '')
        .orderBy('at', 'desc')
        .limit(1)
        .execute();
      return latest([...kept, ...fresh]);
    },
    async prune(on, before) {
      await on.deleteFrom('shown_cards').where('at', '<', before).execute();
    },
  };
};
