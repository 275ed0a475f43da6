import { type Cloud, isLoopback } from '../entra/clouds.ts';
import { ConnectorFailure } from '../entra/connector-problem.ts';
import type { Upload } from '../entra/inbound.ts';
import type { Exchange } from './exchange.ts';
import { problemOf } from './http-client.ts';

/** Puts a file of so many bytes to where Teams said. What fails is a `ConnectorFailure`. */
export type PutFile = (upload: Upload, size: number, pieces: AsyncIterable<string>) => Promise<void>;

// OneDrive takes parts of a multiple of 320 KiB, but for the last one.
const PART_BYTES = 4 * 320 * 1024;

const PART_MS = 60_000;

/** Whether a file may go there, or be shown from there: https, a site of the cloud's own SharePoint, no port. */
export const isFileUrl = ({ name, fileHosts }: Cloud, address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (name === 'local') return /^https?:$/.test(protocol) && isLoopback(address);
  const [site = '', ...domain] = host.split('.');
  return protocol === 'https:' && /^[a-z\d-]+$/.test(site) && fileHosts.includes(domain.join('.'));
};

/** The bytes of a text in parts of that size, so that never more than one part is held. */
async function* partsOf(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    let rest = Buffer.from(piece);
    while (length + rest.length >= PART_BYTES) {
      const room = PART_BYTES - length;
      yield Buffer.concat([...held, rest.subarray(0, room)]);
      rest = rest.subarray(room);
      held = [];
      length = 0;
    }
    held.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(held);
}

/**
 * Uploads to the address that Teams gave for one file. That address is a secret by itself, so no token goes there, and
 * nothing at all goes to a host outside the cloud's list. Redirects are not followed.
 */
export const createPutFile =
  (cloud: Cloud, exchange: Exchange): PutFile =>
  async ({ uploadUrl, contentUrl }, size, pieces) => {
    if (!isFileUrl(cloud, uploadUrl) || !isFileUrl(cloud, contentUrl))
      throw new ConnectorFailure('foreign-host');
    let from = 0;
    for await (const body of partsOf(pieces)) {
      const range = `bytes ${from}-${from + body.length - 1}/${size}`;
      const headers = { 'content-type': 'application/octet-stream', 'content-range': range };
      const sent = await exchange.send({ url: uploadUrl, method: 'PUT', headers, body }, PART_MS);
      if (!sent.ok) throw sent.error;
      const { status } = sent.value;
      if (status < 200 || status >= 300) throw new ConnectorFailure(problemOf(status), status);
      from += body.length;
    }
  };
