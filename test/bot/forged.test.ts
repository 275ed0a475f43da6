import { afterAll, describe, expect, test } from '@jest/globals';
import { invokeActivity, messageActivity, submitActivity } from '../../src/demo/chat/activity.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { stage } from '../stories/story.ts';
import { watchPrototype } from '../teams/support/watch.ts';

const talk = stage({ environment: { QUESTIONS_PER_MINUTE: '1000' } });

watchPrototype();

let serial = 0;

/** Presses a button that no card of ours holds, as both kinds of client do. */
const forge = async (verb: unknown, data: unknown, trigger: 'manual' | 'automatic' = 'manual') => {
  const { scene, send, demo } = talk();
  serial += 1;
  const cardId =
    demo.chat.messages(demo.chat.personal(PEOPLE.analyst.oid), PEOPLE.analyst.oid).at(-1)?.id ?? '';
  const action = { type: 'Action.Execute', verb, data };
  const execute = { id: `f:${serial}`, cardId, action, trigger };
  return (await send(invokeActivity(scene('analyst'), execute))).body as Record<string, unknown>;
};

const result = 'no such result';

describe('a press of a button that no card holds', () => {
  const FORGED: readonly (readonly [unknown, unknown])[] = [
    ['', {}],
    ['approve', { approval: 'CR-7', version: 1 }],
    ['__proto__', {}],
    ['constructor', { result }],
    ['toString', null],
    ['hasOwnProperty', []],
    ['more', { result }],
    ['more', { result, first: -1 }],
    ['more', { result, first: 1.5 }],
    ['more', { result, first: 1e300 }],
    ['more', { result, first: '0' }],
    ['more', { result: 'x'.repeat(100_000), first: 0 }],
    ['more', { result: { id: 1 }, first: 0 }],
    ['refresh', 'not an object'],
    ['refresh', { result: null }],
    ['details', { result, row: 7 }],
    ['details', { result, row: 'x'.repeat(1_000) }],
    ['say', { say: 7 }],
    ['say', { say: 'x'.repeat(5_000) }],
    ['say', { say: ['help'] }],
  ];

  test.each(FORGED)('%j with %.60j is not known', async (verb, data) => {
    expect(await forge(verb, data)).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringMatching(/^This button is not known/),
    });
  });

  test.each([
    ['more', { result, first: 0 }],
    ['refresh', { result: '__proto__' }],
    ['details', { result: 'constructor', row: '__proto__' }],
    ['explain', { result: '1', row: '1' }],
  ])('%s of an answer that is not kept says so', async (verb, data) => {
    expect(await forge(verb, data)).toMatchObject({
      statusCode: 200,
      value: expect.stringMatching(/^This answer is no longer kept/),
    });
  });

  test('that comes without anybody pressing does nothing', async () => {
    expect(await forge('say', { say: 'help' }, 'automatic')).toMatchObject({
      value: expect.stringMatching(/^This card does not refresh by itself/),
    });
  });

  test('is read for its own fields alone', async () => {
    const more = {
      say: 'what is 50126',
      person: PEOPLE.approver.oid,
      roles: ['Global Administrator'],
      verb: 'refresh',
      __proto__: { say: 'help' },
    };
    expect(JSON.stringify(await forge('say', more))).toMatch(/AADSTS50126/);
  });

  test('of an older client is answered too', async () => {
    const { scene, send, demo } = talk();
    const place = demo.chat.personal(PEOPLE.analyst.oid);
    const before = demo.chat.messages(place, PEOPLE.analyst.oid).length;
    for (const data of [{ verb: 'approve' }, { verb: { say: 1 } }, { verb: '__proto__', say: 'help' }, {}]) {
      serial += 1;
      const press = submitActivity(scene('analyst'), { id: `s:${serial}`, cardId: '1', data });
      expect((await send(press)).status).toBe(200);
    }
    const texts = demo.chat
      .messages(place, PEOPLE.analyst.oid)
      .slice(before)
      .map(({ text }) => text);
    expect(texts).toEqual(Array(4).fill(expect.stringMatching(/^This button is not known/)));
  });
});

describe('who acts is who Teams vouches for', () => {
  test('H041: a person named like somebody with a role has none', async () => {
    const { scene, send, demo } = talk();
    const impostor = scene('outsider');
    const activity = messageActivity(
      {
        ...impostor,
        person: {
          ...impostor.person,
          name: PEOPLE.analyst.name,
          userPrincipalName: PEOPLE.analyst.userPrincipalName,
        },
      },
      { id: 'impostor', text: 'flagged for user@contoso.com', mention: false },
    );
    expect((await send(activity)).status).toBe(200);
    const [seen] = demo.chat.messages(demo.chat.personal(PEOPLE.outsider.oid), PEOPLE.outsider.oid).slice(-1);
    expect(JSON.stringify(seen?.card)).toMatch(/You may not read/);
  });

  test('H037: somebody of another tenant is refused, and nothing is said to them', async () => {
    const { scene, send, demo, log } = talk();
    const foreign = '99999999-9999-4999-8999-999999999999';
    const posts = demo.chat.posts.length;
    const asked = demo.graph.requests.length;
    const activity = messageActivity(
      { ...scene('analyst', 'channel'), tenantId: foreign },
      { id: 'foreign', text: 'flagged today', mention: true },
    );
    expect(await send(activity)).toEqual({ status: 403, body: null });
    expect([demo.chat.posts.length, demo.graph.requests.length]).toEqual([posts, asked]);
    expect(log.filter((line) => line.includes('gate.reject'))).toEqual([
      expect.stringContaining('"reason":"tenant"'),
    ]);
  });
});

afterAll(() => {
  expect(talk().log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});
