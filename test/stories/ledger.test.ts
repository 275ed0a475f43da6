import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { messageActivity } from '../../src/demo/chat/activity.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import type { Where, Who } from '../support/conversation.ts';
import { stage, story } from './story.ts';

const talk = stage({ environment: { FRESHNESS_SECONDS: '0' } });

interface Row {
  readonly kind: string;
  readonly actor: string;
  readonly body: string;
}

const rows = (): readonly Row[] => {
  const database = new Database(talk().data, { readonly: true });
  try {
    return database.prepare('select kind, actor, body from ledger order by seq').all() as Row[];
  } finally {
    database.close();
  }
};

/** What something leaves in the ledger: kind, command, rows and verdict of each new entry. */
const leaves = async (happen: Promise<unknown> | (() => Promise<unknown>)): Promise<readonly string[]> => {
  const before = rows().length;
  await (typeof happen === 'function' ? happen() : happen);
  return rows()
    .slice(before)
    .map(({ kind, body }) => {
      const { command, rows: count, verdict } = JSON.parse(body);
      return `${kind}: ${command}, ${count}, ${verdict}`;
    });
};

const saying = (who: Who, text: string, where: Where = 'personal') =>
  leaves(() => talk().say(who, text, where));
const pressing = (who: Who, button: string) => leaves(() => talk().press(who, button));

describe('in the ledger stands', () => {
  test('one entry for every question, with who asked, and no name', async () => {
    expect(await saying('analyst', 'flagged for user@contoso.com today')).toEqual([
      'question: flagged, 3, finished',
    ]);
    const [last] = rows().slice(-1);
    expect(last?.actor).toBe(PEOPLE.analyst.oid);
    expect(JSON.stringify(rows())).not.toMatch(/contoso|Okafor/);
  });

  test('every further look at the answer, by button or by words', async () => {
    await talk().say('analyst', 'flagged for user@contoso.com today');
    expect(await pressing('analyst', 'Details')).toEqual(['question: details, 1, finished']);
    expect(await pressing('analyst', 'Explain this error')).toEqual(['question: explain, 1, finished']);
    await talk().say('analyst', 'flagged for user@contoso.com today');
    expect(await pressing('analyst', 'Refresh')).toEqual(['question: refresh, 3, finished']);
    expect(await saying('analyst', 'details #2')).toEqual(['question: details, 1, finished']);
    expect(await saying('analyst', 'details #9')).toEqual(['question: details, 0, finished']);
    expect(await saying('analyst', 'what filter did you use')).toEqual([
      'question: what filter did you use, 3, finished',
    ]);
    await talk().say('analyst', 'sign-ins from 203.0.113.7 last 24h');
    expect(await pressing('analyst', 'Show more')).toEqual([expect.stringMatching(/^question: more, /)]);
  });

  test('every refusal, by words and by button', async () => {
    expect(await saying('outsider', 'flagged for user@contoso.com')).toEqual([
      'refusal: flagged, 0, role-needed',
    ]);
    expect(await saying('outsider', 'my sign-ins', 'group')).toEqual([
      'refusal: sign-ins, 0, personal-chat-only',
    ]);
    await talk().say('analyst', 'top 1 flagged today', 'group');
    expect(await leaves(() => talk().press('outsider', 'Details', 'group', { cardOf: 'analyst' }))).toEqual([
      'refusal: details, 0, role-needed',
    ]);
  });

  test('own sign-ins, and names looked for in the directory', async () => {
    expect(await saying('outsider', 'my sign-ins last 7 days')).toEqual([
      expect.stringMatching(/^question: sign-ins, \d+, finished$/),
    ]);
    expect(await saying('analyst', 'sign-ins for bob')).toEqual([
      expect.stringMatching(/^question: find a user, \d, finished$/),
    ]);
  });

  test('a question that Graph did not answer', async () => {
    talk().demo.graph.faults.push({
      path: '/auditLogs/signIns',
      times: 1,
      effect: { kind: 'answer', status: 403 },
    });
    expect(await saying('analyst', 'flagged for kim@contoso.com today')).toEqual([
      'question: flagged, 0, failed',
    ]);
    talk().demo.graph.faults.length = 0;
  });

  test.each(['help', 'what is 50126', 'set my timezone UTC', 'what can I do', 'the colour of the sky'])(
    'nothing for "%s"',
    async (text) => {
      expect(await saying('analyst', text)).toEqual([]);
    },
  );

  test('nothing for what comes without a token that is verified', async () => {
    const activity = messageActivity(talk().scene('analyst'), {
      id: 'unsigned',
      text: 'flagged today',
      mention: false,
    });
    const send = async (authorization: string): Promise<number> => {
      const headers = { authorization, 'content-type': 'application/json' };
      const url = `${talk().botUrl()}/api/messages`;
      return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity) })).status;
    };
    expect(await leaves(async () => expect(await send('Bearer eyJhbGciOiJub25lIn0.e30.')).toBe(401))).toEqual(
      [],
    );
  });

  test('one entry for a message that Teams sends twice', async () => {
    const activity = messageActivity(talk().scene('analyst'), {
      id: 'twice',
      text: 'flagged today',
      mention: false,
    });
    expect(
      await leaves(async () => {
        await talk().send(activity);
        await talk().send(activity);
      }),
    ).toHaveLength(1);
  });
});

story(
  talk,
  'history',
  'what was asked about a user, by whom, is told to those who may read',
  async ({ say, wait }) => {
    wait(60_000);
    await say('secondAnalyst', 'sign-ins for henrik.dahl@contoso.com today');
    wait(60_000);
    await say('outsider', 'sign-ins for henrik.dahl@contoso.com today');
    wait(60_000);
    await say('secondAnalyst', 'details #1');
    await say('approver', 'history of henrik.dahl@contoso.com');
    await say('approver', 'who asked about nobody.yet@contoso.com');
    await say('outsider', 'history of henrik.dahl@contoso.com');
    await say('approver', 'history of bob@');
  },
);

test('where the ledger cannot be written nothing is answered, and the person is told so', async () => {
  const { say, press, log } = talk();
  await say('analyst', 'flagged for user@contoso.com today');
  const database = new Database(talk().data);
  database.exec('alter table ledger rename to ledger_away');
  database.close();
  const silence = /^This could not be written into the ledger, so it is not answered\./;
  expect(await press('analyst', 'Details')).toMatch(/^\(This could not be written into the ledger/);
  expect(await say('analyst', 'flagged for user@contoso.com today')).toMatch(silence);
  expect(await say('analyst', 'details #1')).toMatch(silence);
  expect(await say('outsider', 'flagged for user@contoso.com today')).toMatch(silence);
  expect(await say('analyst', 'sign-ins for bob')).toMatch(silence);
  expect(await say('analyst', 'history of user@contoso.com')).toMatch(silence);
  expect(log.filter((line) => line.includes('ledger.failed')).length).toBeGreaterThanOrEqual(5);
  // What tells of nobody is answered still.
  expect(await say('analyst', 'what is 50126')).toMatch(/^AADSTS50126/);
});
