import { z } from 'zod';
import type { Press } from '../entra/inbound.ts';

// Buttons carry ids and nothing else; whatever more a client sends is not read.
const result = z.string().max(64);
const row = z.string().max(128);

const Pressed = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('say'), say: z.string().max(4_096) }),
  z.object({ verb: z.literal('more'), result, first: z.number().int().min(0).max(1_000_000) }),
  z.object({ verb: z.literal('refresh'), result }),
  z.object({ verb: z.literal('details'), result, row }),
  z.object({ verb: z.literal('explain'), result, row }),
]);

/** What a button asks for. */
export type Pressed = z.infer<typeof Pressed>;

/** A button about an answer that was shown. */
export type ResultButton = Exclude<Pressed, { verb: 'say' }>;

/** Reads a press; undefined where no button of ours sends such data. */
export const readPress = ({ verb, data }: Press): Pressed | undefined =>
  Pressed.safeParse({ ...data, verb }).data;
