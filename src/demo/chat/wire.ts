import { z } from 'zod';
import type { DemoPerson } from '../tenant/people.ts';
import type { Looked } from './compose.ts';
import type { Conversation } from './conversations.ts';
import type { Seen } from './messages.ts';

/** What the page hears, each as one server-sent event. The first one is always `everything`. */
export type PageEvent =
  | {
      readonly kind: 'everything';
      readonly me: DemoPerson;
      readonly people: readonly DemoPerson[];
      readonly conversations: readonly Conversation[];
      readonly messages: readonly Seen[];
    }
  | { readonly kind: 'message'; readonly message: Seen }
  | { readonly kind: 'removed'; readonly conversationId: string; readonly id: string }
  | { readonly kind: 'typing'; readonly conversationId: string };

/** What the page asks for. `as` is the object id of the person at the page. */
export const PageRequest = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('say'),
    as: z.string(),
    in: z.string(),
    text: z.string().trim().min(1),
    mention: z.boolean(),
  }),
  z.object({
    do: z.literal('press'),
    as: z.string(),
    in: z.string(),
    card: z.string(),
    action: z.looseObject({ type: z.string(), data: z.unknown().optional() }),
    inputs: z.record(z.string(), z.unknown()),
  }),
  z.object({ do: z.literal('edit'), as: z.string(), in: z.string(), message: z.string(), text: z.string() }),
  z.object({
    do: z.literal('consent'),
    as: z.string(),
    in: z.string(),
    card: z.string(),
    answer: z.enum(['accept', 'decline']),
  }),
  z.object({ do: z.literal('refresh'), as: z.string(), in: z.string(), card: z.string() }),
  z.object({
    do: z.literal('search'),
    as: z.string(),
    in: z.string(),
    text: z.string(),
    skip: z.int().min(0),
    first: z.boolean(),
  }),
  z.object({ do: z.literal('pick'), as: z.string(), in: z.string(), tap: z.unknown() }),
]);
export type PageRequest = z.infer<typeof PageRequest>;

/** What came of it: where, and the notice to show, if any. */
export interface PageReply {
  readonly conversationId: string | null;
  readonly toast: string | null;
  /** Of a search only. */
  readonly looked?: Looked;
}
