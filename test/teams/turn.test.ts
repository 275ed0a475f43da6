import { afterEach, describe, expect, test } from '@jest/globals';
import type { Chat } from '../../src/teams/doors.ts';
import { LIMITS } from '../../src/teams/limits.ts';
import { type Edge, type Json, startEdge, TENANT } from './support/edge.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

const CARD = { type: 'AdaptiveCard', version: '1.5', body: [] } as const;

let edge: Edge;
afterEach(() => edge.close());

/** Something that a test lets go on when it is ready. */
const gate = () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

const contentOf = (body: Json): unknown => (body.attachments as { content: unknown }[])[0]?.content;

describe('a chat', () => {
  const chatOf = async (more: Json = {}): Promise<Chat> => {
    const chats: Chat[] = [];
    edge = await startEdge({ doors: { onMessage: async (_, chat) => void chats.push(chat) } });
    await edge.post(edge.message('help', { id: 'asked', ...more }));
    const [chat] = chats;
    if (!chat) throw new Error('There was no turn.');
    return chat;
  };

  test('posts, edits and shows typing after the turn has ended', async () => {
    const chat = await chatOf();
    expect(await chat.send(CARD, 'three sign-ins')).toBe('posted-1');
    await chat.say('plain _text_');
    await chat.update('posted-1', CARD, 'four sign-ins');
    await chat.typing();
    const calls = edge.connector.sent.map(({ method, path }) => `${method} ${path}`);
    expect(calls).toEqual([
      'POST /teams/v3/conversations/a%3Achat/activities/asked',
      'POST /teams/v3/conversations/a%3Achat/activities/asked',
      'PUT /teams/v3/conversations/a%3Achat/activities/posted-1',
      'POST /teams/v3/conversations/a%3Achat/activities/asked',
    ]);
    const [card, text, edited, typing] = edge.connector.sent.map(({ body }) => body);
    expect(card).toMatchObject({ type: 'message', summary: 'three sign-ins', replyToId: 'asked' });
    expect(card).not.toHaveProperty('text');
    expect(contentOf(card ?? {})).toEqual(CARD);
    expect(text).toMatchObject({ text: 'plain _text_', textFormat: 'plain' });
    expect(edited).toMatchObject({ id: 'posted-1', summary: 'four sign-ins' });
    expect(typing).toMatchObject({ type: 'typing' });
  });

  test('stays in the thread of a channel', async () => {
    const id = '19:c@thread.tacv2;messageid=17';
    const chat = await chatOf({ conversation: { id, conversationType: 'channel', tenantId: TENANT } });
    await chat.send(CARD, 'x');
    expect(edge.connector.sent[0]?.path).toContain(encodeURIComponent(id));
    expect(edge.connector.sent[0]?.body.conversation).toMatchObject({ id });
  });
});

describe('a turn', () => {
  test('is acknowledged in time although its door is slow, and the door goes on', async () => {
    const { open, opened } = gate();
    edge = await startEdge({
      limits: { turnMs: 50 },
      doors: {
        onMessage: async (_, chat) => {
          await opened;
          await chat.say('late');
        },
      },
    });
    expect((await edge.post(edge.message('help'))).status).toBe(200);
    expect(edge.connector.sent).toEqual([]);
    open();
    await edge.connector.arrived(1);
    expect(edge.connector.sent[0]?.body.text).toBe('late');
  });

  test('is acknowledged within 3 s, however long Teams takes to accept the answer', async () => {
    const { open, opened } = gate();
    const onPress = async () => opened.then(() => ({ message: '' }));
    edge = await startEdge({ limits: { turnMs: 50 }, doors: { onMessage: () => opened, onPress } });
    const press = edge.execute({ action: { verb: 'say' } });
    const answers = await Promise.all([edge.post(edge.message('help')), edge.post(press)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(LIMITS.turnMs).toBeLessThan(3_000);
    open();
  });

  test('that fails late is told late', async () => {
    const { open, opened } = gate();
    edge = await startEdge({
      limits: { turnMs: 50 },
      doors: {
        onMessage: async () => {
          await opened;
          throw new Error('broken');
        },
      },
    });
    await edge.post(edge.message('help'));
    open();
    await edge.connector.arrived(1);
    expect(edge.connector.sent[0]?.body.text).toContain('ref-1');
  });

  test.each([
    ['its card', 'card-1', 'PUT'],
    ['a new message', undefined, 'POST'],
  ])(
    'of a press that takes too long is answered with a word, and then in %s',
    async (_, replyToId, method) => {
      const { open, opened } = gate();
      edge = await startEdge({
        limits: { turnMs: 50 },
        doors: {
          onPress: async () => {
            await opened;
            return { card: CARD };
          },
        },
      });
      const answer = await edge.post(edge.execute({ action: { verb: 'x' } }, { replyToId }));
      expect(JSON.parse(answer.text)).toMatchObject({
        statusCode: 200,
        value: expect.stringContaining('working'),
      });
      open();
      await edge.connector.arrived(1);
      expect(edge.connector.sent[0]?.method).toBe(method);
      expect(contentOf(edge.connector.sent[0]?.body ?? {})).toEqual(CARD);
    },
  );

  test('a press in time is answered with its card and nothing is posted', async () => {
    edge = await startEdge({ doors: { onPress: async () => ({ card: CARD }) } });
    const answer = await edge.post(edge.execute({ action: { verb: 'x' } }));
    const type = 'application/vnd.microsoft.card.adaptive';
    expect(JSON.parse(answer.text)).toEqual({ statusCode: 200, type, value: CARD });
    expect(edge.connector.sent).toEqual([]);
  });

  test('a closing server waits for the doors at work, and closes anyway when they take too long', async () => {
    const { open, opened } = gate();
    const doors = {
      onMessage: async (_: unknown, chat: Chat) => {
        await opened;
        await chat.say('done');
      },
    };
    edge = await startEdge({ limits: { turnMs: 10, drainMs: 600_000 }, doors });
    await edge.post(edge.message('help'));
    const closing = edge.teams.close();
    setTimeout(open, 50);
    await closing;
    expect(edge.connector.sent.map(({ body }) => body.text)).toEqual(['done']);
    await edge.close();

    edge = await startEdge({
      limits: { turnMs: 10, drainMs: 50 },
      doors: { onMessage: () => new Promise(() => {}) },
    });
    await edge.post(edge.message('help'));
    const from = performance.now();
    await edge.teams.close();
    expect(performance.now() - from).toBeLessThan(LIMITS.drainMs);
  });
});
