import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../http.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Answer, answerTo } from './answer.ts';
import { readBody } from './body.ts';
import { type Effect, effectsFor, type Faults, type Struck } from './faults.ts';
import { createLog, type LoggedRequest } from './log.ts';
import { requestIdsIn } from './sign-in-actions.ts';
import { createThrottle, type Limits, REAL_LIMITS } from './throttle.ts';
import { type Controls, createWorld, type WorldOptions } from './world.ts';

/** The tenant behind the pretend Graph, and how it behaves. */
export interface GraphOptions extends WorldOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The only access token to accept; left out, any will do. */
  readonly token?: string;
  readonly limits?: Limits;
  /** Milliseconds that every answer takes longer. */
  readonly latency?: number;
  readonly faults?: Faults;
}

/** A running pretend Graph. What is changed in it ends with it. */
export interface PretendGraph extends Controls {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** As it was at the start. */
  readonly tenant: Tenant;
  /** The newest requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** How many requests came to paths that begin so, with or without version. */
  readonly count: (pathPrefix: string) => number;
  /** The script of faults; change it at any time. */
  readonly faults: Faults;
  readonly close: () => Promise<void>;
}

/** Starts a pretend Microsoft Graph on loopback. */
export const startGraph = async (options: GraphOptions): Promise<PretendGraph> => {
  const { tenant, clock, faults = [], latency = 0 } = options;
  const { route, controls } = createWorld(options);
  const throttle = createThrottle(options.limits ?? REAL_LIMITS);
  const log = createLog();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const logged = log.add(request, clock());
    const throttled = throttle(logged.path, logged.time);
    const struck = effectsFor(faults, logged);
    const body = await readBody(request);
    logged.requestIds = requestIdsIn(body);
    await pause(latency + sum(struck.before, 'delay'));
    await held(struck.before);
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
    await held(struck.done);
    send(response, answer, [...struck.before, ...struck.done]);
  };

  const server = await listen(serve, options.port);
  return {
    ...controls,
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

/** A reading may be cut within its answer, so it is answered first. */
const isCutBefore = ({ before }: Struck, method: string): boolean =>
  before.some((effect) => effect.kind === 'cut' && (effect.after === undefined || method !== 'GET'));

const pause = async (milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await wait(milliseconds);
};

const held = async (effects: readonly Effect[]): Promise<void> => {
  for (const effect of effects) if (effect.kind === 'hold') await effect.until();
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
