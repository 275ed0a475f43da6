import { ConnectorFailure } from '../entra/connector-problem.ts';
import type { HttpClient } from './http-client.ts';

/** A call of Teams' own REST interface, for what botbuilder does not know. */
export interface RestCall {
  /** The channel's address, with or without a slash at its end. */
  readonly serviceUrl: string;
  readonly method: 'POST' | 'PUT';
  /** Behind `/v3/conversations`, encoded. */
  readonly path: string;
  readonly body: unknown;
}

/** Makes a call with the bot's token; gives the `id` of its answer. What fails is a `ConnectorFailure`. */
export type Rest = (call: RestCall) => Promise<string | undefined>;

const idIn = (text: string): string | undefined => {
  try {
    const answer: unknown = JSON.parse(text);
    const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined;
    return typeof id === 'string' && id !== '' ? id : undefined;
  } catch {
    return undefined;
  }
};

export const createRest =
  (http: HttpClient, getToken: () => Promise<string>): Rest =>
  async ({ serviceUrl, method, path, body }) => {
    const token = await getToken().catch((cause: unknown) => {
      throw new ConnectorFailure('unreachable', undefined, { cause });
    });
    const reply = await http.call({
      url: `${serviceUrl.replace(/\/$/, '')}/v3/conversations${path}`,
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
      body: Buffer.from(JSON.stringify(body)),
    });
    return idIn(reply.text);
  };
