import type { Actor } from './ledger-event.ts';

/** An incident, and the thread that is its place. */
export interface Incident {
  /** As the ticket system writes it, in capitals: INC-204. */
  readonly name: string;
  readonly conversationId: string;
  /** Since when, epoch milliseconds, and who said so. */
  readonly at: number;
  readonly by: Actor;
}

/** Letters, perhaps a hyphen, digits: INC-204, INC0012345, SEC-7. */
const NAME = /^(?!CR-)[A-Z][A-Z0-9]{1,9}-?\d{1,10}$/i;

/** The name of an incident in capitals; undefined for what is none. CR-1001 is a request, not an incident. */
export const incidentName = (text: string): string | undefined =>
  // Letters of other scripts become ASCII in capitals ("ı"), so it is tested as it was written.
  NAME.test(text) ? text.toUpperCase() : undefined;

/** The first incident that a text names with a hyphen, as reasons do: "user denies travel, INC-204". */
export const incidentIn = (text: string): string | undefined =>
  (text.match(/\b[A-Za-z][A-Za-z0-9]{1,9}-\d{1,10}\b/g) ?? []).map(incidentName).find(Boolean);
