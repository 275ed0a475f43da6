import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../http.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Answer, answerTo } from './answer.ts';
import { type Effect, effectsFor, type Faults } from './faults.ts';
import { createLog, type LoggedRequest } from './log.ts';
import { createRouter, type Licence, type Permission } from './routes.ts';
import { createWindow, type Limits, REAL_LIMITS } from './throttle.ts';

/** The tenant behind the pretend Graph, and how it behaves. */
export interface GraphOptions {
  readonly tenant: Tenant;
  /** Milliseconds since 1970; dates, the 90 days of the log and the throttling window follow it. */
  readonly clock: () => number;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The only access token to accept; left out, any will do. */
  readonly token?: string;
  readonly permissions?: ReadonlySet<Permission>;
  readonly licence?: Licence;
  readonly limits?: Limits;
  /** Milliseconds that every answer takes longer. */
  readonly latency?: number;
  readonly faults?: Faults;
}

/** A running pretend Graph. */
export interface PretendGraph {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  readonly tenant: Tenant;
  /** The newest requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** How many requests came to paths that begin so, with or without version. */
  readonly count: (pathPrefix: string) => number;
  /** The script of faults; change it at any time. */
  readonly faults: Faults;
  readonly close: () => Promise<void>;
}

/** What README asks an administrator to grant for reading, and the policies beside. */
const GRANTED: ReadonlySet<Permission> = new Set([
  'AuditLog.Read.All',
  'Policy.Read.All',
  'RoleManagement.Read.Directory',
  'User.ReadBasic.All',
]);

/** Starts a pretend Microsoft Graph on loopback. */
export const startGraph = async (options: GraphOptions): Promise<PretendGraph> => {
  const { tenant, clock, licence = 'P2', permissions = GRANTED, faults = [], latency = 0 } = options;
  const route = createRouter(tenant, { permissions, licence });
  const tooMany = createWindow(options.limits ?? REAL_LIMITS);
  const log = createLog();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // The body of a request that is refused anyway is not of interest.
    request.resume();
    const logged = log.add(request, clock());
    const retryAfter = /^\/(v1\.0|beta)\/auditlogs\//i.test(logged.path) ? tooMany(logged.time) : 0;
    const effects = effectsFor(faults, logged.path);
    await pause(latency, effects);
    const now = clock() + sum(effects, 'skew');
    const answer = answerTo(request, {
      origin: server.url,
      now,
      retryAfter,
      token: options.token,
      requestId: randomUUID(),
      route,
      effects,
    });
    logged.status = answer.status;
    send(response, answer, effects);
  };

  const server = await listen(serve, options.port);
  return {
    url: server.url,
    tenant,
    requests: log.requests,
    count: log.count,
    faults,
    close: server.close,
  };
};

const sum = (effects: readonly Effect[], kind: 'delay' | 'skew'): number =>
  effects.reduce((total, effect) => (effect.kind === kind ? total + effect.milliseconds : total), 0);

const pause = async (latency: number, effects: readonly Effect[]): Promise<void> => {
  const milliseconds = latency + sum(effects, 'delay');
  if (milliseconds > 0) await wait(milliseconds);
};

const send = (response: ServerResponse, answer: Answer, effects: readonly Effect[]): void => {
  const cut = effects.find((effect) => effect.kind === 'cut');
  if (cut !== undefined && cut.after === undefined) {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': String(answer.body.length) });
  if (cut?.after === undefined) response.end(answer.body);
  else response.write(answer.body.subarray(0, cut.after), () => response.destroy());
};
