import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type Loopback, listen, send, sendJson } from '../http.ts';

/** A file in somebody's pretended OneDrive. */
export interface Stored {
  readonly name: string;
  readonly body: Buffer;
}

/** Where one file may be put, as Teams tells the bot. */
export interface UploadInfo {
  readonly uploadUrl: string;
  readonly contentUrl: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

/** One request that put a part of a file there. */
export interface Part {
  readonly range: string;
  readonly authorization: string | undefined;
  readonly bytes: number;
}

/** The pretended OneDrive: takes files part by part at addresses that it gave out itself. */
export interface Files extends Loopback {
  /** Opens an address for one file. */
  open(name: string): UploadInfo;
  find(id: string): Stored | undefined;
  /** What was sent, the oldest first. */
  readonly parts: readonly Part[];
  /** The status that the next parts are refused with; undefined takes them. */
  refuseWith(status: number | undefined): void;
}

interface Room {
  readonly name: string;
  readonly parts: Buffer[];
  length: number;
  isWhole: boolean;
}

const RANGE = /^bytes (\d+)-(\d+)\/(\d+)$/;
const UNIT = 320 * 1024;

const bytesOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Takes one part if it follows the last one; OneDrive wants a multiple of 320 KiB unless it is the last. */
const take = (room: Room, body: Buffer, range: string): { status: number; body: unknown } => {
  const [, from, to, total] = (RANGE.exec(range) ?? []).map(Number);
  if (from === undefined || to === undefined || total === undefined) return { status: 400, body: {} };
  const isLast = to + 1 === total;
  if (from !== room.length || to - from + 1 !== body.length) return { status: 416, body: {} };
  if (!isLast && body.length % UNIT !== 0) return { status: 400, body: {} };
  room.parts.push(body);
  room.length += body.length;
  room.isWhole = isLast;
  return isLast
    ? { status: 201, body: { id: 'item' } }
    : { status: 202, body: { nextExpectedRanges: [`${to + 1}-`] } };
};

export const startFiles = async (): Promise<Files> => {
  const rooms = new Map<string, Room>();
  const parts: Part[] = [];
  let refusal: number | undefined;
  const answer: Answer = async (request, response: ServerResponse, { pathname }) => {
    const id = pathname.slice('/upload/'.length);
    const room = pathname.startsWith('/upload/') ? rooms.get(id) : undefined;
    const body = await bytesOf(request);
    if (room === undefined || request.method !== 'PUT') return send(response, 404);
    const range = request.headers['content-range'] ?? '';
    parts.push({ range, authorization: request.headers.authorization, bytes: body.length });
    if (refusal !== undefined) return send(response, refusal, { location: `${pathname}/elsewhere` });
    const taken = take(room, body, range);
    sendJson(response, taken.status, taken.body);
  };
  const server = await listen(answer);
  return {
    ...server,
    parts,
    open(name) {
      const uniqueId = randomUUID();
      rooms.set(uniqueId, { name, parts: [], length: 0, isWhole: false });
      return {
        uploadUrl: `${server.url}/upload/${uniqueId}`,
        contentUrl: `${server.url}/personal/files/${name}`,
        name,
        uniqueId,
        fileType: name.split('.').at(-1) ?? '',
      };
    },
    find(id) {
      const room = rooms.get(id);
      return room?.isWhole ? { name: room.name, body: Buffer.concat(room.parts) } : undefined;
    },
    refuseWith(status) {
      refusal = status;
    },
  };
};
