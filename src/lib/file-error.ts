import { getSystemErrorMessage } from 'node:util';
import { z } from 'zod';

/** What Node tells of a call to the system that failed. */
const SystemError = z.object({ code: z.string(), errno: z.number() });

/** What a failed call to the system says by its code, such as `ENOENT`; undefined for other errors. */
export const codeOf = (error: unknown): string | undefined => SystemError.safeParse(error).data?.code;

/** A sentence for whoever named the file: "LEDGER_CHECKPOINT_FILE cannot be read: permission denied (path)." */
export const fileError = (name: string, done: string, path: string, cause: unknown): Error => {
  const { data } = SystemError.safeParse(cause);
  const why = data ? getSystemErrorMessage(data.errno) : String(cause);
  return new Error(`${name} cannot be ${done}: ${why} (${path}).`, { cause });
};
