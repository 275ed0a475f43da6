import { Client, type GraphRequest, ResponseType } from '@microsoft/microsoft-graph-client';
import type { GraphProblem } from '../entra/graph-problem.ts';
import { Call, type CallOptions } from './call.ts';
import { problemIn } from './problem.ts';
import { sent } from './sent.ts';
import { authorised, budgeted, judged, patient, pinned, type Wire } from './steps.ts';

/** The body of an answer, parsed but not looked at. */
export interface Reply {
  readonly body: unknown;
  /** How many seconds Graph's clock is before ours, where that is worth a remark. */
  readonly skew: number | undefined;
}

/** How a POST ended: without a problem it was accepted. */
export interface Posted {
  readonly problem: GraphProblem | undefined;
  /** Whether Graph may have got it. */
  readonly isSent: boolean;
}

/** Microsoft Graph, one URL at a time. */
export interface GraphClient {
  /**
   * Reads one absolute URL of the configured Graph.
   *
   * @throws GraphFailure for every refusal and failure, after the repeats that can help.
   */
  get(url: string, options: CallOptions): Promise<Reply>;
  /** Sends a body, as JSON, to one absolute URL of the configured Graph: one request, which nothing repeats. */
  post(url: string, body: unknown, options: CallOptions): Promise<Posted>;
}

/** The SDK's client with our chain under it: pinned host, patience, token, judgement, budget, time limit. */
export const createGraphClient = (wire: Wire): GraphClient => {
  const client = Client.initWithMiddleware({
    baseUrl: wire.graphUrl,
    middleware: [pinned(wire), patient(wire), authorised(wire), judged(wire), budgeted(wire), sent(wire)],
  });
  const run = async (call: Call, send: (request: GraphRequest) => Promise<unknown>): Promise<void> => {
    try {
      await send(client.api('/').middlewareOptions([call]).responseType(ResponseType.RAW));
    } catch (error) {
      throw call.failure ?? error;
    }
  };
  return {
    get: async (url, options) => {
      const call = new Call(url, options);
      await run(call, (request) => request.get());
      return { body: call.body, skew: call.skew };
    },
    post: async (url, body, options) => {
      const change = JSON.stringify(body);
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(change)),
      };
      const call = new Call(url, { ...options, headers }, change);
      try {
        await run(call, (request) => request.post(call.change));
        return { problem: undefined, isSent: true };
      } catch (error) {
        return { problem: problemIn(error), isSent: call.isSent };
      }
    },
  };
};
