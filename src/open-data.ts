import { redact } from './lib/log.ts';
import { passwordsIn, publicNameOf } from './lib/postgres-url.ts';
import { openStore, type Store } from './store/store.ts';

/** Opens what DATA names. Throws a sentence that names it without its password, also where the server repeats that. */
export const openData = async (data: string): Promise<Store> => {
  try {
    return await openStore(data);
  } catch (error) {
    const why = redact(error instanceof Error ? error.message : String(error), passwordsIn(data));
    throw new Error(`DATA names a store that cannot be used: ${why} (${publicNameOf(data)}).`, {
      cause: error,
    });
  }
};
