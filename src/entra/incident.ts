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

/**
 * What a text names that could be incidents, each once: "user denies travel, INC-204". A version or a CVE looks the same,
 * so only the names that are known count.
 */
export const incidentsIn = (text: string): readonly string[] => {
  const words = text.match(/\b[A-Za-z][A-Za-z0-9]{1,9}[- ]?\d{1,10}\b/g) ?? [];
  return [...new Set(words.flatMap((word) => incidentName(word.replace(' ', '-')) ?? []))];
};
