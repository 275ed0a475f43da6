import { z } from 'zod';
import { FILE_FORMATS } from '../entra/file.ts';
import type { Press } from '../entra/inbound.ts';
import { incidentName } from '../entra/incident.ts';
import { showText } from '../lib/text.ts';

// Buttons carry ids and nothing else; whatever more a client sends is not read.
const result = z.string().max(64);
const row = z.string().max(128);

const first = z.number().int().min(0).max(1_000_000);

// One row, or so many from this one on.
const chosen = {
  row: row.optional(),
  first: first.optional(),
  count: z.number().int().min(1).max(10).optional(),
};

// Whatever else stands there is not repeated to anybody.
const incident = z.string().transform(incidentName).pipe(z.string());
const share = z.number().int().min(1).max(1_000_000_000);
const approval = z.number().int().min(1).max(1_000_000_000);
const version = z.number().int().min(0).max(1_000_000_000);

// What stands in an input of the card.
const reason = z
  .string()
  .max(4_096)
  .default('')
  .transform((text) => (text.trim() === '' ? '' : showText(text.trim(), 500)));

const Pressed = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('say'), say: z.string().max(4_096) }),
  z.object({ verb: z.literal('more'), result, first }),
  z.object({ verb: z.literal('refresh'), result }),
  z.object({ verb: z.literal('export'), result }),
  z.object({ verb: z.literal('share'), result, ...chosen }),
  z.object({
    verb: z.literal('share-to'),
    result,
    ...chosen,
    // Empty: none was chosen.
    incident: z.literal('').or(incident).default(''),
  }),
  z.object({ verb: z.enum(['refresh-share', 'verify-share']), share }),
  z.object({ verb: z.literal('timeline'), incident, first }),
  z.object({ verb: z.literal('export-timeline'), incident, format: z.enum(FILE_FORMATS) }),
  z.object({ verb: z.literal('details'), result, row }),
  z.object({ verb: z.literal('explain'), result, row }),
  z.object({ verb: z.literal('act'), result, row }),
  z.object({
    verb: z.literal('request'),
    result,
    row,
    action: z.string().max(64).default(''),
    reason,
  }),
  z.object({ verb: z.literal('reject'), approval, version, reason }),
  z.object({
    verb: z.enum(['approve', 'approve-own', 'withdraw', 'look', 'resolve-done', 'resolve-failed']),
    approval,
    version,
  }),
]);

/** What a button asks for. */
export type Pressed = z.infer<typeof Pressed>;

/** A button about an answer that was shown. */
export type ResultButton = Exclude<
  Extract<Pressed, { result: string }>,
  { verb: 'request' | 'export' } | ShareButton
>;

/** A button of a timeline. */
export type TimelineButton = Extract<Pressed, { verb: 'timeline' }>;

/** A button about sharing, or about what was shared. */
export type ShareButton =
  | Extract<Pressed, { verb: 'share' | 'share-to' | 'refresh-share' | 'verify-share' }>
  | TimelineButton;

/** A filled-in form. */
export type RequestButton = Extract<Pressed, { verb: 'request' }>;

/** A button about an approval. */
export type ApprovalButton = Extract<Pressed, { approval: number }>;

/** Tells a button about an approval from the others. */
export const isAboutApproval = (button: Pressed): button is ApprovalButton => 'approval' in button;

/** Whether a button decides about an approval, or takes a request back. */
export const decides = (button: Pressed): boolean => isAboutApproval(button) && button.verb !== 'look';

/** Reads a press; undefined where no button of ours sends such data. */
export const readPress = ({ verb, data }: Press): Pressed | undefined =>
  Pressed.safeParse({ ...data, verb }).data;
