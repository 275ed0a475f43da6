import type { IncomingMessage } from 'node:http';
import type { Log } from '../lib/log.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { TurnResult } from './adapter.ts';
import { checkHeaders, readJson, readToken } from './body.ts';
import { type Admitted, admit, type GateRules, type Refusal } from './gate.ts';
import type { VerifiedToken, VerifyToken } from './token.ts';

export interface ReceptionOptions {
  readonly verify: VerifyToken;
  readonly rules: GateRules;
  readonly maxBytes: number;
  readonly log: Log;
  readonly onEvent: (name: 'auth.reject' | 'gate.reject', reason: string) => void;
  /** Runs the turn of an activity that came with this token. */
  readonly run: (admitted: Admitted, token: VerifiedToken) => Promise<TurnResult>;
}

interface Arrival {
  readonly admitted: Admitted;
  readonly token: VerifiedToken;
}

type Options = Pick<ReceptionOptions, 'verify' | 'rules' | 'maxBytes'>;

/** The whole gate, cheap checks first: without a good token not a byte of a body is read. */
const receive = async (
  request: IncomingMessage,
  { verify, rules, maxBytes }: Options,
): Promise<Result<Arrival, Refusal>> => {
  const misfit = checkHeaders(request, maxBytes);
  if (misfit) return fail(misfit);
  const bearer = readToken(request);
  if (bearer === undefined) return fail({ status: 401, reason: 'authorization' });
  const token = await verify(bearer);
  if (!token.ok) return fail({ status: 401, reason: token.error });
  const body = await readJson(request, maxBytes);
  if (!body.ok) return body;
  const admitted = admit(body.value, token.value, rules);
  return admitted.ok ? ok({ admitted: admitted.value, token: token.value }) : admitted;
};

/** Answers a POST to /api/messages. Why something was refused is for the log; its sender sees a bare status. */
export const createReception = (options: ReceptionOptions) => {
  const { log, onEvent, run } = options;
  return async (request: IncomingMessage): Promise<TurnResult> => {
    const arrival = await receive(request, options);
    if (arrival.ok) return run(arrival.value.admitted, arrival.value.token);
    const { status, reason } = arrival.error;
    const event = status === 401 ? 'auth.reject' : 'gate.reject';
    log.warn(event, { status, reason });
    onEvent(event, reason);
    return { status };
  };
};
