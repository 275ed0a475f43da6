import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { Call, type GetOptions } from './call.ts';
import { authorised, budgeted, judged, patient, pinned, sent, type Wire } from './steps.ts';

/** The body of an answer, parsed but not looked at. */
export interface Reply {
  readonly body: unknown;
  /** How many seconds Graph's clock is before ours, where that is worth a remark. */
  readonly skew: number | undefined;
}

/** Microsoft Graph as it is read: one URL at a time. */
export interface GraphClient {
  /**
   * Reads one absolute URL of the configured Graph.
   *
   * @throws GraphFailure for every refusal and failure, after the repeats that can help.
   */
  get(url: string, options: GetOptions): Promise<Reply>;
}

/** The SDK's client with our chain under it: pinned host, patience, token, judgement, budget, time limit. */
export const createGraphClient = (wire: Wire): GraphClient => {
  const client = Client.initWithMiddleware({
    baseUrl: wire.graphUrl,
    middleware: [pinned(wire), patient(wire), authorised(wire), judged(wire), budgeted(wire), sent(wire)],
  });
  return {
    get: async (url, options) => {
      const call = new Call(url, options);
      try {
        await client.api('/').middlewareOptions([call]).responseType(ResponseType.RAW).get();
      } catch (error) {
        throw call.failure ?? error;
      }
      return { body: call.body, skew: call.skew };
    },
  };
};
