import { z } from 'zod';
import type { Delivery } from './deliver.ts';
import type { CardJson as Card } from './messages.ts';
import { CardJson } from './outbound.ts';

/** What pressing a button does to the screen of the person who pressed it. */
export type Effect = { readonly card: Card } | { readonly toast: string };

const Body = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown().optional() });
const ErrorValue = z.object({ message: z.string() });

const SORRY = 'Something went wrong. Please try again.';

/** Reads the answer to `adaptiveCard/action` as Teams does: only HTTP 200 with the documented types counts. */
export const effectOf = ({ status, body }: Delivery): Effect => {
  if (status >= 500) return { toast: 'Unable to reach app. Please try again.' };
  const parsed = Body.safeParse(body);
  if (status !== 200 || !parsed.success) return { toast: SORRY };
  const { type, value } = parsed.data;
  if (type === 'application/vnd.microsoft.card.adaptive') {
    const card = CardJson.safeParse(value);
    return card.success ? { card: card.data } : { toast: SORRY };
  }
  if (type === 'application/vnd.microsoft.activity.message')
    return { toast: typeof value === 'string' ? value : SORRY };
  const error = ErrorValue.safeParse(value);
  return { toast: error.success ? error.data.message : SORRY };
};
