import { expect, test } from '@jest/globals';
import { messageActivity } from '../../src/demo/chat/activity.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { stage } from '../stories/story.ts';
import type { Who } from '../support/conversation.ts';

const ALLOWED = 5;
const talk = stage({ environment: { QUESTIONS_PER_MINUTE: String(ALLOWED) } });

const MINUTE = 60_000;

/** Says a hundred things at once and gives the cards that came, as text. */
const flood = async (who: Who): Promise<string[]> => {
  const { demo, scene, send } = talk();
  const place = demo.chat.personal(PEOPLE[who].oid);
  const before = demo.chat.messages(place, PEOPLE[who].oid).length;
  const messages = Array.from({ length: 100 }, (_, index) =>
    messageActivity(scene(who), { id: `${who} ${index} ${before}`, text: 'help', mention: false }),
  );
  const turns = await Promise.all(messages.map(send));
  expect(turns.every(({ status }) => status === 200)).toBe(true);
  return demo.chat
    .messages(place, PEOPLE[who].oid)
    .slice(before)
    .map(({ card }) => JSON.stringify(card));
};

test('H180: who sends a hundred messages in a second is told once, and then left alone for a minute', async () => {
  const seen = await flood('analyst');
  expect(seen.filter((card) => card.includes('What Flagman understands'))).toHaveLength(ALLOWED);
  expect(seen.filter((card) => card.includes('Too many messages from you'))).toHaveLength(1);
  expect(seen).toHaveLength(ALLOWED + 1);
  expect(await talk().say('analyst', 'help')).toBe('(nothing)\n');
  talk().wait(MINUTE);
  expect(await talk().say('analyst', 'help')).toMatch(/What Flagman understands/);
});

test('H180: others are served meanwhile', async () => {
  const flooding = flood('outsider');
  expect(await talk().say('helpDesk', 'flagged for user@contoso.com today')).toMatch(/3 flagged sign-ins/);
  await flooding;
  expect(await talk().say('helpDesk', 'help')).toMatch(/What Flagman understands/);
});

test('a press counts like a message, and is always answered', async () => {
  talk().wait(MINUTE);
  await talk().say('approver', 'what is 50126');
  for (let press = 1; press < ALLOWED; press += 1) {
    expect(await talk().press('approver', 'errors 50126 last 24h')).toMatch(/sign-ins?/);
    await talk().say('approver', 'what is 50126');
    talk().wait(press === 2 ? MINUTE : 0);
  }
  await talk().say('approver', 'help');
  expect(await talk().press('approver', 'flagged today')).toMatch(/Too many messages from you/);
});
