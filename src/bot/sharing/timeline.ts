import type { Told } from '../../cards/timeline-words.ts';
import type { Place } from '../../entra/place.ts';
import { redactedIn } from '../../policy/redactions.ts';
import type { Ports, Settings } from '../ports.ts';
import type { Recording } from '../recording.ts';

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

/**
 * Everything that the ledger says of an incident, with what its entries are about, as long as that is kept; what the
 * place leaves out is named. That somebody sees it is put on record.
 */
export const readTimeline = async (
  ports: Ports,
  { redactions }: Settings,
  { name, place, recording }: { readonly name: string; readonly place: Place; readonly recording: Recording },
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
  const told = { name, entries, shares, approvals, redacted: redactedIn(redactions, place) };
  return incident ? { ...told, incident } : told;
};
