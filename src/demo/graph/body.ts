import type { IncomingMessage } from 'node:http';

/** Longer bodies are taken off the wire, but not kept. */
const LONGEST = 64 * 1024;

/** The body of a request as text; undefined where it is longer than is read. */
export const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= LONGEST) chunks.push(bytes);
  }
  return length > LONGEST ? undefined : Buffer.concat(chunks).toString();
};
