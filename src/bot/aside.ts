import type { View } from '../cards/view.ts';
import { ConnectorFailure } from '../entra/connector-problem.ts';
import type { Person } from '../entra/person.ts';
import { type Place, roomOf } from '../entra/place.ts';
import { BriefMap } from '../lib/brief-map.ts';
import type { Asker } from './asker.ts';
import type { Chat, Ports, Settings } from './ports.ts';
import { type CardChat, post } from './speak.ts';

/** A card that only one person sees: in their own chat, or among others. */
export interface Stands {
  readonly chat: CardChat;
  readonly conversationId: string;
  readonly cardId: string | undefined;
  readonly isPersonalChat: boolean;
}

/** Why nothing could be shown to the person alone. */
export type NotShown = 'not-added' | 'failed';

/** Shows things to one person, out of the sight of everybody else in a conversation. */
export interface Aside {
  /** Shows it in the conversation to that person alone, where Teams offers that; undefined where it does not. */
  targeted(asker: Asker, chat: Chat, view: View): Promise<Stands | undefined>;
  /** Shows it in whatever way is configured and offered. */
  show(asker: Asker, chat: Chat, view: View): Promise<Stands | NotShown>;
  /** Does something in the personal chat of somebody, wherever they speak; undefined when they have not added the bot. */
  inPersonalChat<Value>(
    asker: Asker,
    act: (chat: Chat, place: Place) => Promise<Value>,
  ): Promise<Value | undefined>;
}

/** How long it is remembered that Teams offers no targeted messages somewhere. */
const NOT_OFFERED_MS = 3_600_000;

const REMEMBERED_AT_ONCE = 10_000;

// Older clouds and kinds of conversation know no such request, or refuse it.
const NOT_OFFERED: ReadonlySet<number | undefined> = new Set([400, 403, 404, 501]);

const isGone = (error: unknown): error is ConnectorFailure =>
  error instanceof ConnectorFailure && (error.problem === 'gone' || error.problem === 'refused');

/** Remembers where targeted messages are refused, and whose personal chat is which. */
export const asideWith = (
  ports: Ports,
  { answersInChannels }: Pick<Settings, 'answersInChannels'>,
): Aside => {
  const refusedUntil = new BriefMap<string, number>(REMEMBERED_AT_ONCE);
  const chats = new BriefMap<Person['id'], Place>(REMEMBERED_AT_ONCE);

  const targeted: Aside['targeted'] = async ({ person, place }, chat, view) => {
    const room = roomOf(place.conversationId);
    // The card of a request is edited by whoever delivers, which a targeted message would not let them do.
    if (view.card === 'approval') return undefined;
    if (answersInChannels !== 'targeted' || (refusedUntil.get(room) ?? 0) > ports.clock()) return undefined;
    const only = chat.only(person);
    try {
      const cardId = await post(only, view);
      return { chat: only, conversationId: place.conversationId, cardId, isPersonalChat: false };
    } catch (error) {
      if (!(error instanceof ConnectorFailure) || !NOT_OFFERED.has(error.status)) throw error;
      refusedUntil.set(room, ports.clock() + NOT_OFFERED_MS);
      ports.log.info('targeted.not-offered', { conversation: room, status: error.status });
      return undefined;
    }
  };

  const open = async ({ person, place }: Asker): Promise<Place> => {
    const known = chats.get(person.id);
    if (known) return known;
    const opened = await ports.personalChat(person, place);
    await ports.store.places.remember(opened, ports.clock());
    chats.set(person.id, opened);
    return opened;
  };

  const inPersonalChat: Aside['inPersonalChat'] = async (asker, act) => {
    try {
      const place = asker.place.kind === 'personal' ? asker.place : await open(asker);
      return await act(ports.chatIn(place), place);
    } catch (error) {
      if (!isGone(error)) throw error;
      const { problem, status } = error;
      ports.log.info('personal-chat.closed', { person: asker.person.id, problem, status });
      chats.delete(asker.person.id);
      return undefined;
    }
  };

  const showThere = (asker: Asker, view: View): Promise<Stands | undefined> =>
    inPersonalChat(asker, async (chat, { conversationId }) => {
      const cardId = await post(chat, view);
      return { chat, conversationId, cardId, isPersonalChat: true };
    });

  return {
    targeted,
    inPersonalChat,
    async show(asker, chat, view) {
      try {
        return (await targeted(asker, chat, view)) ?? (await showThere(asker, view)) ?? 'not-added';
      } catch (error) {
        if (!(error instanceof ConnectorFailure)) throw error;
        const { problem, status } = error;
        ports.log.warn('aside.failed', { person: asker.person.id, problem, status });
        return 'failed';
      }
    },
  };
};
