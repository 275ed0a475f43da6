import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { stage } from '../stories/story.ts';
import { TURN_MS } from '../support/conversation.ts';

const talk = stage({ environment: { FRESHNESS_SECONDS: '0' } });

const QUESTION = 'flagged for user@contoso.com today';

test('a press that takes long is answered at once, and its card follows: here for everybody, there for one', async () => {
  const { say, press, later, demo, limits } = talk();
  await say('analyst', QUESTION);
  await say('secondAnalyst', QUESTION, 'group');
  const turns = limits.set(TURN_MS) + 2;
  const tooLate = async (): Promise<void> => {
    while (limits.set(TURN_MS) < turns) await sleep(5);
    await limits.pass(TURN_MS);
  };
  let passing: Promise<void> | undefined;
  const until = (): Promise<void> => {
    passing ??= tooLate();
    return passing;
  };
  demo.graph.faults.push({ path: '/auditLogs/signIns', times: 2, effect: { kind: 'hold', until } });
  const notices = await Promise.all([
    press('analyst', 'Refresh'),
    press('secondAnalyst', 'Refresh', 'group'),
  ]);
  expect(notices).toEqual(Array(2).fill('(This takes a little longer. The answer will follow here.)\n'));
  // In a chat of two the card itself is edited.
  expect(await later('analyst')).toMatch(/^## 3 flagged sign-ins/);
  // Where others read along it stays, and the answer comes as a card of its own.
  const { chat } = demo;
  const inGroup = () =>
    chat
      .messages(chat.group.id, PEOPLE.outsider.oid)
      .filter(({ card }) => JSON.stringify(card).includes('3 flagged'));
  while (inGroup().length < 2) await sleep(10);
  expect(inGroup().map(({ edited }) => edited)).toEqual([false, false]);
});

test('an answer whose working card is gone is said anew', async () => {
  const { say, demo, limits } = talk();
  demo.graph.faults.push({
    path: '/auditLogs/signIns',
    times: 1,
    effect: { kind: 'hold', until: () => limits.pass(TURN_MS) },
  });
  demo.chat.faults.add({ method: 'PUT', answer: 403 });
  expect(await say('approver', QUESTION)).toMatch(/^## Asking Microsoft Graph/);
  const { chat } = demo;
  const seen = () => chat.messages(chat.personal(PEOPLE.approver.oid), PEOPLE.approver.oid);
  while (!JSON.stringify(seen()).includes('3 flagged')) await sleep(10);
  expect(seen().at(-1)).toMatchObject({ authorId: null, edited: false });
});
