import { createServer } from 'node:http';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { listenOnLoopback } from './lib/loopback.ts';

/** What is counted and measured; labels hold kinds, never people or texts. */
export interface Metrics {
  /** An event of an edge, such as `auth.reject` for a reason. */
  count(event: string, reason?: string): void;
  /** One answer of Graph. */
  graphAnswered(bucket: string, status: number, milliseconds: number): void;
  /** Serves `/metrics` on loopback; port 0 takes a free one. Rejects when the port is taken. */
  serve(port: number): Promise<{ readonly port: number; close(): void }>;
}

/** Prometheus metrics of this process. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const events = new Counter({
    name: 'flagman_events_total',
    help: 'Events worth a look, such as refused tokens and failed turns.',
    labelNames: ['event', 'reason'],
    registers,
  });
  const graph = new Histogram({
    name: 'flagman_graph_request_seconds',
    help: 'Time that Microsoft Graph took to answer, by budget and status.',
    labelNames: ['bucket', 'status'],
    buckets: [0.1, 0.3, 1, 3, 10, 30, 60],
    registers,
  });
  return {
    count: (event, reason = '') => events.inc({ event, reason }),
    graphAnswered: (bucket, status, milliseconds) => graph.observe({ bucket, status }, milliseconds / 1000),
    async serve(port) {
      collectDefaultMetrics({ register: registry });
      const server = createServer(async (request, response) => {
        // restify changes what writeHead returns in the whole process, so nothing is chained to it.
        response.writeHead(request.url === '/metrics' ? 200 : 404, { 'content-type': registry.contentType });
        response.end(request.url === '/metrics' ? await registry.metrics() : '');
      });
      return {
        port: await listenOnLoopback(server, port),
        close() {
          server.closeAllConnections();
          server.close();
        },
      };
    },
  };
};
