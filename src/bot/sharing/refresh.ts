import type { View } from '../../cards/view.ts';
import { namesEventTypes } from '../../entra/condition.ts';
import type { Press } from '../../entra/inbound.ts';
import type { Found, Query } from '../../entra/query.ts';
import type { Snapshot } from '../../entra/share.ts';
import { isoOf, showInstant } from '../../lib/time.ts';
import { zoneOf } from '../asker.ts';
import type { Middle } from '../middle.ts';
import { askGraph, recordingOf } from '../recording.ts';
import { refusalOf } from '../refusal.ts';
import { noSuchShare, rowsEdited, rowsErased, snapshotOnly } from './problems.ts';

const SECOND = 1000;

/** Its name in the ledger. */
const COMMAND = 'refresh share';

/** From the oldest to the newest of these rows, whole seconds outwards. */
const windowOf = (rows: readonly Found[]): Query['window'] => {
  const times = rows.map(({ signIn }) => Date.parse(signIn.createdDateTime));
  const from = Math.floor(Math.min(...times) / SECOND) * SECOND;
  const to = Math.ceil((Math.max(...times) + 1) / SECOND) * SECOND;
  return { from: { at: isoOf(from), inclusive: true }, to: { at: isoOf(to), inclusive: true } };
};

/** What is asked anew: the whole question where all its rows were shared, else these very rows. */
const questionOf = ({ answer: { query, rows }, of }: Snapshot): Query => {
  if (rows.length === of) return query;
  const ids = rows.map(({ signIn }) => ({ op: 'eq', property: 'id', value: signIn.id }) as const);
  const kinds = query.where.filter(namesEventTypes);
  return { entity: 'signIns', where: [{ op: 'or', of: ids }, ...kinds], window: windowOf(rows) };
};

/**
 * Asks again for what was shared, with the rights of whoever presses, and shows it to them alone; without a role that
 * may read, the snapshot is all there is.
 */
export const refreshShare = async (middle: Middle, press: Press, number: number): Promise<View> => {
  const { ports } = middle;
  const share = await ports.shares.find(number);
  if (!share) return noSuchShare(number);
  const { snapshot } = share;
  if (!snapshot) return share.isEdited ? rowsEdited(number) : rowsErased(number);
  const query = questionOf(snapshot);
  const refusal = await refusalOf(middle, press, { command: COMMAND, query, says: snapshotOnly });
  if (refusal) return refusal;
  const recording = recordingOf(ports, press, COMMAND);
  try {
    const answer = await askGraph(ports, recording, query);
    const now = ports.clock();
    const asked = `share ${number}, as it is now`;
    const notes = [
      `Share ${number} shows it as Graph told it at ${showInstant(snapshot.answer.fetchedAt, 'UTC')}.`,
    ];
    const { id: personId } = press.person;
    const showing = { personId, conversationId: press.place.conversationId, first: 0 };
    const kept = { personId, asked, notes, aboutMe: false, answer };
    const { id: resultId } = await ports.store.results.show(kept, showing, now);
    const zone = await zoneOf(ports, press.person);
    return { card: 'sign-in-list', answer, asked, notes, first: 0, resultId, zone, now };
  } finally {
    await recording.written();
  }
};
