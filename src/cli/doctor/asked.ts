import type { Config } from '../../config.ts';
import type { Application } from '../../entra/application.ts';
import { needFile } from '../../ledger-files.ts';
import { createLog } from '../../lib/log.ts';
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

/** How the examination goes about it. */
export interface Manner {
  readonly gather: Gather;
  /** How many milliseconds one answer of the network may take. */
  readonly callMs: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Why a file cannot be read, as a sentence; undefined where it can be. */
const fileProblem = (path: string): Promise<string | undefined> =>
  needFile('AZURE_FEDERATED_TOKEN_FILE', path).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

const ask = async (
  { tenantId, cloud }: Config,
  { appId, credential }: Application,
  scope: string,
  limitMs: number,
): Promise<TokenAnswer> => {
  if (credential.kind === 'local') {
    const fixed = await tokensOf({ appId, credential }, tenantId, cloud);
    return { kind: 'fixed', token: await fixed(scope) };
  }
  if (credential.kind === 'federated' && 'tokenFile' in credential.by) {
    const message = await fileProblem(credential.by.tokenFile);
    if (message !== undefined) return { kind: 'no-file', message };
  }
  const { entraTokens } = await import('../../entra-tokens.ts');
  return askForToken(entraTokens({ appId, credential, tenantId, cloud }, limitMs), scope);
};

/** The token in an answer, if there is one. */
export const tokenIn = (answer: Timed<TokenAnswer>): string | undefined =>
  answer.ok && 'token' in answer.value ? answer.value.token : undefined;

/** When the login says that it is, by its public description of the tenant; undefined where it does not answer. */
const loginDate = async ({ cloud, tenantId }: Config, callMs: number): Promise<string | undefined> => {
  const url = `${cloud.loginUrl}/${tenantId}/v2.0/.well-known/openid-configuration`;
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(callMs) });
  await response.body?.cancel();
  return response.headers.get('date') ?? undefined;
};

const keysAreThere = ({ cloud }: Config, { callMs, clock }: Manner): Promise<boolean> =>
  createSigningKeys({
    openIdUrl: cloud.botOpenIdUrl,
    clock,
    limits: { ...LIMITS, keysFetchMs: callMs },
    log: createLog({ level: 'silent' }),
    onEvent: () => undefined,
  }).ready();

/** What the clocks of Graph and of the login say. A fixed text comes from no login, so none is asked then. */
const readClocks = async (
  config: Config,
  signIns: Asked['signIns'],
  { gather, callMs, clock }: Manner,
): Promise<readonly ClockReading[]> => {
  const graph = signIns?.ok ? readingOf('Graph', signIns.value.date, clock()) : [];
  if (config.bot.credential.kind === 'local') return graph;
  const login = await gather(callMs, () => loginDate(config, callMs));
  return login.ok ? [...graph, ...readingOf('the login', login.value, clock())] : graph;
};

/** A document, then the keys that it names; a question that may be asked twice. */
const TWICE = 2;

/** The identity library is slow to load, which is not the fault of whoever answers. */
const LOADING_MS = 5_000;

/** Asks the login, Graph and the channel, one after the other, each for its own time at most. */
export const askMicrosoft = async (config: Config, manner: Manner): Promise<Asked> => {
  const { bot, graph, cloud } = config;
  const { gather, callMs } = manner;
  const token = (application: Application, scope: string) =>
    gather(LOADING_MS + callMs, () => ask(config, application, scope, callMs));
  const botAnswer = await token(bot, cloud.botScope);
  const graphAnswer = await token(graph, `${cloud.graphUrl}/.default`);
  const graphToken = tokenIn(graphAnswer);
  const signIns =
    graphToken === undefined
      ? undefined
      : await gather(TWICE * callMs, () => askGraph(cloud.graphUrl, graphToken, callMs));
  return {
    bot: botAnswer,
    graph: graphAnswer,
    signIns,
    clocks: await readClocks(config, signIns, manner),
    keys: await gather(TWICE * callMs, () => keysAreThere(config, manner)),
  };
};
