import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { consentActivity } from '../../src/demo/chat/activity.ts';
import type { ConsentOptions } from '../../src/demo/chat/consent.ts';
import type { Seen } from '../../src/demo/chat/messages.ts';
import type { Turn } from '../../src/demo/chat/turn.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { type Conversation, converse, textOf } from '../support/conversation.ts';

const { analyst, approver, outsider } = PEOPLE;
const QUESTION = 'flagged for user@contoso.com since 2021-10-01';
const MINUTE = 60_000;

let talk: Conversation;
beforeEach(async () => {
  talk = await converse();
});
afterEach(() => talk.close());

const personal = (): string => talk.demo.chat.personal(analyst.oid);

const seen = (): readonly Seen[] =>
  talk.demo.chat.messages(personal(), analyst.oid).filter(({ authorId }) => authorId === null);

const offers = (): readonly Seen[] => seen().filter(({ offered }) => offered !== undefined);

const offer = (): Seen => {
  const [newest] = offers().slice(-1);
  if (!newest) throw new Error('No file is offered.');
  return newest;
};

/** Answers the newest offer, and waits until it is settled. */
const answer = (accept: 'accept' | 'decline', options: ConsentOptions = {}): Promise<Turn> =>
  talk.demo.chat.consent(analyst.oid, personal(), offer().id, accept, {
    until: (answers) => answers.length > 0,
    ...options,
  });

const fileIn = (turn: Turn): string => {
  const file = turn.answers.find(({ file }) => file !== undefined)?.file;
  return talk.demo.chat.files.find(file?.id ?? '')?.body.toString() ?? '';
};

/** Kind, command, rows and verdict of the newest entries of the ledger. */
const entries = (count: number): readonly string[] => {
  const database = new Database(talk.data, { readonly: true });
  const rows = database.prepare('select kind, body from ledger order by seq desc limit ?').all(count);
  database.close();
  return (rows as { kind: string; body: string }[]).reverse().map(({ kind, body }) => {
    const { command, rows: found, verdict } = JSON.parse(body);
    return `${kind}: ${command}, ${found}, ${verdict}`;
  });
};

describe('the last answer as a file', () => {
  test.each([
    ['export as csv', 'csv', /^\ufeff"Sign-ins, exported by Flagman"/],
    ['export this as json lines', 'jsonl', /^\{"file":\{"title":"Sign-ins, exported by Flagman"/],
    ['download as markdown', 'md', /^# Sign-ins, exported by Flagman\n/],
  ])('"%s" is offered, and made when it is accepted', async (phrase, ending, begins) => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', phrase);
    const { offered } = offer();
    expect(offered?.name).toMatch(new RegExp(`^flagman-sign-ins-[\\d-]+\\.${ending}$`));
    expect(offered?.description).toMatch(/^\d+ sign-ins as .*\. It can be taken for 15 minutes\.$/);
    const turn = await answer('accept');
    const file = fileIn(turn);
    expect(file).toMatch(begins);
    expect(Buffer.byteLength(file)).toBe(offered?.size);
    expect(file).toContain('Everything in this scope was read');
  });

  test('holds every row of the answer, not those of the card alone', async () => {
    await talk.say('analyst', 'blocked by conditional access last 3 days');
    await talk.say('analyst', 'export as json lines');
    const lines = fileIn(await answer('accept'))
      .trimEnd()
      .split('\n');
    const { file } = JSON.parse(lines[0] ?? '');
    expect(file.rows).toBeGreaterThan(10);
    expect(lines).toHaveLength(file.rows + 1);
    expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(file.rows + 1);
  });

  test('its offer goes when the file is there', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    await answer('accept', { until: (answers) => answers.some(({ file }) => file) });
    await expect(Promise.resolve().then(() => offer())).rejects.toThrow('No file is offered.');
    expect(seen().at(-1)).toMatchObject({ file: { name: expect.stringMatching(/\.csv$/) } });
  });

  test('declined, it is never made', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    const turn = await answer('decline');
    expect(turn.answers.map(textOf).join()).toContain('The file was not made.');
    expect(offers()).toEqual([]);
    expect(talk.demo.chat.files.parts).toEqual([]);
  });

  test('needs an answer to go on from', async () => {
    expect(await talk.say('analyst', 'export as csv')).toContain('Nothing was shown here yet');
  });

  test('is offered by the button of its card, for that answer', async () => {
    await talk.say('analyst', QUESTION);
    expect(await talk.press('analyst', 'Export')).toContain('It stands below');
    expect(fileIn(await answer('accept'))).toContain('user@contoso.com');
  });

  test('of an incident is its timeline', async () => {
    await talk.say('analyst', 'this is incident INC-204', 'channel');
    await talk.say('analyst', 'export INC-204 timeline as csv');
    expect(offer().offered?.name).toMatch(/^flagman-timeline-[\d-]+\.csv$/);
    expect(fileIn(await answer('accept'))).toContain('INC-204');
  });

  test('of the incident whose thread it is needs no name', async () => {
    expect(await talk.say('analyst', 'timeline as csv', 'channel')).toMatch(
      /This is not the thread of an incident[\s\S]*timeline INC-204/,
    );
    await talk.say('analyst', 'this is incident INC-204', 'channel');
    expect(await talk.reply('analyst', 'timeline as json lines', true)).toContain('in your personal chat');
    expect(offer().offered?.name).toMatch(/^flagman-timeline-[\d-]+\.jsonl$/);
    expect(fileIn(await answer('accept'))).toContain('INC-204');
  });

  test('is taken after a restart as before', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    await talk.restart();
    expect(fileIn(await answer('accept'))).toContain('user@contoso.com');
  });
});

describe('an offer', () => {
  test('counts once', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    const { id, offered } = offer();
    await answer('accept', { until: (answers) => answers.some(({ file }) => file) });
    const value = {
      action: 'accept',
      context: offered?.acceptContext,
      uploadInfo: talk.demo.chat.files.open('a.csv'),
    };
    const parts = talk.demo.chat.files.parts.length;
    await talk.send(consentActivity(talk.scene('analyst'), { id: 'f:again', cardId: id, value }));
    expect(textOf(seen().at(-1) as Seen)).toContain('This offer of a file is not open.');
    expect(talk.demo.chat.files.parts).toHaveLength(parts);
  });

  test('that Teams sends twice leads to one file', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    const { id, offered } = offer();
    const value = {
      action: 'accept',
      context: offered?.acceptContext,
      uploadInfo: talk.demo.chat.files.open('a.csv'),
    };
    const activity = consentActivity(talk.scene('analyst'), { id: 'f:one', cardId: id, value });
    await Promise.all([talk.send(activity), talk.send(activity)]);
    expect(talk.demo.chat.files.parts).toHaveLength(1);
    expect(seen().map(textOf).join()).not.toContain('not open');
  });

  test('is nobody else’s', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    const { id, offered } = offer();
    const value = {
      action: 'accept',
      context: offered?.acceptContext,
      uploadInfo: talk.demo.chat.files.open('a.csv'),
    };
    await talk.send(consentActivity(talk.scene('approver'), { id: 'f:theirs', cardId: id, value }));
    expect(talk.demo.chat.files.parts).toEqual([]);
    const theirs = talk.demo.chat.messages(talk.demo.chat.personal(approver.oid), approver.oid);
    expect(textOf(theirs.at(-1) as Seen)).toContain('This offer of a file is not open.');
    expect(fileIn(await answer('accept'))).toContain('user@contoso.com');
  });

  test('is answered where it stands, and nowhere else', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    const { id, offered } = offer();
    const value = {
      action: 'accept',
      context: offered?.acceptContext,
      uploadInfo: talk.demo.chat.files.open('a.csv'),
    };
    await talk.send(consentActivity(talk.scene('analyst', 'group'), { id: 'f:group', cardId: id, value }));
    expect(talk.demo.chat.files.parts).toEqual([]);
    expect(fileIn(await answer('accept'))).toContain('user@contoso.com');
  });

  test('is open for 15 minutes', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    talk.wait(15 * MINUTE);
    expect(fileIn(await answer('accept'))).toContain('user@contoso.com');
    await talk.say('analyst', 'export');
    talk.wait(15 * MINUTE + 1_000);
    expect((await answer('accept')).answers.map(textOf).join()).toContain('This offer has expired.');
    expect(offers()).toEqual([]);
  });

  test('tells nothing of the tenant', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    const post = talk.demo.chat.posts.findLast(({ body }) => JSON.stringify(body).includes('file.consent'));
    expect(JSON.stringify(post?.body)).not.toMatch(/@contoso|Porter|198\./);
  });

  test('whose file cannot be put there says so', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    talk.demo.chat.files.refuseWith(503);
    expect((await answer('accept')).answers.map(textOf).join()).toContain(
      'could not be put into your OneDrive',
    );
    expect(talk.log.join('\n')).toContain('file.failed');
  });

  test('is put to no host but those of the cloud', async () => {
    await talk.say('analyst', QUESTION);
    await talk.say('analyst', 'export');
    const upload = { ...talk.demo.chat.files.open('a.csv'), uploadUrl: 'https://evil.example/upload' };
    expect((await answer('accept', { upload })).answers.map(textOf).join()).toContain('could not be put');
  });
});

describe('H163: who may have a file, and what is on record', () => {
  test('entries with the count of rows stand before the offer, and before the file', async () => {
    await talk.say('analyst', QUESTION);
    const rows = /: (\d+),/.exec(entries(1)[0]?.replace('flagged,', 'flagged:') ?? '')?.[1];
    await talk.say('analyst', 'export');
    expect(entries(1)).toEqual([`question: export, ${rows}, finished`]);
    await answer('accept');
    expect(entries(1)).toEqual([`question: download, ${rows}, finished`]);
  });

  test('without a role the button of somebody else’s answer offers nothing, on record', async () => {
    await talk.say('analyst', QUESTION, 'group');
    const told = await talk.press('outsider', 'Export', 'group', { cardOf: 'analyst' });
    expect(told).toContain('You may not read other people’s sign-ins here.');
    expect(entries(1)).toEqual(['refusal: export, 0, role-needed']);
  });

  test.each(['export', 'timeline INC-204 as csv'])(
    'who lost the role since the offer gets no file, though it is remembered: %s',
    async (phrase) => {
      await talk.say('analyst', 'this is incident INC-204', 'channel');
      await talk.say('analyst', QUESTION);
      await talk.say('analyst', phrase);
      talk.demo.graph.faults.push({
        path: '/roleManagement',
        effect: { kind: 'rewrite', change: (body) => ({ ...body, value: [] }) },
      });
      expect((await answer('accept')).answers.map(textOf).join()).toContain(
        'You may not read other people’s',
      );
      expect(talk.demo.chat.files.parts).toEqual([]);
      expect(entries(1)).toEqual(['refusal: download, 0, role-needed']);
    },
  );

  test('two exports at once are two files', async () => {
    await talk.say('analyst', QUESTION);
    const { chat } = talk.demo;
    await Promise.all([
      chat.say(analyst.oid, personal(), 'export as csv'),
      chat.say(analyst.oid, personal(), 'export as json lines'),
    ]);
    const ids = offers().map(({ id }) => id);
    expect(ids).toHaveLength(2);
    await Promise.all(ids.map((id) => chat.consent(analyst.oid, personal(), id, 'accept')));
    const names = seen().flatMap(({ file }) => file?.name.split('.').at(-1) ?? []);
    expect(names.sort()).toEqual(['csv', 'jsonl']);
  });
});

describe('where others read along', () => {
  test.each(['channel', 'group'] as const)(
    'in a %s the file is offered in the personal chat',
    async (where) => {
      await talk.say('analyst', QUESTION, where);
      const told =
        where === 'channel'
          ? await talk.reply('analyst', 'export as csv', true)
          : await talk.say('analyst', 'export as csv', where);
      expect(told).toBe('The file is offered in your personal chat.\n');
      expect(fileIn(await answer('accept'))).toContain('user@contoso.com');
    },
  );

  test('the button of a card says so to whoever pressed, and leaves the rows', async () => {
    await talk.say('analyst', QUESTION, 'group');
    expect(await talk.press('analyst', 'Export', 'group')).toBe(
      '(The file is offered in your personal chat.)\n',
    );
    expect(offers()).toHaveLength(1);
  });

  test('who has not added the bot is told so', async () => {
    await talk.say('analyst', QUESTION, 'group');
    talk.demo.chat.faults.add({ answer: 403, about: 'new-chat' });
    expect(await talk.say('analyst', 'export', 'group')).toContain('was not added there');
    expect(offers()).toEqual([]);
  });
});

test('own sign-ins are a file for whoever they belong to', async () => {
  const { chat } = talk.demo;
  const place = chat.personal(outsider.oid);
  await chat.say(outsider.oid, place, 'my sign-ins last 7 days');
  await chat.say(outsider.oid, place, 'export');
  const found = chat.messages(place, outsider.oid).find(({ offered }) => offered);
  expect(found).toBeDefined();
});

test('H164: no name of the tenant or of Teams becomes that of a file', async () => {
  await talk.say('analyst', QUESTION);
  await talk.say('analyst', 'export');
  const upload = { ...talk.demo.chat.files.open('../../etc/passwd'), name: 'a\u202efdp.exe' };
  const turn = await answer('accept', { upload });
  expect(turn.answers.at(-1)?.file?.name).toMatch(/^flagman-sign-ins-[\d-]+\.csv$/);
});
