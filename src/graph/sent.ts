import { subscribe } from 'node:diagnostics_channel';
import type { Middleware } from '@microsoft/microsoft-graph-client';
import { limited } from './abort.ts';
import { callOf, step } from './call.ts';
import type { Wire } from './steps.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Errors of connections that never came about. */
const unconnected = new WeakSet<object>();

// A reset reads the same whether it broke off the handshake or cut the answer. Only here does undici, which is
// Node's fetch, tell the two apart. If it ever falls silent, nothing is taken for unsent.
subscribe('undici:client:connectError', (message) => {
  if (isObject(message) && 'error' in message && isObject(message.error)) unconnected.add(message.error);
});

const isUnconnected = (error: unknown): boolean =>
  isObject(error) && 'cause' in error && isObject(error.cause) && unconnected.has(error.cause);

/** After a 421, fetch by itself sends anew what it can read twice, so it gets a stream. */
const asBody = (change: string): RequestInit & { readonly duplex: 'half' } => ({
  body: new Blob([change]).stream(),
  duplex: 'half',
});

/** Innermost: one request with a time limit of its own. Redirects are answers, never followed. */
export const sent = ({ requestTimeout, clock, observe }: Wire): Middleware =>
  step(async (context) => {
    const call = callOf(context);
    const { url, options, change } = call;
    const started = clock();
    const signal = limited(requestTimeout, options.signal);
    signal.throwIfAborted();
    call.isSent = true;
    const response = await fetch(url, {
      ...context.options,
      ...(change !== undefined && asBody(change)),
      redirect: 'manual',
      signal,
    }).catch((error: unknown) => {
      call.isSent = !isUnconnected(error);
      throw error;
    });
    const { status } = response;
    observe({ event: 'answered', bucket: options.buckets[0], status, milliseconds: clock() - started });
    return response;
  });
