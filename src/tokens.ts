import type { Applications } from './config/application.ts';
import { type Application, TokenFailure, type TokenSource } from './entra/application.ts';
import type { Cloud } from './entra/clouds.ts';
import type { Log } from './lib/log.ts';

const LOCAL_TOKEN = 'local';

/**
 * The one way in which Flagman gets tokens, for the bot and for Graph alike, whatever the application proves itself
 * with. Tokens come from the authority of the cloud and from the machine's own identity endpoint, from nowhere else.
 * The identity library is slow to load, so it is loaded where it is needed; a pretend Microsoft is given a fixed text.
 */
export const tokensOf = async (
  { appId, credential }: Application,
  tenantId: string,
  cloud: Cloud,
): Promise<TokenSource> => {
  if (credential.kind === 'local') return async () => LOCAL_TOKEN;
  const { entraTokens } = await import('./entra-tokens.ts');
  return entraTokens({ appId, credential, tenantId, cloud });
};

const logged =
  (source: TokenSource, application: keyof Applications, log: Log): TokenSource =>
  async (scope, options) => {
    try {
      return await source(scope, options);
    } catch (error) {
      const code = error instanceof TokenFailure ? error.code : 'unknown';
      log.warn('token.failed', { application, code });
      throw error;
    }
  };

/** Whose tokens they are, and who is told why there are none. */
interface TokensOptions extends Applications {
  readonly tenantId: string;
  readonly cloud: Cloud;
}

/** Tokens for both applications; where they are the same one, they share what they have. */
export const openTokens = async (
  { bot, graph, tenantId, cloud }: TokensOptions,
  log: Log,
): Promise<Readonly<Record<keyof Applications, TokenSource>>> => {
  const ofBot = await tokensOf(bot, tenantId, cloud);
  const ofGraph = graph === bot ? ofBot : await tokensOf(graph, tenantId, cloud);
  return { bot: logged(ofBot, 'bot', log), graph: logged(ofGraph, 'graph', log) };
};
