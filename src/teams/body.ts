import type { IncomingMessage } from 'node:http';
import { readAll } from '../lib/read-all.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { Refusal } from './gate.ts';

const JSON_TYPE = /^application\/json\s*(?:;\s*charset="?([\w-]+)"?\s*)?$/i;

// A byte order mark is kept, so that JSON.parse refuses it.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What the headers say about the body, before any of it is read. */
export const checkHeaders = ({ headers }: IncomingMessage, maxBytes: number): Refusal | undefined => {
  const type = JSON_TYPE.exec(headers['content-type'] ?? '');
  if (!type) return { status: 415, reason: 'content-type' };
  if (type[1] !== undefined && type[1].toLowerCase() !== 'utf-8') return { status: 400, reason: 'charset' };
  const encoding = headers['content-encoding'] ?? 'identity';
  // A few compressed kilobytes can hold gigabytes.
  if (encoding.toLowerCase() !== 'identity') return { status: 415, reason: 'content-encoding' };
  return Number(headers['content-length'] ?? 0) > maxBytes ? { status: 413, reason: 'size' } : undefined;
};

/** The one `Authorization: Bearer …` header of a request, shaped like a signed token. */
export const readToken = ({ headersDistinct }: IncomingMessage): string | undefined => {
  const [header, ...others] = headersDistinct.authorization ?? [];
  if (header === undefined || others.length > 0) return undefined;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header)?.[1];
};

/** Reads a body of at most `maxBytes` as JSON. How long it may take is the server's request time-out. */
export const readJson = async (
  request: IncomingMessage,
  maxBytes: number,
): Promise<Result<unknown, Refusal>> => {
  try {
    // Left alone after a refusal, so that the refusal can still be sent.
    const body = await readAll(request.iterator({ destroyOnReturn: false }), maxBytes);
    return body ? ok(JSON.parse(UTF8.decode(body))) : fail({ status: 413, reason: 'size' });
  } catch {
    return fail({ status: 400, reason: 'json' });
  }
};
