import type { Told } from '../../cards/timeline-words.ts';
import type { ProblemView, View } from '../../cards/view.ts';
import { isKnown, noSuchIncident } from '../../commands/sharing/timeline.ts';
import type { Press } from '../../entra/inbound.ts';
import type { Redaction } from '../../entra/share.ts';
import { redactedIn } from '../../policy/redactions.ts';
import { type Asker, zoneOf } from '../asker.ts';
import type { Middle } from '../middle.ts';
import type { Ports } from '../ports.ts';
import type { TimelineButton } from '../pressed.ts';
import { type Recording, recordingOf } from '../recording.ts';
import { refusalOf } from '../refusal.ts';

/** What is still kept under these numbers. */
const kept = async <Value>(
  numbers: readonly number[],
  find: (number: number) => Promise<Value | undefined>,
): Promise<ReadonlyMap<number, Value>> => {
  const found = new Map<number, Value>();
  for (const number of new Set(numbers)) {
    const value = await find(number);
    if (value !== undefined) found.set(number, value);
  }
  return found;
};

/** Which incident, and what of it is left out where it is told. */
interface Wanted {
  readonly name: string;
  readonly redacted: readonly Redaction[];
}

/**
 * Everything that the ledger says of an incident, with what its entries are about, as long as that is kept. That
 * somebody sees it is put on record.
 */
export const readTimeline = async (
  ports: Ports,
  recording: Recording,
  { name, redacted }: Wanted,
): Promise<Told> => {
  const [entries, incident] = await Promise.all([ports.incidents.timeline(name), ports.incidents.find(name)]);
  const shares = await kept(
    entries.flatMap((entry) => (entry.kind === 'shared' ? [entry.share] : [])),
    ports.shares.find,
  );
  const approvals = await kept(
    entries.flatMap((entry) => ('approval' in entry ? [entry.approval] : [])),
    ports.approvals.find,
  );
  recording.lookedUp(name, entries.length);
  if (approvals.size > 0) recording.saw([...approvals.values()]);
  const told = { name, entries, shares, approvals, redacted };
  return incident ? { ...told, incident } : told;
};

/** The same for whoever may read sign-ins, and for anybody else why not. On record either way, as `command`. */
export const timelineFor = async (
  middle: Middle,
  asker: Asker,
  command: string,
  wanted: Wanted,
): Promise<Told | ProblemView> => {
  const refusal = await refusalOf(middle, asker, { command });
  if (refusal) return refusal;
  const recording = recordingOf(middle.ports, asker, command);
  const told = await readTimeline(middle.ports, recording, wanted);
  await recording.written();
  return isKnown(told) ? told : noSuchIncident(wanted.name);
};

/** Turns the pages of a timeline, or reads it anew. */
export const pressTimeline = async (
  middle: Middle,
  press: Press,
  { incident, first }: TimelineButton,
): Promise<View> => {
  const { ports, settings } = middle;
  const redacted = redactedIn(settings.redactions, press.place);
  const told = await timelineFor(middle, press, 'timeline', { name: incident, redacted });
  if ('card' in told) return told;
  return {
    card: 'timeline',
    ...told,
    first: Math.min(first, told.entries.length),
    zone: await zoneOf(ports, press.person),
    now: ports.clock(),
  };
};
