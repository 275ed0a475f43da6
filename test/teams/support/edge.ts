import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import type { Cloud } from '../../../src/entra/clouds.ts';
import { CLOUDS } from '../../../src/entra/clouds.ts';
import type { Install, Message, Picked, Press, Search } from '../../../src/entra/inbound.ts';
import { createLog } from '../../../src/lib/log.ts';
import type { Doors } from '../../../src/teams/doors.ts';
import type { Limits } from '../../../src/teams/limits.ts';
import { createTeams, type Teams, type TeamsOptions } from '../../../src/teams/server.ts';
import {
  type Connector,
  type KeyPair,
  type Keys,
  makeKey,
  signToken,
  startConnector,
  startKeys,
} from './pretend-channel.ts';

export const APP = '11111111-aaaa-4111-8111-111111111111';
export const TENANT = '22222222-bbbb-4222-8222-222222222222';
export const ALICE = '33333333-cccc-4333-8333-333333333333';
export const ISSUER = 'https://api.botframework.com';

export type Json = Record<string, unknown>;

/** Longer than any test: what has to pass in one is set there. */
const FOR_EVER_MS = 600_000;

/** How long everything may take where a test is not about that: however slow the machine is. */
const UNLIMITED: Partial<Limits> = {
  headersMs: FOR_EVER_MS,
  requestMs: FOR_EVER_MS,
  turnMs: FOR_EVER_MS,
  searchMs: FOR_EVER_MS,
  callMs: FOR_EVER_MS,
  keysFetchMs: FOR_EVER_MS,
};

export const localCloud = (botOpenIdUrl: string): Cloud => ({
  ...CLOUDS.global,
  name: 'local',
  graphUrl: 'http://127.0.0.1:9',
  loginUrl: 'http://127.0.0.1:9',
  botOpenIdUrl,
});

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

export interface Posting {
  /** The raw value of the Authorization header, several headers, or none; a good token if absent. */
  readonly authorization?: string | string[] | null;
  readonly headers?: OutgoingHttpHeaders;
  readonly method?: string;
  readonly path?: string;
}

/** The Teams edge with everything around it, on loopback. */
export interface Edge {
  readonly teams: Teams;
  readonly keys: Keys;
  readonly key: KeyPair;
  readonly connector: Connector;
  readonly messages: Message[];
  readonly presses: Press[];
  readonly installs: Install[];
  readonly searches: Search[];
  readonly picks: Picked[];
  /** Every event, as `name` or `name:reason`. */
  readonly events: string[];
  readonly log: string[];
  /** Moves the clock of the edge, which stands still otherwise; milliseconds. */
  pass(ms: number): void;
  now(): number;
  token(claims?: Json, header?: Json, key?: KeyPair): Promise<string>;
  post(body: unknown, posting?: Posting): Promise<Answer>;
  message(text: string, more?: Json): Json;
  execute(value: unknown, more?: Json): Json;
  /** An invoke of this name. */
  invoke(name: string, value: unknown, more?: Json): Json;
  close(): Promise<void>;
}

const send = (
  port: number,
  body: string | Buffer,
  posting: Posting,
  headers: OutgoingHttpHeaders,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const call = httpRequest(
      {
        port,
        host: '127.0.0.1',
        method: posting.method ?? 'POST',
        path: posting.path ?? '/api/messages',
        headers,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(body);
  });

// Making a key pair is slow; a file of tests shares one.
const firstKey = makeKey('first');

type Overrides = Partial<Omit<TeamsOptions, 'doors'>> & { readonly doors?: Partial<Doors> };

export const startEdge = async (overrides: Overrides = {}): Promise<Edge> => {
  const key = await firstKey;
  const keys = await startKeys([key.jwk]);
  const connector = await startConnector();
  const messages: Message[] = [];
  const presses: Press[] = [];
  const installs: Install[] = [];
  const searches: Search[] = [];
  const picks: Picked[] = [];
  const events: string[] = [];
  const log: string[] = [];
  const began = Date.now();
  let passed = 0;
  let references = 0;
  const now = (): number => began + passed;

  const doors: Doors = {
    onMessage: async (message) => {
      messages.push(message);
    },
    onPress: async (press) => {
      presses.push(press);
      return { message: 'pressed' };
    },
    onSubmit: (press, chat) => doors.onPress(press, chat),
    onFile: async () => undefined,
    onInstall: async (install) => {
      installs.push(install);
    },
    onSearch: async (search) => {
      searches.push(search);
      return { message: 'searched' };
    },
    onPick: async (picked) => {
      picks.push(picked);
      return { message: 'picked' };
    },
    ...overrides.doors,
  };
  const teams = createTeams({
    appId: APP,
    tenantId: TENANT,
    cloud: localCloud(keys.openIdUrl),
    getToken: async () => 'local',
    clock: now,
    log: createLog({ level: 'debug', write: (line) => void log.push(line) }),
    onEvent: (name, reason) => void events.push(reason === undefined ? name : `${name}:${reason}`),
    ready: () => true,
    newReference: () => {
      references += 1;
      return `ref-${references}`;
    },
    ...overrides,
    limits: { ...UNLIMITED, ...overrides.limits },
    doors,
  });
  await teams.listen(0, '127.0.0.1');

  const token: Edge['token'] = (claims = {}, header = {}, signer = key) => {
    const seconds = Math.floor(now() / 1_000);
    const usual = { iss: ISSUER, aud: APP, nbf: seconds - 60, exp: seconds + 3_600 };
    return signToken(signer, { claims: { ...usual, serviceurl: connector.serviceUrl, ...claims }, header });
  };

  const common = (): Json => ({
    id: `activity-${Math.random()}`,
    timestamp: new Date(now()).toISOString(),
    channelId: 'msteams',
    serviceUrl: connector.serviceUrl,
    from: { id: '29:alice', name: 'Alice', aadObjectId: ALICE },
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId: TENANT },
    recipient: { id: `28:${APP}`, name: 'Flagman' },
    channelData: { tenant: { id: TENANT } },
  });

  const invoke: Edge['invoke'] = (name, value, more = {}) => ({
    ...common(),
    type: 'invoke',
    name,
    value,
    ...more,
  });

  return {
    teams,
    keys,
    key,
    connector,
    messages,
    presses,
    installs,
    searches,
    picks,
    events,
    log,
    now,
    pass: (ms) => {
      passed += ms;
    },
    token,
    post: async (body, posting = {}) => {
      const authorization =
        posting.authorization === undefined ? `Bearer ${await token()}` : posting.authorization;
      const headers: OutgoingHttpHeaders = {
        'content-type': 'application/json; charset=utf-8',
        ...posting.headers,
      };
      // As a list, node sends it as several headers.
      if (authorization !== null) Object.assign(headers, { authorization });
      const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      return send(teams.port, text, posting, headers);
    },
    message: (text, more = {}) => ({ ...common(), type: 'message', text, ...more }),
    execute: (value, more = {}) => invoke('adaptiveCard/action', value, more),
    invoke,
    close: async () => {
      await teams.close();
      await Promise.all([keys.close(), connector.close()]);
    },
  };
};
