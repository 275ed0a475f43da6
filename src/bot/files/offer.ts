import type { HelpView, ProblemView, View } from '../../cards/view.ts';
import { nothingShown } from '../../commands/all/next-page.ts';
import type { FileWish } from '../../commands/command.ts';
import { noIncidentHere } from '../../commands/sharing/timeline.ts';
import type { FileFormat } from '../../entra/file.ts';
import type { FileSource, Offer } from '../../entra/offer.ts';
import { type Content, fileName, sizeOf } from '../../files/file.ts';
import { NOT_ADDED } from '../aside-words.ts';
import { type Asker, zoneOf } from '../asker.ts';
import { answerMeant } from '../meant.ts';
import type { Middle } from '../middle.ts';
import { contentOf } from './content.ts';
import { NO_FILES_HERE, OFFERED } from './words.ts';

const FORMATS: Readonly<Record<FileFormat, string>> = {
  csv: 'CSV',
  jsonl: 'JSON lines',
  markdown: 'Markdown',
};

/** Posts the offer in the personal chat; false when the bot was not added there. */
const post = async (
  { aside, ports }: Middle,
  asker: Asker,
  { id, name, format }: Offer,
  content: Content,
): Promise<boolean> => {
  const description = `${content.summary} as ${FORMATS[format]}. It can be taken for 15 minutes.`;
  const size = await sizeOf(content, format);
  const posted = await aside.inPersonalChat(asker, async (chat) => {
    const activityId = await chat.offerFile({ offer: id, name, description, size });
    if (activityId !== undefined) await ports.store.offers.posted(id, activityId);
    return true;
  });
  return posted ?? false;
};

/**
 * Offers a file in the personal chat of whoever asked, wherever that was: Teams takes files of bots nowhere else.
 * Gives what is said where it was asked for; nothing in the personal chat itself, where the offer stands.
 */
export const offerFile = async (
  middle: Middle,
  asker: Asker,
  source: FileSource,
  format: FileFormat,
): Promise<HelpView | ProblemView | undefined> => {
  const { ports, settings } = middle;
  if (!settings.takesFiles) return NO_FILES_HERE;
  const zone = await zoneOf(ports, asker.person);
  const content = await contentOf(middle, source, { asker, zone, purpose: 'export' });
  if ('card' in content) return content;
  const at = ports.clock();
  const what = 'result' in source ? 'sign-ins' : 'timeline';
  const name = fileName(what, format, at);
  const offer = { id: ports.newId(), personId: asker.person.id, source, format, name, zone, at };
  await ports.store.offers.make(offer);
  if (!(await post(middle, asker, offer, content))) return NOT_ADDED;
  return asker.place.kind === 'personal' ? undefined : OFFERED;
};

/** What a wish means here; or why there is nothing to take. */
const sourceOf = async (
  { ports }: Middle,
  asker: Asker,
  of: FileWish['of'],
): Promise<FileSource | HelpView> => {
  if (of === 'answer') {
    const shown = await answerMeant(ports.store, asker);
    return shown ? { result: shown.id } : nothingShown();
  }
  if (of !== 'timeline') return of;
  const here = await ports.incidents.in(asker.place.conversationId);
  return here ? { timeline: here.name } : noIncidentHere();
};

/** Offers what somebody typed a wish for. */
export const offerByText = async (
  middle: Middle,
  asker: Asker,
  { of, format }: FileWish,
): Promise<View | undefined> => {
  const source = await sourceOf(middle, asker, of);
  return 'card' in source ? source : offerFile(middle, asker, source, format);
};
