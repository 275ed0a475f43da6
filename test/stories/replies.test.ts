import { describe, expect, test } from '@jest/globals';
import { messageActivity } from '../../src/demo/chat/activity.ts';
import type { Seen } from '../../src/demo/chat/messages.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { cardText } from '../support/card-text.ts';
import { TURN_MS, type Who } from '../support/conversation.ts';
import { until } from '../support/patience.ts';
import { stage } from './story.ts';

const OLDER = 'sign-ins from 203.0.113.7 last 24h';
const NEWER = 'sign-ins for user@contoso.com last 24h';

const talk = stage();

const textOf = ({ card }: Seen): string => cardText(card as never);

/** The request id of a row of a list. */
const rowOf = (list: Seen, row: number): string => {
  const [id] = new RegExp(`(?<=^#${row} [^]*?^Request )\\S+`, 'm').exec(textOf(list)) ?? [];
  if (id === undefined) throw new Error(`There is no row #${row}:\n${textOf(list)}`);
  return id;
};

/** What a person says, in a chat, a channel or a thread, and the card that comes. */
const say = async (who: Who, where: string, text: string, replyToId?: string) => {
  talk().wait(1);
  const turn = await talk().demo.chat.say(PEOPLE[who].oid, where, text, {
    ...(replyToId !== undefined && { replyToId }),
  });
  const [card] = turn.answers.slice(-1);
  if (!card) throw new Error('There was no answer.');
  return { thread: turn.conversationId, root: turn.conversationId.split('=').at(-1) ?? '', card };
};

describe('"#2" in a channel', () => {
  test('is a row of the list in whose thread it is said, whoever asked for the list', async () => {
    const { channel } = talk().demo.chat;
    const older = await say('analyst', channel.id, OLDER);
    const newer = await say('analyst', channel.id, NEWER);
    expect(rowOf(older.card, 2)).not.toBe(rowOf(newer.card, 2));
    for (const who of ['analyst', 'approver'] as const) {
      for (const { thread, root, card } of [older, newer]) {
        // Teams says that a message in a thread replies to the question that began it.
        const details = await say(who, thread, 'details #2', root);
        expect(textOf(details.card)).toContain(rowOf(card, 2));
      }
    }
  });

  test('is a row of the card that is quoted, where a thread has two of them', async () => {
    const older = await say('analyst', talk().demo.chat.channel.id, OLDER);
    const newer = await say('analyst', older.thread, NEWER, older.root);
    const second = async (replyToId: string) =>
      textOf((await say('analyst', older.thread, 'details #2', replyToId)).card);
    expect(await second(older.root)).toContain(rowOf(newer.card, 2));
    expect(await second(older.card.id)).toContain(rowOf(older.card, 2));
    expect(await second(newer.card.id)).toContain(rowOf(newer.card, 2));
  });

  test('is nothing to who may not read the list', async () => {
    const { thread, root } = await say('analyst', talk().demo.chat.channel.id, OLDER);
    const refusal = await say('outsider', thread, 'details #2', root);
    expect(textOf(refusal.card)).toContain('You may not read other people’s sign-ins here.');
  });
});

describe('a quoted card in a group chat', () => {
  /** Quotes a card as the clients do: it stands in an entity and as a mark in the text. */
  const quote = async (who: Who, cardId: string, text: string): Promise<string> => {
    talk().wait(1);
    const scene = talk().scene(who, 'group');
    const said = messageActivity(scene, { id: String(scene.now), text, mention: true });
    const before = talk().demo.chat.messages(scene.conversationId, scene.person.oid).length;
    await talk().send({
      ...said,
      text: `<quoted messageId="${cardId}"/> ${said.text}`,
      entities: [
        ...(said.entities as unknown[]),
        { type: 'quotedReply', quotedReply: { messageId: cardId } },
      ],
    });
    const [card] = talk().demo.chat.messages(scene.conversationId, scene.person.oid).slice(before);
    if (!card) throw new Error('There was no answer.');
    return textOf(card);
  };

  test('is gone on from, with its own pages for who turned them, also after a restart', async () => {
    const { group, press } = talk().demo.chat;
    const older = await say('analyst', group.id, OLDER);
    await say('analyst', group.id, NEWER);
    expect(await quote('analyst', older.card.id, 'details #2')).toContain(rowOf(older.card, 2));

    talk().wait(1);
    await press(PEOPLE.analyst.oid, group.id, older.card.id, 'Show more');
    expect(await quote('analyst', older.card.id, 'next page')).toMatch(/^#21 /m);
    expect(await quote('approver', older.card.id, 'next page')).toMatch(/^#11 /m);

    await talk().restart();
    expect(await quote('approver', older.card.id, 'details #2')).toContain(rowOf(older.card, 2));
  });

  test('that took long, and first said only that work goes on, is gone on from too', async () => {
    const { chat, graph } = talk().demo;
    const effect = { kind: 'hold', until: () => talk().limits.pass(TURN_MS) } as const;
    graph.faults.push({ path: '/auditLogs/signIns', times: 1, effect });
    const working = await say('analyst', chat.group.id, 'sign-ins from 203.0.113.8 last 24h');
    const list = () =>
      chat.messages(chat.group.id, PEOPLE.analyst.oid).find(({ id }) => id === working.card.id);
    await until(
      () => list()?.edited === true,
      () => 'The list does not come.',
    );
    await say('analyst', chat.group.id, OLDER);
    expect(await quote('analyst', working.card.id, 'details #1')).toMatch(/^IP address\s+203\.0\.113\.8$/m);
  });

  test('stays where it was when an older client turns the page, which then comes as a card of its own', async () => {
    const { group, press } = talk().demo.chat;
    const { card } = await say('analyst', group.id, OLDER);
    talk().wait(1);
    await press(PEOPLE.analyst.oid, group.id, card.id, 'Show more', { client: 'submit' });
    expect(await quote('analyst', card.id, 'next page')).toMatch(/^#11 /m);
  });

  test('that shows no list is no hindrance: the last list is meant', async () => {
    const help = await say('analyst', talk().demo.chat.group.id, 'help');
    const list = await say('analyst', talk().demo.chat.group.id, NEWER);
    expect(await quote('analyst', help.card.id, 'details #1')).toContain(rowOf(list.card, 1));
  });
});
