import type { FileFormat } from './file.ts';

/** What a file is made from, when somebody takes it: an answer that was shown, or the timeline of an incident. */
export type FileSource = { readonly result: string } | { readonly timeline: string };

/** A file that was offered to one person, once. */
export interface Offer {
  /** Unguessable: the buttons of the offer carry it, and nothing else. */
  readonly id: string;
  /** Object id of who alone may take it. */
  readonly personId: string;
  readonly source: FileSource;
  readonly format: FileFormat;
  readonly name: string;
  /** The zone that local times are written in. */
  readonly zone: string;
  /** When it was offered, epoch milliseconds. */
  readonly at: number;
  /** The message that offers it, where Teams gave one an id. */
  readonly activityId?: string;
}
