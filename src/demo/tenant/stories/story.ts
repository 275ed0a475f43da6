import type { Random } from '../random.ts';
import type { Row } from '../row.ts';
import type { DirectoryUser } from '../users.ts';

/** What a story is told on. */
export interface Stage {
  /** The current time, milliseconds since 1970; stories end before it. */
  readonly now: number;
  readonly random: Random;
  /** Everybody who works with the account; second accounts are not among them. */
  readonly users: readonly DirectoryUser[];
  /** The user with this name in the sign-in log. */
  readonly user: (signInName: string) => DirectoryUser;
}

/** Something that happened in the tenant and that an analyst would recognise. */
export interface Story {
  readonly name: string;
  /** One sentence for the demo's guide. */
  readonly what: string;
  /** Its sign-ins, in the order in which they were published. */
  readonly tell: (stage: Stage) => readonly Row[];
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
