import { beforeAll, expect, test } from '@jest/globals';
import {
  type Activity,
  composeActivity,
  invokeActivity,
  messageActivity,
  type Scene,
  submitActivity,
} from '../../src/demo/chat/activity.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { SIGN_IN_SEARCH } from '../../src/entra/message-extension.ts';
import { askedBy, cardsIn, count, type Data, keptIn, newId, press, send } from '../support/forged-shares.ts';
import { shifts } from '../support/shift.ts';
import { watchPrototype } from '../teams/support/watch.ts';

watchPrototype();

shifts('what nobody was offered to share', {}, (shift) => {
  let result: string;
  let row: string;
  beforeAll(async () => {
    await shift().say('analyst', 'this is incident INC-204', 'channel');
    ({ result, row } = await askedBy(shift(), 'analyst'));
  }, 300_000);

  test.each<[string, Data]>([
    ['share', { result: { id: 1 } }],
    ['share', { result: 'x'.repeat(65), first: 0, count: 1 }],
    ['share-to', { first: -1, count: 1, incident: 'INC-204' }],
    ['share-to', { first: 1.5, count: 1, incident: 'INC-204' }],
    ['share-to', { first: 1e300, count: 1, incident: 'INC-204' }],
    ['share-to', { first: 0, count: 11, incident: 'INC-204' }],
    ['share-to', { first: 0, count: 0, incident: 'INC-204' }],
    ['share-to', { first: '0', incident: 'INC-204' }],
    ['share-to', { row: 'x'.repeat(129), incident: 'INC-204' }],
    ['share-to', { first: 0, count: 1, incident: 'x'.repeat(65) }],
    ['share-to', { first: 0, count: 1, incident: { name: 'INC-204' } }],
    ['share-to', { first: 0, count: 1, incident: ['INC-204'] }],
    ['share-to', { first: 0, count: 1, incident: '__proto__' }],
    ['share-to', { first: 0, count: 1, incident: "x' or '1'='1" }],
    ['share-to', { first: 0, count: 1, incident: 'INC-20%' }],
    ['share-to', { first: 0, count: 1, incident: 'wolkenstein' }],
    ['timeline', { incident: '__proto__', first: 0 }],
    ['timeline', { incident: '%', first: 0 }],
    ['timeline', { incident: '', first: 0 }],
    ['timeline', { incident: 'wolkenstein', first: 0 }],
    ['export-timeline', { incident: 'constructor', format: 'csv' }],
    ['refresh-share', { share: 0 }],
    ['refresh-share', { share: '1' }],
    ['verify-share', { share: 1e99 }],
    ['verify-share', { share: -1 }],
    ['timeline', { incident: 7, first: 0 }],
    ['timeline', { incident: 'INC-204', first: -1 }],
    ['export-timeline', { incident: 'INC-204', format: 'exe' }],
    ['export-timeline', { incident: 'INC-204', format: '__proto__' }],
    ['export', { result: null }],
    ['share-from', { first: 0, count: 1, incident: 'INC-204' }],
    ['__proto__', { first: 0, count: 1, incident: 'INC-204' }],
  ])('H046: %s with %j is not known', async (verb, data) => {
    const before = await keptIn(shift());
    const said = await press(shift(), 'analyst', { verb, data: { result, ...data } });
    expect(said).toMatch(/This button is not known/);
    expect(await keptIn(shift())).toEqual(before);
  });

  test.each<[string, Data, RegExp]>([
    ['share', { result: '__proto__', first: 0, count: 1 }, /no longer kept/],
    ['share', { row: '__proto__' }, /no longer kept/],
    ['share', { first: 999_999, count: 10 }, /no longer kept/],
    ['share-to', { row: 'constructor', incident: 'INC-204' }, /no longer kept/],
    ['share-to', { result: "1' or 1=1 --", first: 0, count: 3, incident: 'INC-204' }, /no longer kept/],
    ['share-to', { first: 999_999, count: 10, incident: 'INC-204' }, /no longer kept/],
    ['share-to', { first: 0, count: 1, incident: 'INC-999' }, /No thread is the place of INC-999/],
    ['share-to', { first: 0, count: 1, incident: '' }, /Choose an incident first/],
    ['refresh-share', { share: 999_999 }, /There is no share 999999/],
    ['verify-share', { share: 999_999 }, /There is no share 999999/],
    ['timeline', { incident: 'INC-999', first: 0 }, /Nothing is known of INC-999/],
    ['export', { result: 'toString' }, /no longer kept/],
  ])('H046: %s with %j finds nothing', async (verb, data, says) => {
    const before = await keptIn(shift());
    expect(await press(shift(), 'analyst', { verb, data: { result, ...data } })).toMatch(says);
    expect(await keptIn(shift())).toEqual(before);
  });

  test('H046: what is no name of an incident gets into no entry of the ledger', async () => {
    const { ground } = shift();
    const held = () =>
      count(ground.data, "select count(*) from ledger where body like '%kim%' or body like '%10.1.2%'");
    for (const incident of ['kim@contoso.com', 'kim at contoso', '10.1.2.3'])
      for (const verb of ['timeline', 'export-timeline', 'share-to'])
        expect(
          `${verb}: ${await press(shift(), 'analyst', { verb, data: { result, row, incident, first: 0, format: 'csv' } })}`,
        ).toMatch(/This button is not known/);
    expect(await held()).toBe(0);
  });

  test('H045: a foreign conversation is no place to share to, whatever names it', async () => {
    const { demo } = shift().talk;
    const foreign = '19:0123456789abcdef@thread.tacv2';
    const before = await keptIn(shift());
    for (const incident of [foreign, demo.chat.group.id, demo.chat.personal(PEOPLE.outsider.oid)]) {
      const data = { result, row, incident, conversationId: foreign, place: { conversationId: foreign } };
      expect(await press(shift(), 'analyst', { verb: 'share-to', data })).toMatch(/This button is not known/);
      await shift().say('analyst', `share #1 to ${incident}`);
    }
    expect(await keptIn(shift())).toEqual(before);
  });

  test('H046: is read for ids, rows and the incident, and for nothing else that it says', async () => {
    const before = await keptIn(shift());
    const data = {
      result,
      row,
      incident: 'INC-204',
      by: { id: PEOPLE.approver.oid, name: PEOPLE.approver.name },
      personId: PEOPLE.approver.oid,
      redacted: ['user', 'address', 'device'],
      conversationId: shift().talk.demo.chat.group.id,
      snapshot: { asked: 'forged', answer: { rows: [] } },
      hash: '0'.repeat(64),
      number: 4_711,
      roles: ['Global Administrator'],
      at: 0,
    };
    const said = await press(shift(), 'analyst', { verb: 'share-to', data });
    expect(said).toMatch(/Shared as share \d+/);
    const { shares, posts } = await keptIn(shift());
    expect([shares, posts]).toEqual([before.shares + 1, before.posts + 1]);
    const [card] = cardsIn(shift().talk.demo.chat, /^Share \d/).slice(-1);
    const text = JSON.stringify(card?.card);
    expect(card?.conversationId).toMatch(/messageid=/);
    expect(text).toMatch(/Maya Okafor/);
    expect(text).toMatch(/kim@contoso\.com/);
    expect(text).not.toMatch(/forged|Priya|4711|0{64}/);
  });

  test.each(['share', 'share-to', 'refresh-share', 'verify-share', 'timeline', 'export-timeline', 'export'])(
    'H055: %s does nothing when a card refreshes by itself',
    async (verb) => {
      const before = await keptIn(shift());
      const asked = shift().talk.demo.graph.requests.length;
      const data = { result, row, incident: 'INC-204', share: 1, first: 0, format: 'csv' };
      for (const who of ['analyst', 'outsider'] as const)
        expect(await press(shift(), who, { verb, data, trigger: 'automatic' })).toMatch(
          /does not refresh by itself/,
        );
      expect(await keptIn(shift())).toEqual(before);
      expect(shift().talk.demo.graph.requests).toHaveLength(asked);
    },
  );

  test.each(['outsider', 'eligible', 'regionalAdmin', 'customRole'] as const)(
    'H066: %s holds no role, so nothing is shared, asked again, told or handed out for them',
    async (who) => {
      const before = await keptIn(shift());
      const { talk } = shift();
      const asked = talk.demo.graph.count('/auditLogs');
      const data = { result, row, incident: 'INC-204', share: 1, first: 0, format: 'csv' };
      for (const verb of ['share', 'share-to', 'refresh-share', 'timeline', 'export-timeline', 'export'])
        expect(`${verb}: ${await press(shift(), who, { verb, data })}`).toMatch(/may not|takes a role/);
      for (const text of ['share #1 to INC-204', 'timeline INC-204', 'this is incident INC-666'])
        expect(await shift().say(who, text, 'group')).toMatch(/may not|nothing here to share/);
      expect(await keptIn(shift())).toEqual(before);
      expect(talk.demo.graph.count('/auditLogs')).toBe(asked);
      // What was shared is there for everybody of the thread, and so is whether it is genuine.
      expect(await press(shift(), who, { verb: 'verify-share', data })).toMatch(/as it was shared/);
    },
  );

  test('H039: a guest with a role shares what they may read, and a name alone is none', async () => {
    const data = { result, row, incident: 'INC-204' };
    const before = await keptIn(shift());
    expect(await press(shift(), 'guest', { verb: 'share-to', data })).toMatch(/Shared as share \d+/);
    const { shares } = await keptIn(shift());
    expect(shares).toBe(before.shares + 1);
    const [card] = cardsIn(shift().talk.demo.chat, /^Share \d/).slice(-1);
    expect(JSON.stringify(card?.card)).toMatch(/Adele Vance/);
  });

  test('H046: the own sign-ins of somebody without a role do not get into a thread', async () => {
    const mine = await askedBy(shift(), 'outsider', 'my sign-ins last 7 days');
    const before = await keptIn(shift());
    const data = { ...mine, incident: 'INC-204' };
    for (const where of ['personal', 'group'] as const)
      for (const verb of ['share', 'share-to'])
        expect(await press(shift(), 'outsider', { verb, data, where })).toMatch(/may not/);
    expect(await keptIn(shift())).toEqual(before);
  });

  test.each(['more', 'refresh', 'details', 'explain', 'act', 'export', 'share', 'share-to'])(
    'H046: %s of the own sign-ins of somebody else gives nothing to whoever sends their id',
    async (verb) => {
      const { talk } = shift();
      const theirs = await askedBy(shift(), 'analyst', 'my sign-ins last 7 days');
      const before = await keptIn(shift());
      const posts = talk.demo.chat.posts.length;
      const data = { ...theirs, first: 0, incident: 'INC-204' };
      for (const where of ['personal', 'group'] as const)
        expect(await press(shift(), 'outsider', { verb, data, where })).toMatch(/may not/);
      expect(await keptIn(shift())).toEqual(before);
      expect(JSON.stringify(talk.demo.chat.posts.slice(posts))).not.toMatch(/maya\.okafor|consent/);
    },
  );

  test('H037: somebody of another tenant presses, says, types and picks nothing', async () => {
    const before = await keptIn(shift());
    const { talk } = shift();
    const posts = talk.demo.chat.posts.length;
    const scene: Scene = {
      ...talk.scene('analyst', 'group'),
      tenantId: '99999999-9999-4999-8999-999999999999',
    };
    const action = { type: 'Action.Execute', verb: 'share-to', data: { result, row, incident: 'INC-204' } };
    const query = { commandId: SIGN_IN_SEARCH.commandId, parameters: [] };
    const all: readonly Activity[] = [
      invokeActivity(scene, { id: newId(), cardId: '1', action, trigger: 'manual' }),
      submitActivity(scene, { id: newId(), cardId: '1', data: { ...action.data, verb: 'share-to' } }),
      messageActivity(scene, { id: newId(), text: 'share #1 to INC-204', mention: true }),
      messageActivity(scene, { id: newId(), text: 'this is incident INC-1', mention: true }),
      composeActivity(scene, { id: newId(), name: 'query', value: query }),
      composeActivity(scene, { id: newId(), name: 'selectItem', value: { result, row } }),
    ];
    for (const activity of all) expect(await send(shift(), activity)).toEqual({ status: 403, said: 'null' });
    expect(await keptIn(shift())).toEqual(before);
    expect(talk.demo.chat.posts).toHaveLength(posts);
  });

  test('H075 H082: only the name of an incident is one, in letters and digits of ASCII', async () => {
    const before = await keptIn(shift());
    for (const name of [
      'ınc-204',
      'ＩＮＣ-204',
      'INC-२०४',
      'ﬁx-204',
      'INC\u200b-205',
      '__proto__',
      'constructor-1',
      "INC-204';--",
      'INC-204|calc',
      '../INC-204',
      'CR-1001',
      `${'A'.repeat(4_000)}-1`,
      'INC-99999999999',
    ]) {
      for (const text of [`this is incident ${name}`, `move incident ${name} here`])
        expect(await shift().say('analyst', text, 'group')).not.toMatch(
          /is the place of INC|is now the place/,
        );
      await shift().say('analyst', `share #1 to ${name}`);
    }
    expect(await keptIn(shift())).toEqual(before);
  });
});
