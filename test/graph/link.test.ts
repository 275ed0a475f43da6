import { describe, expect, test } from '@jest/globals';
import { isGraphUrl } from '../../src/graph/link.ts';
import { wireRow } from './support/rows.ts';
import { page, startScripted } from './support/scripted.ts';
import { PERSON, question, world } from './support/world.ts';

describe('who may be given a token', () => {
  const GRAPH = 'https://graph.microsoft.com';

  test.each([
    ['H108', 'https://evil.example/v1.0/auditLogs/signIns'],
    ['H109', 'https://graph.microsoft.com:x@evil.example/v1.0'],
    ['H109', 'https://graph.microsoft.com@evil.example/v1.0'],
    ['H109', 'https://user:pass@graph.microsoft.com/v1.0'],
    ['H110', 'http://graph.microsoft.com/v1.0'],
    ['H110', '//evil.example/x'],
    ['H110', '/v1.0/auditLogs/signIns'],
    ['H110', ''],
    ['H110', 'https://graph.microsoft.com:8443/v1.0'],
    ['H110', 'https://graph.microsoft.com./v1.0'],
    ['H110', 'https://gr\u0430ph.microsoft.com/v1.0'],
    ['H110', `https://graph.microsoft.com/v1.0?${'x'.repeat(16 * 1024)}`],
    ['H110', 'https://graph.microsoft.com.evil.example/v1.0'],
  ])('%s: not %s', (_id, url) => {
    expect(isGraphUrl(url, GRAPH)).toBe(false);
  });

  test.each([
    'https://graph.microsoft.com/beta/x?$skiptoken=a',
    'https://graph.microsoft.com:443/x',
    'HTTPS://GRAPH.MICROSOFT.COM/x',
  ])('H110: %s is the same origin', (url) => {
    expect(isGraphUrl(url, GRAPH)).toBe(true);
  });

  test.each(['H108', 'H109', 'H110'])(
    '%s: a page that leads elsewhere is the last; nothing is sent there',
    async (id) => {
      const evil = await startScripted(() => page([wireRow({ id: 'evil' })]));
      const { host } = new URL(evil.url);
      const link = { H108: evil.url, H109: `http://127.0.0.1:x@${host}/`, H110: `//${host}/` }[id];
      const { graph, events } = await world(() => page([wireRow()], link));
      const answer = await graph.readSignIns(question(), PERSON);
      expect(answer).toMatchObject({
        read: 1,
        verdict: { finished: false, why: 'failed' },
        problem: { kind: 'foreign-link' },
      });
      expect(events).toContainEqual({ event: 'foreign-link' });
      expect(evil.seen).toHaveLength(0);
      await evil.close();
    },
  );

  test('a page that leads back to itself, or to one before, is the last', async () => {
    const { graph, server } = await world((seen, root) =>
      page(
        [wireRow({ id: `row-${seen.index}` })],
        `${root}/beta/auditLogs/signIns?$skiptoken=${seen.index % 2}`,
      ),
    );
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({
      read: 3,
      verdict: { finished: false, why: 'failed' },
      problem: { kind: 'looping-link' },
    });
    expect(server.seen).toHaveLength(3);
  });

  test('Graph itself must be https, or on this machine', async () => {
    await expect(world(() => page([]), {}, { graphUrl: 'http://graph.example' })).rejects.toThrow(RangeError);
  });
});
