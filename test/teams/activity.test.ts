import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ALICE, APP, type Edge, startEdge, TENANT } from './support/edge.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const expectRefused = async (status: number, ...posting: Parameters<Edge['post']>) => {
  const answer = await edge.post(...posting);
  expect({ status: answer.status, text: answer.text }).toEqual({ status, text: '' });
  expect(answer.headers.server).toBeUndefined();
  expect([...edge.messages, ...edge.presses, ...edge.installs]).toEqual([]);
};

const expectStillServing = async () => {
  expect((await edge.post(edge.message('help'))).status).toBe(200);
};

describe('the shape of a request', () => {
  test.each([[undefined], [5], [null], [''], [{}]])(
    'H021: an activity of type %j is refused',
    async (type) => {
      await expectRefused(400, edge.message('help', { type }));
      await expectStillServing();
    },
  );

  test('H022: what is not exactly JSON in UTF-8 is refused', async () => {
    const good = JSON.stringify(edge.message('help'));
    await expectRefused(400, '{');
    await expectRefused(400, '');
    await expectRefused(400, good.slice(0, -5));
    await expectRefused(400, `${good}x`);
    await expectRefused(400, `\ufeff${good}`);
    await expectRefused(400, Buffer.from(good, 'utf16le'));
    const [before = '', after = ''] = good.split('help');
    await expectRefused(
      400,
      Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28]), Buffer.from(after)]),
    );
    await expectRefused(400, good, { headers: { 'content-type': 'application/json; charset=utf-16' } });
    for (const body of ['null', '[]', '"text"', '5', 'true']) await expectRefused(400, body);
    await expectStillServing();
  });

  test('H022: other kinds of content are refused before they are read', async () => {
    const good = JSON.stringify(edge.message('help'));
    for (const type of [
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      '',
    ]) {
      await expectRefused(415, good, { headers: { 'content-type': type } });
    }
  });

  test('H023: of two senders the last is the one that is checked and the one that acts', async () => {
    const other = '44444444-dddd-4444-8444-444444444444';
    const body = JSON.stringify(edge.message('help'));
    const twice = body.replace(/\}$/, `,"from":{"id":"29:other","aadObjectId":"${other}"}}`);
    expect((await edge.post(twice)).status).toBe(200);
    expect(edge.messages.map(({ person }) => person.id)).toEqual([other]);
  });

  test('H025: compressed bodies are refused, whatever they hold', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    await expectRefused(415, bomb, { headers: { 'content-encoding': 'gzip' } });
    await expectRefused(415, bomb, { headers: { 'content-encoding': 'br' } });
    await expectRefused(400, bomb);
  });

  test('a body of 256 KB comes in and a larger one does not, announced or not', async () => {
    const sized = (bytes: number): string => {
      const body = JSON.stringify(edge.message('help'));
      return body + ' '.repeat(bytes - Buffer.byteLength(body));
    };
    expect((await edge.post(sized(256 * 1024))).status).toBe(200);
    edge.messages.length = 0;
    await expectRefused(413, sized(256 * 1024 + 1));
    await expectRefused(413, sized(256 * 1024 + 1), { authorization: null });
    await expectRefused(413, sized(300_000), { headers: { 'transfer-encoding': 'chunked' } });
  });

  test('nesting a hundred thousand deep does no harm', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await expectRefused(400, deep);
    const body = JSON.stringify(edge.execute({ action: { verb: 'x', data: { deep: 0 } } }));
    expect((await edge.post(body.replace('"deep":0', `"deep":${deep}`))).status).toBe(200);
    expect(edge.presses).toHaveLength(1);
  });

  test('H028: keys that reach for the prototype are dropped wherever they stand', async () => {
    const poison = '"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}},"prototype":{"x":1}';
    const execute = JSON.stringify(edge.execute({ action: { verb: 'x', data: { ok: { in: [{}] } } } }))
      .replace(/^\{/, `{${poison},`)
      .replace('"channelData":{', `"channelData":{${poison},`)
      .replace('"value":{', `"value":{${poison},`)
      .replace('"data":{', `"data":{${poison},`)
      .replace('"ok":{', `"ok":{${poison},`)
      .replace('[{}]', `[{${poison}}]`);
    expect((await edge.post(execute)).status).toBe(200);
    const [press] = edge.presses;
    expect(JSON.stringify(press?.data)).toBe('{"ok":{"in":[{}]}}');
    expect(Object.getPrototypeOf(press?.data)).toBe(Object.prototype);
    expect(press).not.toHaveProperty('isAdmin');
  });

  test('H032: without a conversation or a tenant there is nobody to answer', async () => {
    const noTenant = { conversation: { id: 'a:chat' } };
    await expectRefused(400, edge.message('help', { conversation: undefined }));
    await expectRefused(400, edge.message('help', { conversation: null }));
    await expectRefused(400, edge.message('help', { conversation: 'a:chat' }));
    await expectRefused(400, edge.message('help', { conversation: { tenantId: TENANT } }));
    await expectRefused(400, edge.message('help', { ...noTenant, channelData: undefined }));
    await expectRefused(400, edge.message('help', { ...noTenant, channelData: {} }));
    await expectRefused(400, edge.message('help', { channelData: null }));
    await expectRefused(400, edge.message('help', { channelData: 'tenant' }));
    await expectRefused(400, edge.message('help', { channelData: { tenant: { id: 5 } } }));
    await expectRefused(400, edge.message('help', { from: undefined }));
    await expectRefused(400, edge.message('help', { id: undefined }));
    await expectStillServing();
  });

  test('one tenant id is enough, in either place', async () => {
    expect((await edge.post(edge.message('help', { conversation: { id: 'a:chat' } }))).status).toBe(200);
    expect((await edge.post(edge.message('help', { channelData: undefined }))).status).toBe(200);
  });

  test('what serializers write as null counts as absent', async () => {
    const nulls = {
      entities: null,
      localTimezone: null,
      replyToId: null,
      recipient: null,
      value: null,
      name: null,
    };
    expect((await edge.post(edge.message('help', nulls))).status).toBe(200);
    expect(edge.messages[0]?.place.botId).toBe(`28:${APP}`);
  });
});

describe('H026: slow senders', () => {
  /** Gives what was said until the connection was closed; node itself would leave it open for a minute and more. */
  const knock = (text: string): Promise<string> =>
    new Promise((resolve) => {
      let said = '';
      const socket = connect(edge.teams.port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        said += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(said));
    });

  test('H026: headers that do not end, and a body that does not end, close the connection', async () => {
    await edge.close();
    edge = await startEdge({ limits: { headersMs: 200, requestMs: 400 } });
    const headers = `POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
    const whole = `${headers}Content-Length: 500\r\nAuthorization: Bearer ${await edge.token()}\r\n\r\n{"type":`;
    const ends = await Promise.all([knock(headers), knock(''), knock(whole)]);
    for (const said of ends) {
      expect(said).not.toContain('200 OK');
      expect(said.split('\r\n\r\n')[1] ?? '').toBe('');
    }
    expect(edge.messages).toEqual([]);
    // On a busy machine a good request may be too slow for such limits, too.
    while (edge.messages.length === 0) await edge.post(edge.message('help')).catch(() => undefined);
  });

  test('a request to change the protocol is turned away and its connection closed', async () => {
    const said = await knock(
      'GET /api/messages HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(said).toContain('404');
  });
});

describe('what an activity means', () => {
  const mention = (text: string, id = `28:${APP}`) => ({
    type: 'mention',
    text,
    mentioned: { id, name: 'Flagman' },
  });

  test('H034: a mention alone is an empty message', async () => {
    await edge.post(edge.message('<at>Flagman</at>&nbsp;', { entities: [mention('<at>Flagman</at>')] }));
    expect(edge.messages[0]?.text).toBe('');
    expect(edge.presses).toEqual([]);
  });

  test('H034: mentions of others, nested tags and entities do not confuse the text', async () => {
    const cases: readonly [string, string][] = [
      ['<at>Other Bot</at> help', 'Other Bot help'],
      ['<at><at>Flagman</at></at> help', 'help'],
      ['<at id="0">Flagman</at> flagged for <at id="1">Alice A</at>', 'flagged for Alice A'],
      ['help <at>Flagman</at>', 'help'],
      ['<at>Flagman</at> <at>Flagman</at> help', 'help'],
      ['<at>R&amp;D &lt;b&gt;</at> &amp;amp; x', 'R&D <b> &amp; x'],
      ['&lt;at&gt;Flagman&lt;/at&gt; help', '<at>Flagman</at> help'],
      ['</at>help<at>', 'help'],
    ];
    for (const [text] of cases) {
      await edge.post(
        edge.message(text, { entities: [mention('<at>Something else</at>'), { offset: -1, length: 1e9 }] }),
      );
    }
    expect(edge.messages.map(({ text }) => text)).toEqual(cases.map(([, meant]) => meant));
  });

  test('H035: an edited message is not a new command', async () => {
    for (const type of ['messageUpdate', 'messageReaction', 'messageDelete', 'typing', 'event', 'whatever']) {
      const answer = await edge.post(edge.message('confirm everything', { type }));
      expect(answer).toMatchObject({ status: 200, text: '' });
    }
    expect(edge.messages).toEqual([]);
    expect(edge.connector.sent).toEqual([]);
  });

  test('H036: only what the text says counts, not what the entities claim about it', async () => {
    await edge.post(edge.message('help', { entities: [mention('<at>Flagman</at>')] }));
    await edge.post(edge.message('my sign-ins', { entities: [mention('my sign-ins', '29:somebody')] }));
    expect(edge.messages.map(({ text }) => text)).toEqual(['help', 'my sign-ins']);
    expect(edge.messages.map(({ person }) => person.id)).toEqual([ALICE, ALICE]);
  });
});
