import { z } from 'zod';

/** A text as the value that it stands for in JSON. */
export const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});
