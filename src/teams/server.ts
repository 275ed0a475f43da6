import { randomUUID } from 'node:crypto';
import { CloudAdapter } from 'botbuilder';
import type { Cloud } from '../entra/clouds.ts';
import type { Person } from '../entra/person.ts';
import type { Place } from '../entra/place.ts';
import type { Log } from '../lib/log.ts';
import { runTurn } from './adapter.ts';
import { BotAuthentication } from './bot-authentication.ts';
import { createChat } from './chat.ts';
import { captureConsole } from './console.ts';
import type { Chat, Doors } from './doors.ts';
import { createExchange } from './exchange.ts';
import { createHttpClient } from './http-client.ts';
import { LIMITS, type Limits } from './limits.ts';
import { createListener } from './listener.ts';
import { chatWithOne, openPersonalChat } from './one-person.ts';
import { createReception, type ReceptionOptions } from './reception.ts';
import { createRest } from './rest.ts';
import { createSigningKeys } from './signing-keys.ts';
import { createTokenVerifier } from './token.ts';
import { createTurns } from './turn.ts';
import { createPutFile, type PutFile } from './upload.ts';

/** What can be counted. `auth.reject`: no right token; `gate.reject`: everything else that was refused. */
export type TeamsEvent = 'auth.reject' | 'gate.reject' | 'keys.fetched' | 'keys.failed' | 'turn.failed';

export interface TeamsOptions {
  /** The bot's application id, a GUID. Without one there is no Teams edge: authentication cannot be off. */
  readonly appId: string;
  readonly tenantId: string;
  readonly cloud: Cloud;
  /** Gives a token of the bot for the cloud's Bot Framework. Called for every request; whoever gives them keeps them. */
  readonly getToken: () => Promise<string>;
  readonly doors: Doors;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly log: Log;
  readonly onEvent: (name: TeamsEvent, reason?: string) => void;
  /** Whether the rest of the bot is ready; the channel's keys are looked at here. */
  readonly ready: () => boolean | Promise<boolean>;
  readonly limits?: Partial<Limits>;
  readonly newReference?: () => string;
}

/** The bot's door to Teams. */
export interface Teams {
  /** Rejects if the port is taken. */
  listen(port: number, host?: string): Promise<void>;
  /** Takes no more requests, waits for the turns at work (up to a limit), then closes every connection. */
  close(): Promise<void>;
  /** Speaks in a place of its own accord; what fails is thrown as a `ConnectorFailure`. */
  chatIn(place: Place): Chat;
  /** The personal chat with somebody who speaks in another place; that alone posts nothing. */
  personalChat(person: Pick<Person, 'teamsId'>, near: Place): Promise<Place>;
  /** Puts a file of so many bytes to where Teams said. */
  readonly putFile: PutFile;
  /** The port that is listened on; 0 before. */
  readonly port: number;
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The bot's HTTP server: `POST /api/messages` behind the gate, `GET /healthz`, `GET /readyz`, nothing else. Throws
 * if the ids are not GUIDs.
 */
export const createTeams = (options: TeamsOptions): Teams => {
  const { appId, tenantId, cloud, getToken, doors, clock, log, onEvent } = options;
  if (!GUID.test(appId)) throw new TypeError('The application id of the bot must be a GUID.');
  if (!GUID.test(tenantId)) throw new TypeError('The tenant id must be a GUID.');
  const limits = { ...LIMITS, ...options.limits };
  const newReference = options.newReference ?? (() => randomUUID().slice(0, 8));
  const rules = { appId, tenantId: tenantId.toLowerCase(), cloud };

  const http = createHttpClient({ cloud, limits });
  const authentication = new BotAuthentication({ appId, cloud, getToken, http });
  const adapter = new CloudAdapter(authentication);
  const keys = createSigningKeys({ openIdUrl: cloud.botOpenIdUrl, clock, limits, log, onEvent });
  const verify = createTokenVerifier({ appId, issuer: cloud.botIssuer, keys, clock });
  const rest = createRest(http, getToken);
  const files = createExchange();
  const chatIn = (place: Place, replyTo?: string): Chat => ({
    ...createChat(adapter, appId, place, replyTo),
    only: (person) => chatWithOne(rest, place, person),
  });
  const { turnMs, searchMs } = limits;
  const turns = createTurns({ doors, chatIn, turnMs, searchMs, log, onEvent, newReference });

  const run: ReceptionOptions['run'] = async ({ activity, inbound }, token) => {
    if (inbound.kind === 'nothing') return { status: 200 };
    authentication.vouch(activity, token);
    return runTurn(adapter, activity, () => turns.take(inbound));
  };
  const onActivity = createReception({ verify, rules, maxBytes: limits.bodyBytes, log, onEvent, run });
  const isReady = async (): Promise<boolean> => (await keys.ready()) && options.ready();
  const listener = createListener({ onActivity, isReady, limits, log });
  let release = (): void => {};

  return {
    listen: async (port, host) => {
      await listener.listen(port, host);
      release = captureConsole(log);
    },
    close: async () => {
      await listener.close(turns.idle);
      http.close();
      files.close();
      release();
    },
    chatIn: (place) => chatIn(place),
    personalChat: (person, near) => openPersonalChat(rest, person, near),
    putFile: createPutFile(cloud, files),
    get port() {
      return listener.port;
    },
  };
};
