import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Looked, Sent, Typing } from '../../src/demo/chat/compose.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { textOf, type Where, type Who } from '../support/conversation.ts';
import { expectGolden } from '../support/golden.ts';
import { LONGEST_MS, until } from '../support/patience.ts';
import { stage } from './story.ts';

/** How long nothing is typed before Graph is asked, and how long a search may take, in milliseconds. */
const PAUSE_MS = 500;
const ANSWER_MS = 3_000;

const talk = stage({ environment: { SHARE_REDACTION: 'extension=device' }, shortestLimit: PAUSE_MS });

const place = (who: Who, where: Where): string =>
  where === 'personal' ? talk().demo.chat.personal(PEOPLE[who].oid) : talk().demo.chat[where].id;

/** Something stands in the compose box, until it is answered or a pause is waited for. */
const put = async (who: Who, typing: Typing, where: Where) => {
  const { limits, demo } = talk();
  const before = limits.set(PAUSE_MS);
  let isAnswered = false;
  const answer = demo.chat.search(PEOPLE[who].oid, place(who, where), typing).finally(() => {
    isAnswered = true;
  });
  await until(
    () => isAnswered || limits.set(PAUSE_MS) > before,
    () => 'Neither an answer nor a pause.',
  );
  return { answer, isWaiting: !isAnswered };
};

/** The same, and nothing more is typed. */
const look = async (who: Who, typing: string | Typing, where: Where = 'personal'): Promise<Looked> => {
  const { answer, isWaiting } = await put(who, typeof typing === 'string' ? { text: typing } : typing, where);
  if (isWaiting) await talk().limits.pass(PAUSE_MS);
  return answer;
};

/** Types letter by letter, without a pause between them; gives what the last letter is answered. */
const type = async (who: Who, text: string, where: Where): Promise<Looked> => {
  for (let length = 1; length < text.length; length += 1)
    await put(who, { text: text.slice(0, length) }, where);
  return look(who, text, where);
};

const read = (looked: Looked): string =>
  'words' in looked
    ? `(${looked.words})\n`
    : looked.results.map(({ title, text }) => `* ${title}\n  ${text}\n`).join('');

const tapOf = (looked: Looked, nth = 0): unknown =>
  'results' in looked ? looked.results[nth]?.tap : undefined;

const pick = (who: Who, tap: unknown, conversationId: string): Promise<Sent> =>
  talk().demo.chat.pick(PEOPLE[who].oid, conversationId, tap);

// What is frozen has ids that are new in every run.
const readSent = (sent: Sent): string =>
  'words' in sent
    ? `(${sent.words})\n`
    : textOf(sent.sent).replace(/(?:[\da-f]{8} ?){8}/, '(the hash of the rows)');

const requests = (path: string): number => talk().demo.graph.count(path);

const entries = (): readonly { readonly kind: string; readonly body: string }[] => {
  const database = new Database(talk().data, { readonly: true });
  try {
    return database.prepare('select kind, body from ledger order by seq').all() as never;
  } finally {
    database.close();
  }
};

test(
  'a story: somebody searches while writing, and sends what is found into the incident’s thread',
  async () => {
    const { chat } = talk().demo;
    const told: string[] = [];
    const tell = (doing: string, text: string): void => void told.push(`> ${doing}\n\n${text}`);

    await talk().say('analyst', 'this is incident INC-204', 'channel');
    const thread = talk().newest('analyst', 'channel').conversationId;
    tell(
      'Maya opens the search in the group',
      read(await look('analyst', { text: '', first: true }, 'group')),
    );
    const found = await type('analyst', 'flagged for user@contoso.com', 'group');
    tell('Maya types "flagged for user@contoso.com" there', read(found));
    tell(
      '… goes on: " from NG"',
      read(await look('analyst', 'flagged for user@contoso.com from NG', 'group')),
    );
    tell('… and has an unfinished name', read(await look('analyst', 'flagged for user@con', 'group')));

    const sent = await pick('analyst', tapOf(found, 1), thread);
    tell('Maya picks the second one in the thread of INC-204', readSent(sent));
    if (!('sent' in sent)) throw new Error(sent.words);
    const { id, conversationId, authorId } = sent.sent;
    expect([conversationId, authorId]).toEqual([thread, PEOPLE.analyst.oid]);

    for (const button of ['Verify', 'Refresh']) {
      const turn = await chat.press(PEOPLE.outsider.oid, thread, id, button);
      const shown = [...turn.answers.map(textOf), ...(turn.toast === null ? [] : [`(${turn.toast})\n`])];
      const text =
        shown.length > 0
          ? shown.join('\n')
          : textOf(chat.messages(thread, PEOPLE.outsider.oid).at(-1) ?? sent.sent);
      tell(
        `Ines, who has no role, presses [${button}]`,
        text.replace(/(?:[\da-f]{8} ?){8}/g, '(the hash of the rows)'),
      );
    }
    tell('Maya opens the search again', read(await look('analyst', { text: '', first: true }, 'group')));
    tell('Ines types the same', read(await look('outsider', 'flagged for user@contoso.com', 'group')));
    tell('… and her own', read(await look('outsider', 'my sign-ins', 'group')));
    expectGolden(new URL('golden/search.txt', import.meta.url).pathname, told.join('\n'));
  },
  LONGEST_MS,
);

describe('a search in the compose box', () => {
  test('costs two requests at most: one for the roles, one for the sign-ins', async () => {
    talk().wait(3_600_000);
    const before = requests('/');
    await type('secondAnalyst', 'flagged last 3 hours', 'personal');
    await look('secondAnalyst', 'flagged last 3 hours ');
    await look('secondAnalyst', 'flagged last 3 hours at risk');
    expect(requests('/') - before).toBe(2);
  });

  test('leaves one entry for each question that was answered, and the share its own', async () => {
    const before = entries().length;
    await look('helpDesk', 'flagged last 3 days');
    const found = await look('helpDesk', 'flagged last 3 days for user@contoso.com');
    await look('helpDesk', 'flagged last 3 days for user@contoso.com ');
    await pick('helpDesk', tapOf(found), place('helpDesk', 'group'));
    const left = entries()
      .slice(before)
      .map(({ kind, body }) => `${kind} ${JSON.parse(body).command ?? ''}`.trim());
    expect(left).toEqual(['question search', 'question search', 'shared']);
    expect(
      entries()
        .map(({ body }) => body)
        .join(),
    ).not.toMatch(/contoso/);
  });

  test('takes no number away from what was shown in the chat', async () => {
    await talk().say('analyst', 'flagged last 4 days', 'group');
    await look('analyst', 'at risk last 4 days', 'group');
    expect(await talk().say('analyst', 'what filter did you use', 'group')).toMatch(
      /flaggedForReview eq true/,
    );
  });

  test('the ids of somebody’s own sign-ins give nothing to whoever may not read them', async () => {
    const tap = tapOf(await look('outsider', 'my sign-ins last 7 days'));
    expect(tap).toBeDefined();
    const taken = (who: Who): Promise<Sent> => pick(who, tap, place(who, 'group'));
    // A guest with a role may read; without one nobody may, and in a group not even Ines.
    expect(await taken('guest')).toHaveProperty('sent');
    expect(await taken('outsider')).toEqual({
      words: expect.stringMatching(/^Your own sign-ins are not shown here/),
    });
    expect(await taken('eligible')).toEqual({
      words: expect.stringMatching(/^You may not read other people/),
    });
  });

  test('is answered in time, however slow Graph is, and found with the next letter', async () => {
    const { promise: read, resolve: answer } = Promise.withResolvers<void>();
    const effect = { kind: 'hold', until: () => Promise.all([talk().limits.pass(ANSWER_MS), read]) } as const;
    talk().demo.graph.faults.push({ path: '/auditLogs/signIns', times: 1, effect });
    expect(await look('analyst', 'flagged last 5 days')).toEqual({
      words: expect.stringMatching(/^Still reading/),
    });
    const next = look('analyst', 'flagged last 5 days ');
    answer();
    expect(await next).toHaveProperty('results');
  });

  test('survives whatever Teams sends', async () => {
    const at = place('analyst', 'personal');
    for (const tap of [null, 'text', 7, [], { result: 'x' }, { result: '../../etc/passwd', row: "'; drop" }])
      expect(await pick('analyst', tap, at)).toHaveProperty('words');
    expect(await look('analyst', { text: 'flagged last 3 hours', skip: 1_000_000 })).toEqual({
      words: expect.stringMatching(/^There are no more results/),
    });
  });
});
