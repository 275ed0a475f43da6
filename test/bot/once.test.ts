import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { actionsOf, type CardAction } from '../../src/demo/chat/actions.ts';
import { invokeActivity, messageActivity, submitActivity } from '../../src/demo/chat/activity.ts';
import { LIMITS } from '../../src/teams/limits.ts';
import { stage } from '../stories/story.ts';
import type { Conversation, Where, Who } from '../support/conversation.ts';

const talk = stage({ environment: { FRESHNESS_SECONDS: '0', QUESTIONS_PER_MINUTE: '1000' } });

const QUESTION = 'flagged for user@contoso.com today';

const readings = (): number => talk().demo.graph.count('/auditLogs/signIns');
const posted = (): number => talk().demo.chat.posts.filter(({ method }) => method === 'POST').length;

/** What happens to two numbers while something is done. */
const during = async (act: () => Promise<unknown>) => {
  const [read, sent] = [readings(), posted()];
  await act();
  return { read: readings() - read, sent: posted() - sent };
};

const message = ({ scene }: Conversation, who: Who, id: string, text = QUESTION, where: Where = 'personal') =>
  messageActivity(scene(who, where), { id, text, mention: where !== 'personal' });

const press = ({ scene, newest }: Conversation, who: Who, id: string, title: string) => {
  const { id: cardId, card } = newest(who);
  const { fallback: _, ...action } = actionsOf(card).find((one) => one.title === title) as CardAction;
  return invokeActivity(scene(who), { id, cardId, action: { ...action }, trigger: 'manual' });
};

describe('a message', () => {
  test('that Teams sends again, at once or later, is answered once', async () => {
    const again = message(talk(), 'analyst', 'again');
    expect(await during(() => Promise.all([talk().send(again), talk().send(again)]))).toEqual({
      read: 1,
      sent: 1,
    });
    expect(await during(() => talk().send(again))).toEqual({ read: 0, sent: 0 });
  });

  test('is answered once also across a restart', async () => {
    const before = message(talk(), 'analyst', 'before the restart');
    await talk().send(before);
    await talk().restart();
    expect(await during(() => talk().send(before))).toEqual({ read: 0, sent: 0 });
  });

  test('with the id of one in another conversation is another message, for ids are times', async () => {
    const same = [message(talk(), 'analyst', 'same time'), message(talk(), 'secondAnalyst', 'same time')];
    expect((await during(() => Promise.all(same.map(talk().send)))).sent).toBe(2);
  });
});

describe('a press', () => {
  test('that Teams sends again gets the same card, and the work is done once', async () => {
    await talk().say('analyst', QUESTION);
    const again = press(talk(), 'analyst', 'f:again', 'Refresh');
    const bodies: unknown[] = [];
    const seen = await during(async () => {
      for (let sent = 0; sent < 3; sent += 1) bodies.push((await talk().send(again)).body);
    });
    expect(seen).toEqual({ read: 1, sent: 0 });
    expect(bodies[0]).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
  });

  test('that came as a message and is sent again is answered with one card, also across a restart', async () => {
    const { scene, newest, say, restart } = talk();
    await say('secondAnalyst', QUESTION, 'group');
    const { id: cardId, card } = newest('secondAnalyst', 'group');
    const { verb, data } = actionsOf(card).find((one) => one.title === 'Details') as CardAction;
    const again = submitActivity(scene('secondAnalyst', 'group'), {
      id: 's:again',
      cardId,
      data: { ...Object(data), verb },
    });
    const twice = await during(() => Promise.all([talk().send(again), talk().send(again)]));
    expect(twice).toEqual({ read: 0, sent: 1 });
    await restart();
    expect(await during(() => talk().send(again))).toEqual({ read: 0, sent: 0 });
  });

  test('pressed twice in a hurry does the work once', async () => {
    await talk().say('analyst', QUESTION);
    const double = ['f:first', 'f:second'].map((id) => press(talk(), 'analyst', id, 'Refresh'));
    const { limits, demo } = talk();
    const turns = limits.set(LIMITS.turnMs) + 2;
    const until = async (): Promise<void> => {
      while (limits.set(LIMITS.turnMs) < turns) await sleep(5);
    };
    demo.graph.faults.push({ path: '/auditLogs/signIns', times: 1, effect: { kind: 'hold', until } });
    const answers: unknown[] = [];
    const seen = await during(async () => {
      answers.push(...(await Promise.all(double.map(async (one) => (await talk().send(one)).body))));
    });
    expect(seen.read).toBe(1);
    expect(answers[0]).toEqual(answers[1]);
    expect(await during(() => talk().send(press(talk(), 'analyst', 'f:third', 'Refresh')))).toEqual({
      read: 1,
      sent: 0,
    });
  });

  test('with the id of another person’s press does not get their answer', async () => {
    await talk().say('analyst', QUESTION);
    await talk().say('outsider', 'help');
    const { type, verb, data } = actionsOf(talk().newest('analyst').card).find(
      (one) => one.title === 'Details',
    ) as CardAction;
    const action = { type, verb, data };
    const cardId = talk().newest('outsider').id;
    await talk().send(press(talk(), 'analyst', 'f:same', 'Details'));
    const other = invokeActivity(talk().scene('outsider'), {
      id: 'f:same',
      cardId,
      action,
      trigger: 'manual',
    });
    expect((await talk().send(other)).body).toMatchObject({
      value: expect.stringContaining('You may not read'),
    });
  });
});
