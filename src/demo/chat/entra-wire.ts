import { z } from 'zod';

/** What the next change that is asked of the pretended Graph meets. */
export const NextChange = z.enum([
  'works',
  'refused',
  'throttled',
  'unavailable',
  'late-answer',
  'cut-before',
  'cut-after',
]);
export type NextChange = z.infer<typeof NextChange>;

/** How another administrator decides about a sign-in. */
export const Verdict = z.enum(['confirmed-safe', 'dismissed']);
export type Verdict = z.infer<typeof Verdict>;

/** What a visitor can do behind Flagman's back. People are named by their object ids. */
export const EntraWish = z.discriminatedUnion('do', [
  z.object({ do: z.literal('role'), person: z.string(), held: z.boolean() }),
  z.object({ do: z.literal('account'), person: z.string(), enabled: z.boolean() }),
  z.object({ do: z.literal('lag'), milliseconds: z.int().min(0).max(60_000) }),
  z.object({ do: z.literal('next'), change: NextChange }),
  z.object({ do: z.literal('decide'), signIn: z.string(), verdict: Verdict }),
]);
export type EntraWish = z.infer<typeof EntraWish>;

/** What the pretended Microsoft Entra ID looks like from behind. */
export interface EntraState {
  /** How many sign-ins were changed on Flagman's request, by the pretended Graph's own count. */
  readonly changes: number;
  /** Milliseconds until the log shows a change. */
  readonly lag: number;
  readonly next: NextChange;
  readonly people: readonly {
    readonly oid: string;
    readonly name: string;
    /** The role in words; null for somebody who never had one. */
    readonly role: string | null;
    readonly held: boolean;
    readonly enabled: boolean;
  }[];
  /** Those at risk when the demo started, newest first. */
  readonly signIns: readonly {
    readonly id: string;
    readonly who: string;
    /** ISO 8601, UTC. */
    readonly when: string;
    readonly where: string;
  }[];
}
