import { channelOf } from './conversations.ts';

/** Adaptive Card JSON as the bot sent it. */
export type CardJson = Readonly<Record<string, unknown>>;

/** What the bot can put into a message. */
export interface Content {
  readonly text: string;
  readonly format: 'plain' | 'markdown';
  readonly card: CardJson | null;
  /** What a notification says; may be empty. */
  readonly summary: string;
  /** Phrases of suggested actions, shown in personal chats only. */
  readonly suggestions: readonly string[];
  /** A file that the person may take. */
  readonly offered?: {
    readonly name: string;
    readonly description: string;
    /** Bytes. */
    readonly size: number;
    readonly acceptContext: unknown;
    readonly declineContext: unknown;
  };
  /** A file that was taken, by its id in the pretended OneDrive. */
  readonly file?: { readonly name: string; readonly id: string };
}

/** A message as one person sees it. */
export interface Seen extends Content {
  readonly id: string;
  /** In a channel the thread's id. */
  readonly conversationId: string;
  /** Object id of the writer; null when the bot wrote it. */
  readonly authorId: string | null;
  /** The writer sent what the bot's message extension gave them. */
  readonly viaBot?: true;
  /** Whether the writer mentioned the bot. */
  readonly mention: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly edited: boolean;
  /** Object id of who alone sees it; absent: everybody in the conversation. */
  readonly onlyFor?: string;
}

/** Something changed on people's screens. */
export type Change =
  | {
      readonly kind: 'message';
      readonly conversationId: string;
      readonly id: string;
      readonly onlyFor?: string;
    }
  | { readonly kind: 'removed'; readonly conversationId: string; readonly id: string }
  | { readonly kind: 'typing'; readonly conversationId: string };

interface Stored extends Seen {
  readonly revision: number;
  /** What an invoke gave to single people instead of the card that everybody sees. */
  readonly views: ReadonlyMap<string, { readonly card: CardJson; readonly revision: number }>;
}

/** Older messages of a conversation are forgotten beyond this many. */
const KEPT = 500;

const seenBy = (stored: Stored, personId: string): Seen => {
  const { revision: _revision, views, ...message } = stored;
  const view = views.get(personId);
  return view === undefined ? message : { ...message, card: view.card };
};

/** All messages, who sees which card in them, and who wants to hear of changes. */
export class Messages {
  readonly #byConversation = new Map<string, Map<string, Stored>>();
  readonly #listeners = new Set<(change: Change) => void>();
  #revision = 0;

  /** A number that every change makes larger. */
  get revision(): number {
    return this.#revision;
  }

  /** Calls back on every change until the answer is called. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(message: Seen): void {
    this.#store(message.conversationId, { ...message, revision: this.#next(), views: new Map() });
    const { conversationId, id, onlyFor } = message;
    this.#tell({ kind: 'message', conversationId, id, ...(onlyFor !== undefined && { onlyFor }) });
  }

  /** Replaces what everybody sees; single people's cards are dropped, as Teams does. False if there is none. */
  edit(conversationId: string, id: string, content: Partial<Content>): boolean {
    const old = this.#find(conversationId, id);
    if (old === undefined) return false;
    const { offered: _offered, file: _file, ...kept } = old;
    this.#store(old.conversationId, {
      ...kept,
      ...content,
      edited: true,
      revision: this.#next(),
      views: new Map(),
    });
    this.#tell({ kind: 'message', conversationId: old.conversationId, id });
    return true;
  }

  /** Replaces the card for one person only. */
  show(conversationId: string, id: string, personId: string, card: CardJson): void {
    const old = this.#find(conversationId, id);
    if (old === undefined) return;
    const views = new Map(old.views).set(personId, { card, revision: this.#next() });
    this.#store(old.conversationId, { ...old, views });
    this.#tell({ kind: 'message', conversationId: old.conversationId, id, onlyFor: personId });
  }

  remove(conversationId: string, id: string): boolean {
    const gone = this.#find(conversationId, id);
    if (gone === undefined) return false;
    this.#byConversation.get(channelOf(conversationId))?.delete(id);
    this.#revision += 1;
    this.#tell({ kind: 'removed', conversationId: gone.conversationId, id });
    return true;
  }

  typing(conversationId: string): void {
    this.#tell({ kind: 'typing', conversationId });
  }

  /** Whether a message with this id stands in the conversation (a channel holds those of all its threads). */
  has(conversationId: string, id: string): boolean {
    return this.#find(conversationId, id) !== undefined;
  }

  /** Whether the bot wrote it: it can edit no other message. */
  isOfBot(conversationId: string, id: string): boolean {
    return this.#find(conversationId, id)?.authorId === null;
  }

  /** Who alone sees a message, if anybody does. */
  targetOf(conversationId: string, id: string): string | undefined {
    return this.#find(conversationId, id)?.onlyFor;
  }

  /** The messages of a chat, a channel or one thread, oldest first, changed after `since`. */
  list(conversationId: string, personId: string, since = 0): readonly Seen[] {
    const all = [...(this.#byConversation.get(channelOf(conversationId))?.values() ?? [])];
    const whole = conversationId === channelOf(conversationId);
    return all
      .filter((stored) => whole || stored.conversationId === conversationId)
      .filter(({ onlyFor }) => onlyFor === undefined || onlyFor === personId)
      .filter(({ revision, views }) => Math.max(revision, views.get(personId)?.revision ?? 0) > since)
      .map((stored) => seenBy(stored, personId));
  }

  #next(): number {
    this.#revision += 1;
    return this.#revision;
  }

  #find(conversationId: string, id: string): Stored | undefined {
    return this.#byConversation.get(channelOf(conversationId))?.get(id);
  }

  #store(conversationId: string, stored: Stored): void {
    const key = channelOf(conversationId);
    const messages = this.#byConversation.get(key) ?? new Map<string, Stored>();
    messages.set(stored.id, stored);
    const [oldest] = messages.keys();
    if (messages.size > KEPT && oldest !== undefined) messages.delete(oldest);
    this.#byConversation.set(key, messages);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
