import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../http.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Answer, answerTo } from './answer.ts';
import { readBody } from './body.ts';
import { createDirectory, type Directory } from './directory.ts';
import { type Effect, effectsFor, type Faults, type Struck } from './faults.ts';
import { createLog, type LoggedRequest } from './log.ts';
import { createRouter, type Licence, type Permission } from './routes.ts';
import { requestIdsIn } from './sign-in-actions.ts';
import { createSignInLog } from './sign-in-log.ts';
import { createThrottle, type Limits, REAL_LIMITS } from './throttle.ts';
import { type Behaviour, createVerdicts, type Verdicts } from './verdicts.ts';

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
  /** Milliseconds from a POST until reads show what it did; 0 if absent. */
  readonly lag?: number;
  readonly faults?: Faults;
}

/** A running pretend Graph. What is changed in it ends with it. */
export interface PretendGraph
  extends Pick<Verdicts, 'effects' | 'decide'>,
    Pick<Directory, 'assign' | 'unassign' | 'setAccount'> {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** As it was at the start. */
  readonly tenant: Tenant;
  /** Change it at any time. */
  readonly behaviour: Behaviour;
  /** The newest requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** How many requests came to paths that begin so, with or without version. */
  readonly count: (pathPrefix: string) => number;
  /** The script of faults; change it at any time. */
  readonly faults: Faults;
  readonly close: () => Promise<void>;
}

/** What README asks an administrator to grant, and risky users and policies beside. */
const GRANTED: ReadonlySet<Permission> = new Set([
  'AuditLog.Read.All',
  'IdentityRiskEvent.ReadWrite.All',
  'IdentityRiskyUser.Read.All',
  'Policy.Read.All',
  'RoleManagement.Read.Directory',
  'User.Read.All',
]);

/** Starts a pretend Microsoft Graph on loopback. */
export const startGraph = async (options: GraphOptions): Promise<PretendGraph> => {
  const { tenant, clock, licence = 'P2', permissions = GRANTED, faults = [], latency = 0 } = options;
  const behaviour: Behaviour = { lag: options.lag ?? 0 };
  const directory = createDirectory(tenant);
  const signIns = createSignInLog(tenant.signIns);
  const verdicts = createVerdicts(signIns, clock, behaviour);
  const route = createRouter({ directory, log: signIns, verdicts }, { permissions, licence });
  const throttle = createThrottle(options.limits ?? REAL_LIMITS);
  const log = createLog();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const logged = log.add(request, clock());
    const throttled = throttle(logged.path, logged.time);
    const struck = effectsFor(faults, logged);
    const body = await readBody(request);
    logged.requestIds = requestIdsIn(body);
    await pause(latency + sum(struck.before, 'delay'));
    if (isCutBefore(struck, logged.method)) {
      response.destroy();
      return;
    }
    const answer = answerTo(request, {
      origin: server.url,
      now: clock() + sum([...struck.before, ...struck.done], 'skew'),
      throttled,
      token: options.token,
      requestId: randomUUID(),
      route,
      struck,
      body,
    });
    logged.status = answer.status;
    await pause(sum(struck.done, 'delay'));
    send(response, answer, [...struck.before, ...struck.done]);
  };

  const server = await listen(serve, options.port);
  return {
    url: server.url,
    tenant,
    behaviour,
    effects: verdicts.effects,
    decide: verdicts.decide,
    assign: directory.assign,
    unassign: directory.unassign,
    setAccount: directory.setAccount,
    requests: log.requests,
    count: log.count,
    faults,
    close: server.close,
  };
};

const sum = (effects: readonly Effect[], kind: 'delay' | 'skew'): number =>
  effects.reduce((total, effect) => (effect.kind === kind ? total + effect.milliseconds : total), 0);

/** A reading may be cut within its answer, so it is answered first. */
const isCutBefore = ({ before }: Struck, method: string): boolean =>
  before.some((effect) => effect.kind === 'cut' && (effect.after === undefined || method !== 'GET'));

const pause = async (milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await wait(milliseconds);
};

const send = (response: ServerResponse, answer: Answer, effects: readonly Effect[]): void => {
  const cut = effects.find((effect) => effect.kind === 'cut');
  if (cut !== undefined && cut.after === undefined) {
    response.destroy();
    return;
  }
  const length = answer.status === 204 ? {} : { 'Content-Length': String(answer.body.length) };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  if (cut?.after === undefined) response.end(answer.body);
  else response.write(answer.body.subarray(0, cut.after), () => response.destroy());
};
