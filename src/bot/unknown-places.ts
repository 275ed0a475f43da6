import type { Ports } from './ports.ts';

/**
 * Warns of configured conversations that cannot be spoken in, as the bot was never in them.
 *
 * @param configured conversation ids by the variables that name them
 */
export const warnOfUnknownPlaces = async (
  { store, log }: Pick<Ports, 'store' | 'log'>,
  configured: Readonly<Record<string, string | undefined>>,
): Promise<void> => {
  for (const [variable, conversation] of Object.entries(configured)) {
    if (conversation === undefined || (await store.places.find(conversation))) continue;
    const warning = `The bot was never in the conversation that ${variable} names: add it there, or mend the id.`;
    log.warn('config.unwise', { warning });
  }
};
