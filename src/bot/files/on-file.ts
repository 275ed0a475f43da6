import type { View } from '../../cards/view.ts';
import { ConnectorFailure } from '../../entra/connector-problem.ts';
import type { FileConsent, Upload } from '../../entra/inbound.ts';
import type { Offer } from '../../entra/offer.ts';
import { sizeOf, written } from '../../files/file.ts';
import { messageKey } from '../message-key.ts';
import type { Middle } from '../middle.ts';
import type { Chat } from '../ports.ts';
import { post, replace } from '../speak.ts';
import { contentOf } from './content.ts';
import { DECLINED, EXPIRED, NOT_OPEN, NOT_SAVED } from './words.ts';

const OPEN_MS = 15 * 60_000;

/** Puts the file there, made anew; gives what has to be said when that did not work out. */
const save = async (
  middle: Middle,
  consent: FileConsent,
  { source, format, zone }: Offer,
  upload: Upload,
): Promise<View | undefined> => {
  // Roles are read again: the offer was made up to 15 minutes ago.
  const asker = { ...consent, needsFreshRoles: true };
  const content = await contentOf(middle, source, { asker, zone, purpose: 'download' });
  if ('card' in content) return content;
  try {
    await middle.ports.putFile(upload, await sizeOf(content, format), written(content, format));
    return undefined;
  } catch (error) {
    if (!(error instanceof ConnectorFailure)) throw error;
    const { problem, status } = error;
    middle.ports.log.warn('file.failed', { person: consent.person.id, problem, status });
    return NOT_SAVED;
  }
};

/** What the offer leads to; undefined when the file is there. */
const settle = async (middle: Middle, consent: FileConsent, offer: Offer): Promise<View | undefined> => {
  if (!consent.upload) return DECLINED;
  if (middle.ports.clock() - offer.at > OPEN_MS) return EXPIRED;
  return save(middle, consent, offer, consent.upload);
};

/**
 * Somebody answers the offer of a file: once, however often that arrives, and only who it was made to. The offer makes
 * room for the file, or for what became of it.
 */
export const onFile = async (middle: Middle, consent: FileConsent, chat: Chat): Promise<void> => {
  const { store, log, clock } = middle.ports;
  if (!(await store.handled.claim(messageKey(consent), clock()))) return;
  // Offers stand in personal chats; a file must not be shown anywhere else.
  const isTheirs = consent.place.kind === 'personal';
  const offer = isTheirs ? await store.offers.take(consent.offer, consent.person.id) : undefined;
  if (!offer) {
    await post(chat, NOT_OPEN);
    return;
  }
  const { activityId, name } = offer;
  const view = await settle(middle, consent, offer);
  if (view || !consent.upload) {
    await replace(chat, activityId, view ?? DECLINED);
    return;
  }
  await chat.showFile(name, consent.upload);
  if (activityId === undefined) return;
  // The file stands below; that its offer stands above it does no harm.
  await chat.remove(activityId).catch((error: unknown) => log.warn('offer.stays', { error }));
};
