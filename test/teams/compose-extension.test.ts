import { afterEach, describe, expect, test } from '@jest/globals';
import { SIGN_IN_SEARCH } from '../../src/entra/message-extension.ts';
import type { FoundItem, PickAnswer, SearchAnswer } from '../../src/teams/doors.ts';
import { APP, type Edge, type Json, startEdge } from './support/edge.ts';

let edge: Edge;
afterEach(() => edge.close());

const QUERY = 'composeExtension/query';
const SELECT = 'composeExtension/selectItem';

const typed = (text: unknown, more: Json = {}): Json => ({
  commandId: SIGN_IN_SEARCH.commandId,
  parameters: [{ name: SIGN_IN_SEARCH.parameter, value: text }],
  queryOptions: { skip: 0, count: 25 },
  ...more,
});

const answerTo = async (name: string, value: unknown, more: Json = {}) => {
  const { status, text } = await edge.post(edge.invoke(name, value, more));
  return { status, body: text === '' ? undefined : JSON.parse(text) };
};

const CARD = { type: 'AdaptiveCard', version: '1.5', body: [] } as const;

const ITEM: FoundItem = {
  title: 'user@contoso.com',
  text: 'yesterday · FAILED',
  pick: { result: 'r1', row: 's1' },
  unasked: 'Ask Flagman.',
};

describe('what is typed into the search', () => {
  test('comes with the person and the place that Teams vouches for', async () => {
    edge = await startEdge();
    await answerTo(QUERY, typed('flagged', { queryOptions: { skip: 25, count: 10 } }));
    const [search] = edge.searches;
    expect(search).toMatchObject({ text: 'flagged', skip: 25, count: 10, isFirst: false });
    expect(search?.person).toMatchObject({ id: '33333333-cccc-4333-8333-333333333333', name: 'Alice' });
    expect(search?.place).toMatchObject({ kind: 'personal', conversationId: 'a:chat' });
  });

  test('the first opening is told from an empty box', async () => {
    edge = await startEdge();
    for (const value of ['true', true]) {
      const parameters = [{ name: 'initialRun', value }];
      await answerTo(QUERY, { commandId: SIGN_IN_SEARCH.commandId, parameters });
    }
    await answerTo(QUERY, typed(''));
    expect(edge.searches.map(({ isFirst, text }) => [isFirst, text])).toEqual([
      [true, ''],
      [true, ''],
      [false, ''],
    ]);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'flagged'],
    ['another command', typed('flagged', { commandId: 'searchPeople' })],
    ['no parameters', { commandId: SIGN_IN_SEARCH.commandId }],
    ['parameters that are no list', typed('', { parameters: { name: 'search', value: 'flagged' } })],
    ['hundreds of parameters', typed('', { parameters: Array(300).fill({ name: 'search', value: 'x' }) })],
    ['a negative skip', typed('flagged', { queryOptions: { skip: -1, count: 25 } })],
    ['half a result', typed('flagged', { queryOptions: { skip: 0, count: 0.5 } })],
    ['no results at all', typed('flagged', { queryOptions: { skip: 0, count: 0 } })],
  ])('%s is no search, and is answered with a sentence', async (_name, value) => {
    edge = await startEdge();
    const { status, body } = await answerTo(QUERY, value);
    expect(status).toBe(200);
    expect(body).toEqual({ composeExtension: { type: 'message', text: 'This is not a search of Flagman.' } });
    expect(edge.searches).toEqual([]);
  });

  test('a value that is no text is none', async () => {
    edge = await startEdge();
    for (const value of [7, null, ['flagged'], { text: 'flagged' }]) await answerTo(QUERY, typed(value));
    expect(edge.searches.map(({ text }) => text)).toEqual(['', '', '', '']);
  });

  test('more results than Teams ever asks for are not given', async () => {
    edge = await startEdge();
    await answerTo(QUERY, typed('flagged', { queryOptions: { skip: 0, count: 9_999 } }));
    expect(edge.searches[0]?.count).toBe(25);
  });

  test('a megabyte of text is refused before it is read', async () => {
    edge = await startEdge();
    const { status } = await edge.post(edge.invoke(QUERY, typed('x'.repeat(1024 * 1024))));
    expect(status).toBe(413);
    expect(edge.searches).toEqual([]);
  });

  test('the chat of two people is not the personal chat with the bot', async () => {
    edge = await startEdge();
    const inChat = (id: string): Json => ({ conversation: { id, conversationType: 'personal' } });
    const people = '19:33333333-cccc-4333-8333-333333333333_44444444-dddd-4444-8444-444444444444';
    await answerTo(QUERY, typed('my sign-ins'), inChat(`${people}@unq.gbl.spaces`));
    await answerTo(QUERY, typed('my sign-ins'), inChat(`19:33333333_${APP}@unq.gbl.spaces`));
    expect(edge.searches.map(({ place }) => place.kind)).toEqual(['group', 'personal']);
  });

  test('somebody without an object id searches nothing', async () => {
    edge = await startEdge();
    const { status } = await edge.post(edge.invoke(QUERY, typed('flagged'), { from: { id: '29:who' } }));
    expect(status).toBe(403);
    expect(edge.searches).toEqual([]);
  });
});

describe('what Teams is answered', () => {
  const searchWith = (answer: SearchAnswer) =>
    startEdge({ doors: { onSearch: async () => answer } }).then(async (started) => {
      edge = started;
      return (await answerTo(QUERY, typed('flagged'))).body.composeExtension;
    });

  test('a result is a preview with a tap, and nothing of it stands in what is sent without one', async () => {
    expect(await searchWith({ items: [ITEM] })).toEqual({
      type: 'result',
      attachmentLayout: 'list',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.thumbnail',
          content: { title: 'Nothing was shared', text: 'Ask Flagman.' },
          preview: {
            contentType: 'application/vnd.microsoft.card.thumbnail',
            content: {
              title: 'user@contoso.com',
              text: 'yesterday · FAILED',
              tap: { type: 'invoke', value: { result: 'r1', row: 's1' } },
            },
          },
        },
      ],
    });
  });

  test('words are a message', async () => {
    expect(await searchWith({ message: 'Keep typing.' })).toEqual({ type: 'message', text: 'Keep typing.' });
  });

  const pickWith = async (answer: PickAnswer, value: unknown = ITEM.pick) => {
    edge = await startEdge({ doors: { onPick: async () => answer } });
    return (await answerTo(SELECT, value)).body.composeExtension;
  };

  test('the picked card comes with a preview, without which Teams inserts no Adaptive Card', async () => {
    const { attachments } = await pickWith({ card: CARD, summary: 'Share 12' });
    expect(attachments).toEqual([
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: CARD,
        preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title: 'Share 12' } },
      },
    ]);
  });

  test('a refusal to share is a message', async () => {
    expect(await pickWith({ message: 'A role is needed.' })).toEqual({
      type: 'message',
      text: 'A role is needed.',
    });
  });

  test('what is picked arrives as plain data, whatever a client sends', async () => {
    edge = await startEdge();
    for (const value of [{ result: 'r1', row: 's1' }, JSON.parse('{"__proto__":{"row":"x"}}'), 'text', null])
      expect((await answerTo(SELECT, value)).body.composeExtension.text).toBe('picked');
    expect(edge.picks.map(({ data }) => data)).toEqual([{ result: 'r1', row: 's1' }, {}, {}, {}]);
  });

  test('whatever takes too long or breaks is answered all the same, in time', async () => {
    const { promise, resolve } = Promise.withResolvers<SearchAnswer>();
    edge = await startEdge({
      doors: { onSearch: () => promise, onPick: () => Promise.reject(new Error('secret')) },
      limits: { searchMs: 50 },
    });
    const late = await answerTo(QUERY, typed('flagged'));
    expect(late.body.composeExtension.text).toMatch(/longer than Teams waits/);
    resolve({ message: 'late' });
    const broken = await answerTo(SELECT, ITEM.pick);
    expect(broken.status).toBe(200);
    expect(broken.body.composeExtension.text).toMatch(/ref-1/);
    expect(JSON.stringify(broken.body)).not.toContain('secret');
  });

  test('other invokes of message extensions find no door', async () => {
    edge = await startEdge();
    for (const name of ['composeExtension/queryLink', 'composeExtension/anonymousQueryLink'])
      expect((await answerTo(name, {})).status).toBe(501);
  });
});
