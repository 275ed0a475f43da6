import type { ShareFormView, View } from '../../cards/view.ts';
import { verifiedView } from '../../commands/sharing/one-share.ts';
import type { Press } from '../../entra/inbound.ts';
import type { Incident } from '../../entra/incident.ts';
import type { KeptAnswer } from '../../entra/kept-answer.ts';
import { zoneOf } from '../asker.ts';
import type { Middle } from '../middle.ts';
import type { ShareButton } from '../pressed.ts';
import { forgotten } from '../problems.ts';
import { recordingOf } from '../recording.ts';
import { refusalOf } from '../refusal.ts';
import { MOST_ROWS, noSuchShare, notShared, shared } from './problems.ts';
import { refreshShare } from './refresh.ts';
import { shareRows, shownNumbers, snapshotOf } from './share.ts';
import { pressTimeline } from './timeline.ts';

/** So many incidents stand on the form to choose from. */
const MOST_CHOICES = 25;

type Chosen = Pick<Extract<ShareButton, { verb: 'share' }>, 'row' | 'first' | 'count'>;

/** The numbers of the rows that a button means: one by its id, or so many of a page that begins at `first`. */
const numbersOf = (
  { answer }: KeptAnswer,
  { row, first = 0, count }: Chosen,
): readonly number[] | undefined => {
  if (row === undefined) {
    const numbers = shownNumbers({ answer, first }).slice(0, count);
    // An answer without rows can be shared; of one with rows, some have to be.
    return numbers.length > 0 || first === 0 ? numbers : undefined;
  }
  const index = answer.rows.findIndex(({ signIn }) => signIn.id === row);
  return index < 0 ? undefined : [index + 1];
};

/** Where the page begins that holds these rows. */
const pageOf = ([number = 1]: readonly number[], first?: number): number =>
  first ?? number - 1 - ((number - 1) % MOST_ROWS);

/** The form on which the incident is chosen. */
const openForm = async (
  { ports }: Middle,
  press: Press,
  button: Extract<ShareButton, { verb: 'share' }>,
  answer: KeptAnswer,
  numbers: readonly number[],
): Promise<View> => {
  const recording = recordingOf(ports, press, 'share');
  const snapshot = snapshotOf(answer, numbers, answer.answer.readingId);
  recording.shown(snapshot.answer);
  await recording.written();
  const [incidents, here, zone] = await Promise.all([
    ports.incidents.list(MOST_CHOICES),
    ports.incidents.in(press.place.conversationId),
    zoneOf(ports, press.person),
  ]);
  const first = pageOf(numbers, button.first);
  const form: ShareFormView = { card: 'share-form', snapshot, resultId: answer.id, first, incidents, zone };
  return {
    ...form,
    ...(button.row !== undefined && { row: button.row }),
    ...(here && { here }),
  };
};

/** Shares what the form shows. Pressed again, for the same rows and thread, it shares nothing more. */
const shareForm = async (
  middle: Middle,
  press: Press,
  { result, row = '', first, count = 0, incident }: Extract<ShareButton, { verb: 'share-to' }>,
  answer: KeptAnswer,
  numbers: readonly number[],
): Promise<View> => {
  if (incident === '') return notShared;
  const from = ['form', press.person.id, result, row, first ?? 0, count];
  // An incident may get another thread, and then they are not there yet.
  const source = ({ name, conversationId }: Incident) => JSON.stringify([...from, name, conversationId]);
  const made = await shareRows(middle, press, { answer, numbers, incident, source, asked: '' });
  if ('view' in made) return made.view;
  return { ...shared(made), list: { resultId: result, first: pageOf(numbers, first) } };
};

/** Opens the form to share, or shares what it shows. */
const pressRows = async (
  middle: Middle,
  press: Press,
  button: Extract<ShareButton, { verb: 'share' | 'share-to' }>,
): Promise<View> => {
  const refusal = await refusalOf(middle, press, { command: 'share' });
  if (refusal) return refusal;
  const answer = await middle.ports.store.results.find(button.result);
  const numbers = answer && numbersOf(answer, button);
  // Only what was shown can be shared by a button.
  if (!answer || !numbers) return forgotten;
  return button.verb === 'share'
    ? openForm(middle, press, button, answer, numbers)
    : shareForm(middle, press, button, answer, numbers);
};

/** Says whether what a card shows is what the ledger recorded; whoever sees the card may ask. */
const verify = async ({ ports }: Middle, number: number): Promise<View> => {
  const verified = await ports.shares.verify(number);
  return verified ? verifiedView(verified) : noSuchShare(number);
};

/** What a button about sharing shows. Throws what Graph, store and ledger throw. */
export const pressShare = async (middle: Middle, press: Press, button: ShareButton): Promise<View> => {
  switch (button.verb) {
    case 'share':
    case 'share-to':
      return pressRows(middle, press, button);
    case 'refresh-share':
      return refreshShare(middle, press, button.share);
    case 'verify-share':
      return verify(middle, button.share);
    case 'timeline':
      return pressTimeline(middle, press, button);
  }
};
