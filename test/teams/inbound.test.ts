import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Spoken } from '../../src/teams/activity.ts';
import { quotedIn, withoutQuotes } from '../../src/teams/quotes.ts';
import { ALICE, APP, type Edge, type Json, startEdge, TENANT } from './support/edge.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const invoked = async (activity: Json) => {
  const answer = await edge.post(activity);
  return { status: answer.status, body: answer.text === '' ? undefined : JSON.parse(answer.text) };
};

describe('a message', () => {
  test('carries who, where and what, and nothing else', async () => {
    const activity = edge.message('<at>Flagman</at> flagged', {
      id: 'the-id',
      conversation: { id: '19:c@thread.tacv2;messageid=17', conversationType: 'channel', tenantId: TENANT },
      replyToId: '17',
      localTimezone: 'Europe/Berlin',
    });
    await edge.post(activity);
    expect(edge.messages).toEqual([
      {
        activityId: 'the-id',
        text: 'flagged',
        person: {
          id: ALICE,
          teamsId: '29:alice',
          tenantId: TENANT,
          name: 'Alice',
          clientZone: 'Europe/Berlin',
        },
        place: {
          kind: 'channel',
          conversationId: '19:c@thread.tacv2;messageid=17',
          serviceUrl: edge.connector.serviceUrl,
          tenantId: TENANT,
          botId: `28:${APP}`,
        },
        replyToId: '17',
      },
    ]);
  });

  test.each([
    ['personal', 'personal'],
    ['groupChat', 'group'],
    ['channel', 'channel'],
    ['somethingNew', 'group'],
    [undefined, 'group'],
    ['constructor', 'group'],
  ])('of conversation type %p is a %s place', async (conversationType, kind) => {
    await edge.post(edge.message('help', { conversation: { id: 'x', conversationType, tenantId: TENANT } }));
    expect(edge.messages[0]?.place.kind).toBe(kind);
  });

  test("tells the client's zone from wherever it stands, if it is one", async () => {
    const clientInfo = (timezone: unknown) => [{ type: 'clientInfo', locale: 'en', timezone }];
    const cases: readonly [Json, string | undefined][] = [
      [{ localTimezone: 'Asia/Tokyo', entities: clientInfo('Europe/Paris') }, 'Asia/Tokyo'],
      [{ entities: clientInfo('Europe/Paris') }, 'Europe/Paris'],
      [{ localTimezone: 'Mars/Olympus', entities: clientInfo('Europe/Paris') }, 'Europe/Paris'],
      [{ localTimezone: '../../etc/passwd' }, undefined],
      [{ entities: clientInfo(5) }, undefined],
      [{}, undefined],
    ];
    for (const [more] of cases) await edge.post(edge.message('help', more));
    expect(edge.messages.map(({ person }) => person.clientZone)).toEqual(cases.map(([, zone]) => zone));
  });
});

describe('a message that quotes another one', () => {
  const quote = (itemId: string, type = 'Reply') => ({
    contentType: 'text/html',
    content:
      `<blockquote itemscope itemtype="http://schema.skype.com/${type}" itemid="${itemId}">` +
      '<strong itemprop="mri" itemid="28:bot">Flagman</strong><p itemprop="preview">3 sign-ins</p>' +
      '</blockquote>\r\n<p>details #2</p>',
  });
  const entity = (messageId: unknown) => ({
    type: 'quotedReply',
    quotedReply: { messageId, senderName: 'Flagman', preview: '3 sign-ins' },
  });

  test.each<[string, Json, string | undefined]>([
    ['in the markup of its text', { attachments: [quote('17')] }, '17'],
    ['in the second attachment', { attachments: [{ contentType: 'image/png' }, quote('17')] }, '17'],
    ['in an entity', { entities: [{ type: 'clientInfo' }, entity('17'), entity('18')] }, '17'],
    ['in both', { entities: [entity('17')], attachments: [quote('18')] }, '17'],
    ['in the thread of another one', { replyToId: '5', attachments: [quote('17')] }, '17'],
    ['only by forwarding it', { attachments: [quote('17', 'Forward')] }, undefined],
    ['by an id that is none', { entities: [entity(5)], attachments: [quote('')] }, undefined],
    [
      'in a quote by hand',
      { attachments: [{ content: '<blockquote itemid="17">x</blockquote>' }] },
      undefined,
    ],
    ['in no attachment at all', { replyToId: '5', attachments: [{}, { content: {} }] }, '5'],
    ['in attachments that are none', { replyToId: '5', attachments: 'x' }, '5'],
    ['in nothing', { attachments: null }, undefined],
  ])('is a reply to that: %s', async (_, more, replyToId) => {
    expect((await edge.post(edge.message('details #2', more))).status).toBe(200);
    expect(edge.messages.map((message) => message.replyToId)).toEqual([replyToId]);
  });

  test('is read without the marks that stand for quotes', async () => {
    await edge.post(
      edge.message('<quoted messageId="17"/> <at>Flagman</at> details <quoted messageId="1:1x_-="/>#2'),
    );
    await edge.post(edge.message('&lt;quoted messageId="17"/&gt; is no mark'));
    expect(edge.messages.map(({ text }) => text)).toEqual([
      'details  #2',
      '<quoted messageId="17"/> is no mark',
    ]);
  });

  // Far more than a request may hold: what grows with the square takes minutes.
  test.each(['<blockquote ', '<blockquote itemtype="http://schema.skype.com/Reply" >', ' itemid="'])(
    'does not keep the bot busy, however it is made: %s',
    (piece) => {
      const many = (one: string) => one.repeat(Math.floor(1_000_000 / one.length));
      const began = performance.now();
      quotedIn({ attachments: [{ content: `<blockquote ${many(piece)}` }] } as Spoken);
      withoutQuotes(many('<quoted messageId="'));
      expect(performance.now() - began).toBeLessThan(10_000);
    },
  );
});

describe('a pressed button', () => {
  const value = {
    action: { type: 'Action.Execute', id: 'x', verb: 'more', data: { page: 2 } },
    trigger: 'manual',
  };

  test('of Action.Execute is answered in the response, exactly as Teams wants it', async () => {
    const answer = await invoked(edge.execute(value, { replyToId: 'card-1' }));
    expect(answer).toEqual({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'pressed' },
    });
    expect(edge.presses[0]).toMatchObject({
      verb: 'more',
      data: { page: 2 },
      trigger: 'manual',
      cardId: 'card-1',
    });
    expect(edge.connector.sent).toEqual([]);
  });

  test('tells a refresh of the client from a press', async () => {
    for (const trigger of ['automatic', 'Automatic', 'somehow', 'manual', null, undefined])
      await invoked(edge.execute({ ...value, trigger }));
    expect(edge.presses.map(({ trigger }) => trigger)).toEqual([
      'automatic',
      'automatic',
      'automatic',
      'manual',
      'manual',
      'manual',
    ]);
  });

  test.each([[undefined], [null], ['x'], [{}], [{ action: 'x' }], [{ action: null }], [[]]])(
    'that cannot be read (%j) is answered with an error in HTTP 200',
    async (broken) => {
      expect(await invoked(edge.execute(broken))).toEqual({
        status: 200,
        body: {
          statusCode: 400,
          type: 'application/vnd.microsoft.error',
          value: { code: 'BadRequest', message: expect.any(String) },
        },
      });
      expect(edge.presses).toEqual([]);
    },
  );

  test('without verb or data is still a press, with nothing in it', async () => {
    await invoked(edge.execute({ action: {} }));
    await invoked(edge.execute({ action: { verb: 'x', data: 'text' } }));
    expect(edge.presses.map(({ verb, data }) => [verb, data])).toEqual([
      ['', {}],
      ['x', {}],
    ]);
  });

  test('of Action.Submit comes as a message, and its answer is posted', async () => {
    const answer = await invoked(
      edge.message('', { text: undefined, value: { verb: 'more', page: 2 }, replyToId: 'card-1' }),
    );
    expect(answer).toEqual({ status: 200, body: undefined });
    expect(edge.presses[0]).toMatchObject({
      verb: 'more',
      data: { verb: 'more', page: 2 },
      trigger: 'manual',
      cardId: 'card-1',
    });
    expect(edge.connector.sent.map(({ method, body }) => [method, body.text])).toEqual([['POST', 'pressed']]);
  });

  test('with text beside its value is a message', async () => {
    await edge.post(edge.message('help', { value: { verb: 'more' } }));
    expect(edge.messages).toHaveLength(1);
    expect(edge.presses).toEqual([]);
  });

  test('of Action.Submit without a verb is a press of nothing', async () => {
    await edge.post(edge.message('', { value: { verb: 5 } }));
    expect(edge.presses[0]?.verb).toBe('');
  });
});

describe('other invokes', () => {
  test('a failed sign-in is acknowledged, an unknown invoke is not implemented, and no door opens', async () => {
    const named = (name: unknown) => edge.execute({}, { name });
    expect(await invoked(named('signin/failure'))).toEqual({ status: 200, body: undefined });
    expect(await invoked(named('composeExtension/fetchTask'))).toEqual({ status: 501, body: undefined });
    expect(await invoked(named(undefined))).toEqual({ status: 501, body: undefined });
    expect([...edge.messages, ...edge.presses]).toEqual([]);
  });
});

describe('an installation', () => {
  const update = (more: Json): Json => ({
    ...edge.message(''),
    text: undefined,
    type: 'installationUpdate',
    ...more,
  });

  test('names the place and nobody', async () => {
    await edge.post(update({ id: 'the-id', action: 'add', from: { id: '29:x' } }));
    expect(edge.installs).toEqual([
      {
        activityId: 'the-id',
        place: expect.objectContaining({ kind: 'personal', conversationId: 'a:chat' }),
      },
    ]);
  });

  test('is also a conversation update that adds the bot', async () => {
    const added = (...ids: string[]) =>
      update({ id: undefined, type: 'conversationUpdate', membersAdded: ids.map((id) => ({ id })) });
    await edge.post(added('29:alice'));
    expect(edge.installs).toEqual([]);
    await edge.post(added('29:alice', `28:${APP}`));
    expect(edge.installs).toEqual([{ activityId: '', place: expect.anything() }]);
  });

  test('is not a removal, an upgrade or a change of the topic', async () => {
    await edge.post(update({ action: 'remove' }));
    await edge.post(update({ action: 'add-upgrade' }));
    await edge.post(update({ type: 'conversationUpdate', topicName: 'x' }));
    expect(edge.installs).toEqual([]);
  });

  test('without a conversation is refused', async () => {
    expect((await edge.post(update({ action: 'add', conversation: { tenantId: TENANT } }))).status).toBe(400);
  });
});
