import type { Config } from '../../config.ts';
import type { Application, Credential } from '../../entra/application.ts';
import { createLog } from '../../lib/log.ts';
import { LATE } from '../../lib/within.ts';
import { LIMITS } from '../../teams/limits.ts';
import { createSigningKeys } from '../../teams/signing-keys.ts';
import { tokensOf } from '../../tokens.ts';
import { type ClockReading, readingOf } from './clock.ts';
import { askGraph, type GraphAnswer } from './graph.ts';
import type { Gather, Timed } from './timed.ts';
import { askForToken, type TokenAnswer } from './token.ts';

/** What Microsoft answered, and nothing concluded from it yet. */
export interface Asked {
  readonly bot: Timed<TokenAnswer>;
  readonly graph: Timed<TokenAnswer>;
  /** Undefined where there was no token to ask with. */
  readonly signIns: Timed<GraphAnswer> | undefined;
  readonly clocks: readonly ClockReading[];
  /** Whether the keys of the channel were fetched. */
  readonly keys: Timed<boolean>;
}

/** The identity library tries a few times before it gives up. */
const TOKEN_MS = 15_000;

const CALL_MS = 10_000;

const ask = async (
  { tenantId, cloud }: Config,
  application: Application,
  scope: string,
): Promise<TokenAnswer> => {
  const tokens = await tokensOf(application, tenantId, cloud);
  if (application.credential.kind === 'local') return { kind: 'fixed', token: await tokens(scope) };
  return askForToken(tokens, scope);
};

/** The token in an answer, if there is one. */
export const tokenIn = (answer: Timed<TokenAnswer>): string | undefined =>
  typeof answer === 'object' && 'token' in answer ? answer.token : undefined;

/** What the clock of the login says, by its public description of the tenant. No reading where it does not answer. */
const loginClock = async (
  { cloud, tenantId }: Config,
  clock: () => number,
): Promise<readonly ClockReading[]> => {
  const url = `${cloud.loginUrl}/${tenantId}/v2.0/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(CALL_MS) });
    await response.body?.cancel();
    return readingOf(cloud.loginUrl, response.headers.get('date') ?? undefined, clock());
  } catch {
    return [];
  }
};

const keysAreThere = ({ cloud }: Config, clock: () => number): Promise<boolean> =>
  createSigningKeys({
    openIdUrl: cloud.botOpenIdUrl,
    clock,
    limits: LIMITS,
    log: createLog({ level: 'silent' }),
    onEvent: () => undefined,
  }).ready();

/** Whether the login is asked at all: a fixed text comes from nowhere, and then nothing may leave this machine. */
const needsLogin = ({ kind }: Credential): boolean => kind !== 'local';

/** Asks the login, Graph and the channel, one after the other, each for its own time at most. */
export const askMicrosoft = async (config: Config, gather: Gather, clock: () => number): Promise<Asked> => {
  const { bot, graph, cloud } = config;
  const botAnswer = await gather(TOKEN_MS, () => ask(config, bot, cloud.botScope));
  const graphAnswer = await gather(TOKEN_MS, () => ask(config, graph, `${cloud.graphUrl}/.default`));
  const token = tokenIn(graphAnswer);
  const signIns =
    token === undefined
      ? undefined
      : await gather(3 * CALL_MS, () => askGraph(cloud.graphUrl, token, CALL_MS));
  const graphDate = typeof signIns === 'object' ? signIns.date : undefined;
  const graphClock = readingOf('Graph', graphDate, clock());
  const login = needsLogin(bot.credential) ? await gather(CALL_MS, () => loginClock(config, clock)) : [];
  return {
    bot: botAnswer,
    graph: graphAnswer,
    signIns,
    clocks: [...graphClock, ...(login === LATE || login === 'no-time' ? [] : login)],
    keys: await gather(2 * CALL_MS, () => keysAreThere(config, clock)),
  };
};
