import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Middle } from '../../src/bot/middle.ts';
import { pressShare } from '../../src/bot/sharing/press.ts';
import { actionsOf } from '../../src/demo/chat/actions.ts';
import { invokeActivity } from '../../src/demo/chat/activity.ts';
import type { Share, Sharing } from '../../src/entra/share.ts';
import { ok } from '../../src/lib/result.ts';
import { answerWith } from '../support/answer.ts';
import { type Conversation, converse } from '../support/conversation.ts';
import { NO_REDACTIONS } from '../support/sharing.ts';
import { NOW, PERSONAL, THREAD } from './share-ground.ts';

let talk: Conversation;

beforeAll(async () => {
  talk = await converse();
  await talk.say('analyst', 'this is incident INC-204', 'group');
});
afterAll(() => talk.close());

const shareTo = (button: string): Promise<string> =>
  talk.press('analyst', button, 'personal', { inputs: { incident: 'INC-204' } });

describe('whoever shared by a form', () => {
  test('saw the results of the rows, and goes back to the page that they stand on', async () => {
    await talk.say('analyst', 'blocked by conditional access last 7 days');
    const page = await talk.press('analyst', 'Show more');
    expect(page).toContain('#11 ');
    const form = await talk.press('analyst', 'Share these 10…');
    expect(form).toMatch(/UTC.* · FAILED 53003/);
    expect(await shareTo('Share')).toContain('[Back to the list]');
    expect(await talk.press('analyst', 'Back to the list')).toContain('#11 ');
  });

  test('goes back from a single row to its page', async () => {
    await talk.say('analyst', 'blocked by conditional access last 7 days');
    await talk.press('analyst', 'Show more');
    await talk.press('analyst', 'Share…');
    expect(await shareTo('Share')).toContain('Shared as share');
    expect(await talk.press('analyst', 'Back to the list')).toContain('#11 ');
  });

  test('by text, nothing leads back: the list stands above', async () => {
    await talk.say('analyst', 'blocked by conditional access last 7 days');
    expect(await talk.say('analyst', 'share #1 to INC-204')).not.toContain('Back to the list');
  });

  test('is told how much of which answer it was, in case that was another one than was meant', async () => {
    await talk.say('analyst', 'top 2 flagged for user@contoso.com last 7 days');
    expect(await talk.say('analyst', 'share #1 to INC-204')).toContain(
      '\nIt shows: 1 of the newest 2 flagged sign-ins.\n',
    );
  });
});

/** What is done to the bot's store, or read from it, past the bot. */
const inStore = <Value>(act: (store: Database.Database) => Value): Value => {
  const store = new Database(talk.data);
  try {
    return act(store);
  } finally {
    store.close();
  }
};

/** How many shares there are. */
const shares = (): unknown => inStore((store) => store.prepare('select count(*) from shares').pluck().get());

describe('whoever presses the form again', () => {
  test.each([
    ['its rows', 4, `document = replace(document, '"of":2', '"of":412')`],
    ['its incident', 5, "incident = 'INC-999'"],
  ])('is told nothing that somebody changed in the database meanwhile (%s)', async (_what, days, change) => {
    await talk.say('analyst', `top 2 sign-ins for kim@contoso.com last ${days} days`);
    await talk.press('analyst', 'Share…');
    expect(await shareTo('Share')).toContain('Its card stands in the thread of INC-204');
    inStore((store) =>
      store.exec(`update shares set ${change} where number = (select max(number) from shares)`),
    );
    await talk.press('analyst', 'Back to the list');
    await talk.press('analyst', 'Share…');
    const again = await shareTo('Share');
    expect(again).toMatch(/shared already, as share \d+, and what is stored of it was changed/);
    expect(again).toMatch(/^\[Back to the list\] \[verify share \d+\]$/m);
    expect(again).not.toMatch(/It shows|412|INC-\d|stands in/);
  });
});

test('a press of the form that Teams sends again shares once, though the incident was moved in between', async () => {
  await talk.say('analyst', 'this is incident INC-205', 'channel');
  await talk.say('analyst', 'top 2 sign-ins for kim@contoso.com last 6 days');
  await talk.press('analyst', 'Share…');
  const { id: cardId, card } = talk.newest('analyst');
  const form = actionsOf(card).find(({ verb }) => verb === 'share-to');
  const action = {
    type: 'Action.Execute',
    verb: 'share-to',
    data: { ...Object(form?.data), incident: 'INC-205' },
  };
  const press = invokeActivity(talk.scene('analyst'), { id: 'f:moved', cardId, action, trigger: 'manual' });
  const before = Number(shares());
  const { body } = await talk.send(press);
  expect(JSON.stringify(body)).toContain('Shared as share');
  await talk.say('analyst', 'move incident INC-205 here', 'channel');
  expect((await talk.send(press)).body).toEqual(body);
  expect(shares()).toBe(before + 1);
});

test('the source of a share by form names the thread that it went to, though the incident moves meanwhile', async () => {
  const made: { readonly source: string; readonly sharing: Sharing }[] = [];
  const answer = answerWith([{ id: 'one', createdDateTime: '2026-11-21T11:00:00Z' }]);
  let moves = 0;
  const ports = {
    graph: { rolesOf: async () => ok(['reader']) },
    store: {
      results: { find: async () => ({ asked: '', notes: [], answer }) },
      places: { find: async () => THREAD },
    },
    incidents: {
      find: async (name: string) => {
        moves += 1;
        return { name, conversationId: `thread ${moves}`, at: NOW, by: { id: 'maya', name: 'Maya' } };
      },
    },
    shares: {
      create: async (source: string, sharing: Sharing): Promise<Share> => {
        made.push({ source, sharing });
        return { ...sharing, number: 1, hash: '' };
      },
      find: async () => undefined,
    },
    sharePosts: { stateOf: async () => 'posted' },
    now: async () => NOW,
    newId: () => 'frozen',
  };
  const settings = { redactions: NO_REDACTIONS, readerRoles: ['reader'] };
  const middle = { ports, settings, tending: { soon: async () => undefined } } as unknown as Middle;
  const person = { tenantId: 'tenant', id: 'maya', name: 'Maya', teamsId: '29:maya' };
  const press = {
    ...{ person, place: PERSONAL, activityId: 'f:1', cardId: 'card', verb: 'share-to', data: {} },
    trigger: 'manual' as const,
  };
  await pressShare(middle, press, { verb: 'share-to', result: 'r', first: 0, count: 1, incident: 'INC-204' });
  expect(made).toHaveLength(1);
  for (const { source, sharing } of made) expect(source).toContain(JSON.stringify(sharing.conversationId));
});
