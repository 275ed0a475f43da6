import type { View } from '../../cards/view.ts';
import { namesEventTypes } from '../../entra/condition.ts';
import type { Press } from '../../entra/inbound.ts';
import type { Found, Query } from '../../entra/query.ts';
import type { Snapshot } from '../../entra/share.ts';
import { isoOf, showInstant } from '../../lib/time.ts';
import { decide, zoneOf } from '../asker.ts';
import type { Middle } from '../middle.ts';
import { askGraph, recordingOf } from '../recording.ts';
import { noSuchShare, rowsEdited, rowsErased, snapshotOnly } from './problems.ts';

const SECOND = 1000;

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
export const refreshShare = async (
  { ports, settings }: Middle,
  press: Press,
  number: number,
): Promise<View> => {
  const share = await ports.shares.find(number);
  if (!share) return noSuchShare(number);
  const { snapshot } = share;
  if (!snapshot) return share.isEdited ? rowsEdited(number) : rowsErased(number);
  const query = questionOf(snapshot);
  const permit = await decide(ports, settings, press, { needs: 'reader', aboutMe: false });
  const recording = recordingOf(ports, press, 'refresh share');
  if (!permit.permitted) recording.refused(permit.why, query);
  try {
    if (!permit.permitted) return snapshotOnly(permit.why);
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
