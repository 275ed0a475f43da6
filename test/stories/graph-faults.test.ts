import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { Effect, Fault } from '../../src/demo/graph/faults.ts';
import { listenOnLoopback } from '../../src/lib/loopback.ts';
import { TURN_MS } from '../support/conversation.ts';
import { until } from '../support/patience.ts';
import { stage, story } from './story.ts';

const talk = stage({ environment: { FRESHNESS_SECONDS: '0' } });

const path = '/auditLogs/signIns';

/** What goes wrong with the next questions; what was left of earlier faults is forgotten. */
const script = (...effects: readonly (Effect & Pick<Fault, 'times' | 'skip'>)[]): void => {
  const { faults } = talk().demo.graph;
  faults.length = 0;
  faults.push(
    ...effects.map(
      ({ times, skip = 0, ...effect }) =>
        ({ path, skip, effect, ...(times === undefined ? {} : { times }) }) as Fault,
    ),
  );
};

const answer = (status: number, more: object = {}): Effect => ({ kind: 'answer', status, ...more });

/** After this the bot shows that it is at work, in milliseconds. */
const TYPING_MS = 700;

const QUESTION = 'flagged for user@contoso.com today';

story(
  talk,
  'slow',
  'a slow Graph: typing, a card that says so, and the answer in its place',
  async ({ demo, say, later, limits }) => {
    const before = demo.chat.posts.length;
    const isTyping = () => demo.chat.posts.length > before;
    script({
      kind: 'hold',
      async until() {
        await limits.pass(TYPING_MS);
        await until(isTyping, () => 'Nobody types.');
        await limits.pass(TURN_MS);
      },
      times: 1,
    });
    await say('analyst', QUESTION);
    await later('analyst');
    const sent = demo.chat.posts
      .slice(before)
      .map(({ method, body }) => `${method} ${(body as { type: string }).type}`);
    expect(sent).toEqual(['POST typing', 'POST message', 'PUT message']);
  },
);

story(talk, 'once-only', 'what goes wrong once is asked again, and not told', async ({ say }) => {
  script({ ...answer(429, { headers: { 'Retry-After': '1' } }), times: 1 });
  await say('analyst', 'sign-ins for user@contoso.com last 3h');
  script({ ...answer(200, { body: '{"value":[{"id":"1' }), times: 1 });
  await say('analyst', 'sign-ins for user@contoso.com last 3h');
  script({ kind: 'cut', after: 40, times: 1 });
  await say('analyst', 'sign-ins for user@contoso.com last 3h');
});

story(talk, 'down', 'a Graph that fails for good is no all-clear', async ({ say, press }) => {
  script(answer(500, { code: 'InternalServerError', message: 'Object reference not set.' }));
  await say('analyst', QUESTION);
  script(answer(503, { headers: { 'Retry-After': '300' } }));
  await press('analyst', 'Ask again');
  script(answer(200, { body: '{"value":[{"id":"1' }));
  await say('analyst', QUESTION);
  script(
    answer(200, {
      body: '<html><h1>Sign in to the proxy</h1></html>',
      headers: { 'Content-Type': 'text/html' },
    }),
  );
  await say('analyst', QUESTION);
  script(answer(200, { body: '{"value":null}' }));
  await say('analyst', QUESTION);
});

story(talk, 'not-allowed', 'what an administrator must do is named', async ({ say }) => {
  script(
    answer(403, {
      code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      message: "Neither tenant is B2C or tenant doesn't have premium license",
    }),
  );
  await say('analyst', QUESTION);
  script(
    answer(403, {
      code: 'Authentication_MSGraphPermissionMissing',
      message: 'Calling principal does not have required MSGraph permissions AuditLog.Read.All',
    }),
  );
  await say('analyst', QUESTION);
});

story(talk, 'roles-unknown', 'whose role cannot be read is shown nothing', async ({ demo, say }) => {
  demo.graph.faults.length = 0;
  demo.graph.faults.push({ path: '/roleManagement', effect: { kind: 'answer', status: 500 } });
  await say('approver', QUESTION);
  await say('approver', 'what can I do');
  demo.graph.faults.length = 0;
});

describe('next links', () => {
  story(talk, 'self-link', 'a page that leads to itself is not read for ever', async ({ demo, say }) => {
    script({ kind: 'nextLink', to: 'self' });
    const before = demo.graph.count(path);
    await say('analyst', QUESTION);
    expect(demo.graph.count(path) - before).toBe(1);
  });

  story(
    talk,
    'foreign-link',
    'H108: a page that leads elsewhere is not followed, and nothing is sent there',
    async ({ log, say }) => {
      let connections = 0;
      const elsewhere = createServer().on('connection', () => {
        connections += 1;
      });
      const port = await listenOnLoopback(elsewhere);
      script({ kind: 'nextLink', to: `http://127.0.0.1:${port}/beta/auditLogs/signIns?$skiptoken=1` });
      await say('analyst', QUESTION);
      expect(connections).toBe(0);
      expect(log.filter((line) => line.includes('graph.foreign-link'))).toHaveLength(1);
      elsewhere.close();
    },
  );

  story(
    talk,
    'third-page',
    'H114: a third page that fails for good leaves an answer that says how far it came',
    async ({ demo, say, press }) => {
      const rows = demo.graph.tenant.signIns
        .filter((row) => row.userPrincipalName === 'user@contoso.com')
        .slice(0, 4);
      const next = (page: number) => ({
        '@odata.nextLink': `${demo.graph.url}/beta/auditLogs/signIns?$skiptoken=${page}`,
      });
      script(
        { ...answer(200, { body: JSON.stringify({ value: rows.slice(0, 2), ...next(2) }) }), times: 1 },
        { ...answer(200, { body: JSON.stringify({ value: rows.slice(2), ...next(3) }) }), skip: 1, times: 1 },
        answer(500),
      );
      await say('analyst', 'sign-ins for user@contoso.com last 30 days');
      await press('analyst', 'Refresh');
    },
  );
});

// Last: the pause that Graph asks for holds up every later question.
story(
  talk,
  'throttled',
  'a Graph that asks for a long pause is believed, and the person is told how long',
  async ({ say }) => {
    script(answer(429, { headers: { 'Retry-After': '200' } }));
    await say('analyst', QUESTION);
  },
);

test('what is asked again is marked in the log by its kind alone', () => {
  const kinds = talk()
    .log.filter((line) => line.includes('"graph.failed"'))
    .map((line) => JSON.parse(line).kind ?? JSON.parse(line).problem.kind);
  expect(kinds).toContain('throttled');
  expect(talk().log.join('\n')).not.toMatch(/Sign in to the proxy|Object reference/);
});
