import { isForAskerAlone } from '../cards/for-asker-alone.ts';
import type { HelpView, ProblemView, View } from '../cards/view.ts';
import { ConnectorFailure } from '../entra/connector-problem.ts';
import type { Place } from '../entra/place.ts';
import type { NotShown, Stands } from './aside.ts';
import { IN_PERSONAL_CHAT, NOT_ADDED, NOT_DELIVERED, SEEN_BY_YOU_ALONE } from './aside-words.ts';
import type { Asker } from './asker.ts';
import type { Middle } from './middle.ts';
import type { Chat } from './ports.ts';
import { type CardChat, post, rememberCard, replace } from './speak.ts';

/** A card that said "working", and whether the asker alone sees it. */
export type Working = { readonly cardId: string | undefined; readonly aside?: Stands };

/** What takes the place of "working" when the answer stands in the chat as a card of its own. */
export const DONE: HelpView = {
  card: 'help',
  isGeneral: true,
  title: 'Done',
  paragraphs: ['The answer stands in this conversation as a card of its own.'],
  sections: [],
  suggestions: [],
};

/** Something unexpected, when all was done but showing it; what was asked for may have been a change. */
const notShown = (reference: string): ProblemView => ({
  card: 'problem',
  what: 'The answer could not be shown.',
  why: 'Something went wrong inside Flagman. What you asked for may have been done all the same.',
  next: 'Ask again; before you repeat a change or a share, look whether it was made. If it happens again, give the reference below to whoever runs Flagman.',
  reference,
  suggestions: [],
});

/** Whether Teams would take no other words either; what it refuses as it is says nothing of a shorter card. */
const isDeaf = (error: unknown): boolean =>
  error instanceof ConnectorFailure && !['too-big', 'refused'].includes(error.problem);

/**
 * Shows an answer, or says that it could not be shown: in the place of a card that holds none. Throws where Teams takes
 * nothing.
 */
export const showOrSay = async (
  { ports }: Middle,
  { chat, cardId }: { readonly chat: CardChat; readonly cardId?: string | undefined },
  show: () => Promise<void>,
): Promise<void> => {
  try {
    await show();
  } catch (error) {
    if (isDeaf(error)) throw error;
    const reference = ports.newId();
    ports.log.error('turn.failed', { reference, error });
    await replace(chat, cardId, notShown(reference));
  }
};

/** Whether what a view shows belongs to the conversation; what was only looked up there does not. */
const belongsHere = async ({ ports }: Middle, { conversationId }: Place, view: View): Promise<boolean> => {
  switch (view.card) {
    case 'approval':
      return ports.posts.isIn(view.approval.number, conversationId);
    case 'share':
      return view.share.conversationId === conversationId;
    case 'timeline':
      return view.incident?.conversationId === conversationId;
    default:
      return false;
  }
};

/** Whether an answer must not be posted where it was asked for. */
export const mustGoAside = async (
  middle: Middle,
  { place, isAlone }: Asker,
  view: View,
): Promise<boolean> => {
  if (place.kind === 'personal') return false;
  if (middle.settings.answersInChannels === 'thread' && isAlone !== true) return false;
  return isForAskerAlone(view, await belongsHere(middle, place, view));
};

/** A card that stands is not spoken of as missing: that it could not be remembered is for the log. */
const remembered = ({ ports }: Middle, work: Promise<void>): Promise<void> =>
  work.catch((error: unknown) => ports.log.error('card.not-remembered', { error }));

/** Remembers an answer that one person was shown alone, so that they can go on from it wherever they saw it. */
const rememberAside = async (
  middle: Middle,
  { person }: Asker,
  stands: Stands,
  view: View,
): Promise<void> => {
  const { results } = middle.ports.store;
  const { conversationId, cardId, isPersonalChat } = stands;
  await rememberCard(middle, { conversationId, cardId, personId: person.id }, view);
  if (!isPersonalChat || !('resultId' in view)) return;
  const kept = await results.find(view.resultId);
  const showing = { personId: person.id, conversationId, first: view.first ?? 0 };
  if (kept) await results.show(kept, showing, middle.ports.clock());
};

const isShown = (shown: Stands | NotShown): shown is Stands => typeof shown === 'object';

/** Shows an answer to the asker alone. Gives the word for everybody else, and whether it has to be said. */
export const showAside = async (
  middle: Middle,
  asker: Asker,
  chat: Chat,
  view: View,
): Promise<{ readonly word: HelpView | ProblemView; readonly isNeeded: boolean }> => {
  const shown = await middle.aside.show(asker, chat, view);
  if (!isShown(shown)) return { word: shown === 'not-added' ? NOT_ADDED : NOT_DELIVERED, isNeeded: true };
  await remembered(middle, rememberAside(middle, asker, shown, view));
  const { isPersonalChat } = shown;
  return { word: isPersonalChat ? IN_PERSONAL_CHAT : SEEN_BY_YOU_ALONE, isNeeded: isPersonalChat };
};

/** Says that work goes on; where others read along, without what was asked. */
export const showWorking = async (
  middle: Middle,
  asker: Asker,
  chat: Chat,
  asked: string,
): Promise<Working> => {
  const { answersInChannels } = middle.settings;
  const isOpen = asker.place.kind === 'personal' || answersInChannels === 'thread';
  if (isOpen) return { cardId: await post(chat, { card: 'working', asked }) };
  // That it cannot be said that work goes on is no reason to lose the answer.
  const aside = await middle.aside.targeted(asker, chat, { card: 'working', asked }).catch(() => undefined);
  return aside
    ? { cardId: aside.cardId, aside }
    : { cardId: await post(chat, { card: 'working', asked: '' }) };
};

/** Shows an answer to everybody in the conversation. */
const showToAll = async (
  middle: Middle,
  { place: { conversationId } }: Asker,
  chat: Chat,
  view: View,
  working?: Working,
): Promise<void> => {
  const cardId = await replace(chat, working?.aside ? undefined : working?.cardId, view);
  await remembered(middle, rememberCard(middle, { conversationId, cardId }, view));
  if (working?.aside) await replace(working.aside.chat, working.aside.cardId, DONE);
};

/** Brings an answer to where it belongs: to everybody where it was asked for, or to the asker alone. */
export const showAnswer = async (
  middle: Middle,
  asker: Asker,
  chat: Chat,
  view: View,
  working?: Working,
): Promise<void> => {
  if (!(await mustGoAside(middle, asker, view))) return showToAll(middle, asker, chat, view, working);
  if (working?.aside && view.card !== 'approval') {
    const cardId = await replace(working.aside.chat, working.aside.cardId, view);
    return remembered(middle, rememberAside(middle, asker, { ...working.aside, cardId }, view));
  }
  const { word, isNeeded } = await showAside(middle, asker, chat, view);
  if (isNeeded || working) await replace(working?.aside?.chat ?? chat, working?.cardId, word);
};
