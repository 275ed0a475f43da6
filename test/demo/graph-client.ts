import { type GraphOptions, type PretendGraph, startGraph } from '../../src/demo/graph/server.ts';
import { createTenant } from '../../src/demo/tenant/tenant.ts';

/** A Saturday noon, as in the phrase file. */
export const NOW = Date.parse('2026-11-21T12:00:00Z');

export const TENANT = createTenant({ seed: 1, now: NOW });

/** So many that nothing is throttled. */
const NO_LIMITS = { reportsPer10s: 1_000_000, identityProtectionPerSecond: 1_000_000, speed: 1 };

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever came over the wire is compared by the tests.
export type Json = any;

export interface Client {
  readonly graph: PretendGraph;
  readonly get: (pathOrUrl: string, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  /** POSTs to `/v1.0/auditLogs/signIns/…`; `body` is sent as JSON, or as it is if it is text. */
  readonly act: (action: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  /** Sign-ins of beta that match the filter, from every page. */
  readonly signIns: (filter: string, options?: string) => Promise<readonly Json[]>;
}

const opened: PretendGraph[] = [];

export const open = async (options: Partial<GraphOptions> = {}): Promise<Client> => {
  const graph = await startGraph({ tenant: TENANT, clock: () => NOW, limits: NO_LIMITS, ...options });
  opened.push(graph);
  const get: Client['get'] = async (pathOrUrl, headers = {}) => {
    const url = pathOrUrl.startsWith('/') ? graph.url + pathOrUrl : pathOrUrl;
    return replyOf(await fetch(url, { headers: { authorization: 'Bearer opaque', ...headers } }));
  };
  const act: Client['act'] = async (action, body, headers = {}) =>
    replyOf(
      await fetch(`${graph.url}/v1.0/auditLogs/signIns/${action}`, {
        method: 'POST',
        headers: { authorization: 'Bearer opaque', 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
  const signIns: Client['signIns'] = async (filter, options = '') => {
    const rows: Json[] = [];
    let link: string | undefined = `${signInsPath(filter)}${options}`;
    while (link !== undefined) {
      const { json } = await get(link);
      rows.push(...json.value);
      link = json['@odata.nextLink'];
    }
    return rows;
  };
  return { graph, get, act, signIns };
};

const replyOf = async (response: Response): Promise<Reply> => {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
};

/** The valid version of every sign-in of the tenant that fits. */
export const validRows = (fits: (row: Json) => boolean): readonly Json[] =>
  [...new Map(TENANT.signIns.map((row) => [row.id, row])).values()].filter(fits);

export const closeAll = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map((graph) => graph.close()));
};

export const signInsPath = (filter: string, version = 'beta'): string =>
  `/${version}/auditLogs/signIns?$filter=${encodeURIComponent(filter)}`;

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
