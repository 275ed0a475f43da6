import { greetingView } from '../commands/greeting.ts';
import type { FileConsent, Install, Message, Picked, Press, Search } from '../entra/inbound.ts';
import { admissionOf } from './admission.ts';
import { asideWith } from './aside.ts';
import { backgroundWith } from './background.ts';
import { onFile } from './files/on-file.ts';
import type { Middle } from './middle.ts';
import { onMessage } from './on-message.ts';
import { onPress, onSubmit } from './on-press.ts';
import { onceWith } from './once.ts';
import type { Chat, Ports, PressAnswer, Settings } from './ports.ts';
import { onPick } from './search/pick.ts';
import { searchWith } from './search/search.ts';
import type { PickAnswer, SearchAnswer } from './search-ports.ts';
import { post } from './speak.ts';
import type { Tending } from './tending.ts';

/** The middle of Flagman: what happens when something comes in, or time passes. */
export interface Bot {
  onMessage(message: Message, chat: Chat): Promise<void>;
  onPress(press: Press, chat: Chat): Promise<PressAnswer>;
  onSubmit(press: Press, chat: Chat): Promise<PressAnswer | undefined>;
  onFile(consent: FileConsent, chat: Chat): Promise<void>;
  onInstall(install: Install, chat: Chat): Promise<void>;
  onSearch(search: Search): Promise<SearchAnswer>;
  onPick(picked: Picked): Promise<PickAnswer>;
  /** Housekeeping; to be called every few minutes. */
  onTick(): Promise<void>;
  /** Waits so many milliseconds for answers that are still on their way, then says that they will not come. */
  drain(milliseconds: number): Promise<void>;
}

/**
 * Greets in each conversation that the bot is added to, and remembers where it can speak. Teams reports one
 * installation in up to two activities, so it is the conversation that is greeted once (a day).
 */
const onInstall = async ({ ports }: Middle, install: Install, chat: Chat): Promise<void> => {
  const now = ports.clock();
  if (!(await ports.store.handled.claim(`greeting ${install.place.conversationId}`, now))) return;
  await ports.store.places.remember(install.place, now);
  // APPROVALS_CONVERSATION and LEDGER_CONVERSATION name conversations by this id.
  ports.log.info('installed', { conversation: install.place.conversationId });
  await post(chat, greetingView());
};

/** Joins the doors over their ports. */
export const createBot = (ports: Ports, settings: Settings, tending: Tending): Bot => {
  const middle: Middle = {
    ports,
    settings,
    background: backgroundWith((error) => ports.log.error('background.failed', { error })),
    presses: onceWith(ports.clock),
    admit: admissionOf(settings.questionsPerMinute),
    tending,
    aside: asideWith(ports, settings),
  };
  const once = onceWith<void>(ports.clock);
  return {
    onMessage: (message, chat) => onMessage(middle, once, message, chat),
    onPress: (press, chat) => onPress(middle, press, chat),
    onSubmit: (press, chat) => onSubmit(middle, press, chat),
    onFile: (consent, chat) => onFile(middle, consent, chat),
    onInstall: (install, chat) => onInstall(middle, install, chat),
    onSearch: searchWith(middle),
    onPick: (picked) => onPick(middle, picked),
    onTick: () => ports.store.prune(ports.clock()),
    drain: (milliseconds) => middle.background.drain(milliseconds),
  };
};
