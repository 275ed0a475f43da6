import { expect, test } from '@jest/globals';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { cardText } from '../support/card-text.ts';
import { expectGolden } from '../support/golden.ts';
import { stage, story } from './story.ts';

const talk = stage();

story(
  talk,
  'refusals',
  'who may not read about others is told what would be needed',
  async ({ say, press }) => {
    for (const who of ['outsider', 'eligible', 'regionalAdmin', 'customRole'] as const) {
      await say(who, 'flagged for user@contoso.com');
    }
    await press('outsider', 'What can I do?');
    await say('eligible', 'who signed in from 203.0.113.8');
    await say('regionalAdmin', 'sign-ins for bob');
    // For reading a guest's role counts like anybody's.
    await say('guest', 'top 1 flagged today');
    await say('customRole', 'what can I do');
    await say('customRole', 'what does atRisk mean');
    await say('outsider', 'next page');
  },
);

story(
  talk,
  'own-sign-ins',
  'own sign-ins need no role, in the personal chat only',
  async ({ say, press }) => {
    await say('outsider', 'my sign-ins last 7 days');
    await press('outsider', 'Details');
    await say('outsider', 'next page');
    await say('outsider', 'details #1');
    await say('outsider', 'what filter did you use');
    await say('outsider', 'my sign-ins', 'group');
    await say('outsider', 'my sign-ins for user@contoso.com');
  },
);

story(talk, 'channel', 'in a channel the answer stays in the thread', async ({ say, reply, press }) => {
  await say('analyst', 'flagged for user@contoso.com today', 'channel');
  await reply('analyst', 'Sam is on the phone now.');
  await reply('analyst', 'details #2', true);
  await press('analyst', 'Explain this error', 'channel');
});

story(talk, 'group', 'in a group chat each one has their own last answer', async ({ say, press }) => {
  await say('analyst', 'top 3 sign-ins for user@contoso.com last 7 days', 'group');
  await say('secondAnalyst', 'details #1', 'group');
  await press('secondAnalyst', 'Details', 'group', { cardOf: 'analyst' });
  await press('outsider', 'Details', 'group', { cardOf: 'analyst' });
});

story(talk, 'older-client', 'an older client gets the answer as an edited card', async ({ say, press }) => {
  await say('analyst', 'flagged for user@contoso.com today');
  await press('analyst', 'Details', 'personal', { client: 'submit' });
  await press('analyst', 'Explain this error', 'personal', { client: 'submit' });
  await say('analyst', 'what is 53003');
  await press('analyst', 'errors 53003 last 24h', 'personal', { client: 'submit' });
  await say('analyst', 'top 1 flagged today', 'group');
  await press('outsider', 'Details', 'group', { client: 'submit', cardOf: 'analyst' });
  await press('secondAnalyst', 'Details', 'group', { client: 'submit', cardOf: 'analyst' });
});

test('whoever adds the bot is greeted once in each conversation, although Teams tells of it twice', async () => {
  const { demo, restart } = talk();
  const { chat } = demo;
  const hellos = () => chat.posts.filter(({ body }) => JSON.stringify(body).includes('Hello, I am Flagman'));
  const places = Object.keys(PEOPLE).length + 2;
  expect(new Set(hellos().map(({ path }) => path)).size).toBe(places);
  expect(hellos()).toHaveLength(places);
  // Added again, by a Teams that has forgotten, to a bot that was restarted.
  await restart();
  expect(hellos()).toHaveLength(places);
  const [hello] = chat.messages(chat.group.id, PEOPLE.analyst.oid);
  expectGolden(new URL('golden/greeting.txt', import.meta.url).pathname, cardText(hello?.card as never));
});
