import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Files, startFiles } from '../../src/demo/chat/files.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';
import type { FileConsent, Upload } from '../../src/entra/inbound.ts';
import { listenOnLoopback } from '../../src/lib/loopback.ts';
import type { PressAnswer } from '../../src/teams/doors.ts';
import { createExchange, type Exchange } from '../../src/teams/exchange.ts';
import { createPutFile, isFileUrl } from '../../src/teams/upload.ts';
import { type Edge, localCloud, startEdge } from './support/edge.ts';

const LOCAL = localCloud('http://127.0.0.1:9');
const PART = 4 * 320 * 1024;

let files: Files;
let exchange: Exchange;
beforeEach(async () => {
  files = await startFiles();
  exchange = createExchange();
});
afterEach(async () => {
  exchange.close();
  await files.close();
});

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

describe('an upload', () => {
  test.each([
    ['one small part', 10, 3],
    ['exactly one part', PART, 1_000],
    ['one byte more than a part', PART + 1, 100_000],
    ['parts of one huge piece', 3 * PART + 17, 10 * PART],
  ])('of %s arrives whole, in parts of a multiple of 320 KiB', async (_name, length, size) => {
    const text = randomBytes(length)
      .toString('latin1')
      .replace(/[^ -~]/g, '.');
    const upload = files.open('flagman.csv');
    await createPutFile(LOCAL, exchange)(upload, length, piecesOf(text, size));
    expect(files.find(upload.uniqueId)?.body.toString()).toBe(text);
    expect(files.parts).toHaveLength(Math.ceil(length / PART));
    expect(files.parts.at(-1)?.range).toMatch(new RegExp(`^bytes \\d+-${length - 1}/${length}$`));
  });

  test('carries no token of the bot', async () => {
    await createPutFile(LOCAL, exchange)(files.open('a.csv'), 1, piecesOf('a', 1));
    expect(files.parts).toEqual([{ range: 'bytes 0-0/1', authorization: undefined, bytes: 1 }]);
  });

  test('counts bytes, not letters', async () => {
    const upload = files.open('a.csv');
    await createPutFile(LOCAL, exchange)(upload, 6, piecesOf('日é\n', 1));
    expect(files.find(upload.uniqueId)?.body.toString()).toBe('日é\n');
  });

  test.each([
    [302, 'refused'],
    [404, 'gone'],
    [416, 'refused'],
    [503, 'ambiguous'],
  ] as const)('that is answered %i has failed, and no redirect is followed', async (status, problem) => {
    files.refuseWith(status);
    const put = createPutFile(LOCAL, exchange)(files.open('a.csv'), 1, piecesOf('a', 1));
    await expect(put).rejects.toMatchObject({ problem, status });
    expect(files.parts).toHaveLength(1);
  });

  test('that nobody takes has failed', async () => {
    const upload = { ...files.open('a.csv'), uploadUrl: 'http://127.0.0.1:9/' };
    const put = createPutFile(LOCAL, exchange)(upload, 1, piecesOf('a', 1));
    await expect(put).rejects.toMatchObject({ problem: 'unreachable' });
  });

  test('goes nowhere outside the list, whichever of its addresses that is', async () => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.end();
    });
    const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
    const put = createPutFile(CLOUDS.global, exchange);
    const good = 'https://contoso-my.sharepoint.com/x';
    const to = (uploadUrl: string, contentUrl: string): Upload => ({
      uploadUrl,
      contentUrl,
      uniqueId: 'u',
      fileType: 'csv',
    });
    await expect(put(to(url, good), 1, piecesOf('a', 1))).rejects.toMatchObject({ problem: 'foreign-host' });
    await expect(put(to(good, url), 1, piecesOf('a', 1))).rejects.toMatchObject({ problem: 'foreign-host' });
    expect(calls).toBe(0);
    server.close();
  });
});

describe('the address of a file', () => {
  test.each([
    ['global', 'https://contoso-my.sharepoint.com/personal/x/_api/upload?guid=1', true],
    ['global', 'https://contoso.sharepoint.com/', true],
    ['global', 'http://contoso-my.sharepoint.com/', false],
    ['global', 'https://sharepoint.com/', false],
    ['global', 'https://contoso-my.sharepoint.com.evil.example/', false],
    ['global', 'https://evilsharepoint.com/', false],
    ['global', 'https://a.b.sharepoint.com/', false],
    ['global', 'https://contoso-my.sharepoint.com:8443/', false],
    ['global', 'https://user:pass@contoso-my.sharepoint.com/', false],
    ['global', 'https://contoso-my.sharepoint.us/', false],
    ['global', 'https://127.0.0.1/', false],
    ['global', 'no address', false],
    ['china', 'https://contoso-my.sharepoint.cn/', true],
    ['usgov', 'https://contoso-my.sharepoint.us/', false],
    ['usgovdod', 'https://contoso-my.sharepoint-mil.us/', false],
  ] as const)('in %s %s: %s', (cloud, address, expected) => {
    expect(isFileUrl(CLOUDS[cloud], address)).toBe(expected);
  });

  test('of the local cloud is of this machine', () => {
    expect(isFileUrl(LOCAL, 'http://127.0.0.1:4000/upload')).toBe(true);
    expect(isFileUrl(LOCAL, 'https://contoso-my.sharepoint.com/')).toBe(false);
    expect(isFileUrl(LOCAL, 'ftp://127.0.0.1/')).toBe(false);
  });
});

describe('an answer to the offer of a file', () => {
  const UPLOAD = { uploadUrl: 'https://a/', contentUrl: 'https://b/', uniqueId: 'u', fileType: 'csv' };
  let edge: Edge;
  let consents: FileConsent[];
  beforeEach(async () => {
    consents = [];
    edge = await startEdge({
      doors: {
        onFile: async (consent) => {
          consents.push(consent);
        },
      },
    });
  });
  afterEach(() => edge.close());

  const consent = (value: unknown) => edge.execute(value, { name: 'fileConsent/invoke' });

  test('goes to its door with the offer and where the file goes, and nothing else', async () => {
    const value = {
      type: 'fileUpload',
      action: 'accept',
      context: { offer: 'an-id', path: '../../etc/passwd' },
      uploadInfo: { ...UPLOAD, name: 'a\u202efdp.exe' },
    };
    const answer = await edge.post(consent(value));
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(consents).toMatchObject([{ offer: 'an-id', upload: UPLOAD, place: { kind: 'personal' } }]);
    expect(JSON.stringify(consents)).not.toMatch(/passwd|exe/);
  });

  test('that declines has no place for the file', async () => {
    await edge.post(consent({ action: 'decline', context: { offer: 'an-id' } }));
    expect(consents).toMatchObject([{ offer: 'an-id' }]);
    expect(consents[0]).not.toHaveProperty('upload');
  });

  test.each([
    { action: 'accept', context: { offer: 'an-id' } },
    { action: 'accept', context: {}, uploadInfo: UPLOAD },
    { action: 'accept', context: { offer: 'x'.repeat(65) }, uploadInfo: UPLOAD },
    { action: 'steal', context: { offer: 'an-id' } },
    null,
  ])('that cannot be read opens no door: %j', async (value) => {
    const answer = await edge.post(consent(value));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ statusCode: 400 });
    expect(consents).toEqual([]);
  });
});

describe('a card that one person alone may see', () => {
  test('is not posted to everybody when it comes too late for its press', async () => {
    const card = { type: 'AdaptiveCard', version: '1.5', body: [] } as const;
    const { promise, resolve } = Promise.withResolvers<PressAnswer>();
    const edge = await startEdge({ limits: { turnMs: 20 }, doors: { onPress: () => promise } });
    const conversation = { id: '19:g@thread.v2', conversationType: 'groupChat', tenantId: undefined };
    await edge.post(edge.execute({ action: { verb: 'details', data: {} } }, { conversation }));
    resolve({ card, isForOne: true });
    await edge.connector.arrived(1);
    expect(edge.connector.sent.map(({ body }) => body)).toMatchObject([
      { text: 'The answer came too late to be shown to you alone. Press again.' },
    ]);
    await edge.close();
  });
});
