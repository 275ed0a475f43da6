import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GraphFailure } from '../../../src/entra/graph-problem.ts';
import { LedgerFailure } from '../../../src/entra/ledger-event.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { signIn } from '../../graph/support/rows.ts';
import { answerWith } from '../../support/answer.ts';
import {
  ANNA,
  BEN,
  type ComposeBox,
  type ComposeBoxOptions,
  composeBox,
  GROUP,
  itemsIn,
  LOG,
  rowsIn,
  wordsIn,
} from '../../support/compose-box.ts';
import { type Limits, takeLimits } from '../../support/limits.ts';

let store: Store;
let limits: Limits;
beforeEach(async () => {
  limits = takeLimits();
  store = await openStore(':memory:');
});
afterEach(async () => {
  limits.release();
  await store.close();
});

const open = (options: ComposeBoxOptions = {}) => composeBox(store, options);

const FLAGGED = 'flagged for user@contoso.com';

/** These pass only when a test says so. */
const PAUSE_MS = 60_000;
const ANSWER_MS = 600_000;
const TYPING = { settings: { search: { pauseMs: PAUSE_MS, answerMs: ANSWER_MS } } };

/** Has Graph answer only once `give` was called; `asked` resolves when it was asked. */
const held = () => {
  const { promise, resolve: give } = Promise.withResolvers<void>();
  const options: ComposeBoxOptions = { answer: (whole) => promise.then(() => whole) };
  const asked = async ({ asked: all }: ComposeBox): Promise<void> => {
    while (all.length === 0) await sleep(1);
  };
  return { options, give, asked };
};

describe('typing', () => {
  test('asks Graph once, at the pause, and letters before it are answered at once', async () => {
    const box = open(TYPING);
    const answers = await box.type(FLAGGED, 5, () => limits.pass(PAUSE_MS));
    expect(box.asked).toHaveLength(1);
    expect(rowsIn(answers.at(-1) ?? { message: '' })).toEqual(['row-1', 'row-2']);
    // "flag" and "flagged" read as whole questions, and were typed over.
    expect(wordsIn(answers[3] ?? {})).toMatch(/^Keep typing/);
  });

  test.each(['flagged f', 'flagged for user@con', 'flagged for user@contoso.c', '66ea54eb-6301', 'fla'])(
    '"%s" is no whole question, and asks nothing',
    async (text) => {
      const box = open();
      expect(wordsIn(await box.search(text))).toMatch(/^(Not a whole question yet|Keep typing)/);
      expect([box.asked, box.entries]).toEqual([[], []]);
    },
  );

  test.each(['help', 'what is 50126', 'confirm compromised #1 reason: no', 'approve CR-1001', 'incidents'])(
    '"%s" is said in a chat, not here',
    async (text) => {
      const box = open();
      expect(wordsIn(await box.search(text))).toBe(
        'Here sign-ins are searched. Say that to Flagman in a chat.',
      );
      expect(box.entries).toEqual([]);
    },
  );

  test('a question that is typed over is not asked, whatever is typed', async () => {
    for (const [next, words] of [
      ['flagged f', /^Not a whole question yet/],
      ['', /^Type a question/],
    ] as const) {
      const box = open(TYPING);
      const first = box.search('flagged');
      expect(wordsIn(await box.search(next))).toMatch(words);
      expect(wordsIn(await first)).toMatch(/^Keep typing/);
      expect(box.asked).toEqual([]);
    }
  });

  test('the letters of two people, or in two chats, do not meet', async () => {
    const box = open();
    const answers = await Promise.all([
      box.search('flagged'),
      box.search('at risk', { person: BEN }),
      box.search('failed', { place: GROUP }),
    ]);
    expect(answers.map((answer) => rowsIn(answer).length)).toEqual([3, 1, 3]);
  });

  test('a space at the end asks nothing anew, while Graph is asked and after', async () => {
    const { options, give, asked } = held();
    const box = open(options);
    const first = box.search('flagged');
    await asked(box);
    const second = box.search('flagged ');
    await sleep(20);
    give();
    expect(rowsIn(await second)).toHaveLength(3);
    expect(rowsIn(await first)).toHaveLength(3);
    expect(rowsIn(await box.search('flagged  '))).toHaveLength(3);
    expect(box.asked).toHaveLength(1);
    expect(box.entries).toHaveLength(1);
  });

  test('far too much text is answered as anywhere', async () => {
    expect(wordsIn(await open().search('flagged '.repeat(25_000)))).toMatch(/more than 4 KB/);
  });
});

describe('what is known', () => {
  test('answers the longer question without asking, and each question stands in the ledger once', async () => {
    const box = open();
    await box.search('flagged');
    for (const text of [FLAGGED, `${FLAGGED} `, FLAGGED])
      expect(rowsIn(await box.search(text))).toEqual(['row-1', 'row-2']);
    expect(rowsIn(await box.search('flagged for user@contoso.com at risk'))).toEqual(['row-1']);
    expect(box.asked).toHaveLength(1);
    expect(box.entries).toMatchObject([
      { command: 'search', rows: 3, named: { users: [] } },
      { command: 'search', rows: 2, named: { users: ['user@contoso.com'] } },
      { command: 'search', rows: 1 },
    ]);
  });

  test('answers the longer question also when Graph is still being asked the shorter one', async () => {
    const { options, give, asked } = held();
    const box = open(options);
    const first = box.search('flagged');
    await asked(box);
    const second = box.search(FLAGGED);
    await sleep(40);
    give();
    expect(rowsIn(await second)).toEqual(['row-1', 'row-2']);
    await first;
    expect(box.asked).toHaveLength(1);
  });

  test('is shown at once, without waiting for a pause', async () => {
    const box = open(TYPING);
    const first = box.search('flagged');
    await limits.pass(PAUSE_MS);
    await first;
    expect(rowsIn(await box.search(FLAGGED))).toEqual(['row-1', 'row-2']);
    expect(limits.set(PAUSE_MS)).toBe(1);
  });

  test('is nobody else’s', async () => {
    const box = open();
    await box.search('flagged');
    await box.search('flagged', { person: BEN });
    expect(box.asked).toHaveLength(2);
  });

  test('is forgotten after a minute', async () => {
    const box = open();
    await box.search('flagged');
    box.pass(59_999);
    await box.search('flagged');
    expect(box.asked).toHaveLength(1);
    box.pass(1);
    await box.search('flagged');
    expect(box.asked).toHaveLength(2);
  });

  test('says of nobody that they have no sign-ins unless everything was read', async () => {
    const box = open();
    await box.search('flagged');
    const none = wordsIn(await box.search('flagged for nobody@contoso.com'));
    expect(none).toMatch(/^No flagged interactive sign-ins match from 2026-11-20 12:00 UTC to /);
    expect(none).toMatch(/Everything in this scope was read.*interactive sign-ins only.*may still arrive/);

    const verdict = { finished: false, why: 'capped' } as const;
    const capped = open({ answer: (whole) => ({ ...whole, verdict, rows: [] }) });
    expect(wordsIn(await capped.search('flagged'))).toMatch(/^Not known: the page limit was reached/);
    await capped.search('flagged for nobody@contoso.com');
    expect(capped.asked).toHaveLength(2);
  });
});

describe('the list', () => {
  test('has who, when, result and risk on each line, and says at its end how complete it is', async () => {
    const items = itemsIn(await open().search(FLAGGED));
    expect(items[0]).toEqual({
      title: 'user@contoso.com',
      text: '2026-11-21 11:00:00 UTC · FAILED 50126 · AT RISK · FLAGGED · Wrong password, or the user name does not go with it.',
      pick: { result: expect.stringMatching(/^[\w-]{32}$/), row: 'row-1' },
      unasked: expect.stringMatching(/Say "sign-in row-1" to Flagman/),
    });
    expect(items.at(-1)).toMatchObject({ title: '2 flagged sign-ins', pick: {} });
    expect(items.at(-1)?.text).toMatch(/^Everything in this scope was read · asked 0 s ago · From /);
  });

  test('tells nothing of the tenant to a client that does not ask for what was picked', async () => {
    const items = itemsIn(await open().search('flagged'));
    expect(JSON.stringify(items.map(({ unasked }) => unasked))).not.toMatch(/contoso|203\.0\.113|50126/);
  });

  test('goes on page by page to its end, and then says so', async () => {
    const log = Array.from({ length: 30 }, (_, index) => signIn({ id: `row-${index}` }));
    const box = open({ log });
    const pages = [];
    for (const skip of [0, 25, 50]) pages.push(await box.search('flagged', { skip }));
    expect(pages.slice(0, 2).flatMap(rowsIn)).toEqual(log.map(({ id }) => id));
    expect(itemsIn(pages[1] ?? { message: '' }).at(-1)?.title).toBe('30 flagged sign-ins');
    expect(wordsIn(pages[2] ?? {})).toBe('There are no more results. 30 flagged sign-ins.');
    expect(box.asked).toHaveLength(1);
  });

  test('says on its first page when not everything was read', async () => {
    const log = Array.from({ length: 30 }, (_, index) => signIn({ id: `row-${index}` }));
    const verdict = { finished: false, why: 'throttled' } as const;
    const box = open({ log, answer: (whole) => ({ ...whole, verdict }) });
    const first = itemsIn(await box.search('flagged'));
    expect(first).toHaveLength(25);
    expect(first.at(-1)?.title).toBe('Not known: Graph asked to wait after 1 page; 30 found so far');
    expect(rowsIn(await box.search('flagged', { skip: 25 }))).toHaveLength(6);
  });

  test('what an attacker wrote into the log is plain text, and no link', async () => {
    const userPrincipalName =
      '[reset](https://evil.example)\u202e<at>all</at>$\u007bx}{{TIME(1)}}@contoso.com';
    const [item] = itemsIn(await open({ log: [signIn({ userPrincipalName })] }).search('flagged'));
    expect(item?.title).not.toMatch(/\]\(|\u202e|<at|\$\{|\{\{/);
    expect(item?.title).toContain('‹U+202E›');
  });
});

describe('an answer that takes long', () => {
  test('is promised in time, and shown with the next letter', async () => {
    const { options, give, asked } = held();
    const box = open({ ...options, settings: { search: { pauseMs: 5, answerMs: ANSWER_MS } } });
    const first = box.search('flagged');
    await asked(box);
    await limits.pass(ANSWER_MS);
    expect(wordsIn(await first)).toMatch(/^Still reading. Type a space/);
    give();
    expect(rowsIn(await box.search('flagged '))).toHaveLength(3);
    expect(box.asked).toHaveLength(1);
  });

  test('is not there when Graph refuses, which is said in words', async () => {
    const box = open({
      answer: () => {
        throw new GraphFailure({ kind: 'throttled', retryAfter: 30 });
      },
    });
    expect(wordsIn(await box.search('flagged'))).toMatch(/Graph/);
    expect(box.entries).toMatchObject([{ rows: 0, verdict: 'failed' }]);
  });
});

describe('without a right', () => {
  const nobody = { rolesOf: async () => ({ ok: true, value: [] }) as const };

  test('nothing is shown or asked, and the refusal stands in the ledger', async () => {
    const box = open(nobody);
    expect(wordsIn(await box.search('flagged'))).toMatch(/^You may not read other people’s sign-ins here/);
    expect(box.asked).toEqual([]);
    expect(box.entries).toMatchObject([{ kind: 'refusal', command: 'search', verdict: 'role-needed' }]);
  });

  test('nothing is shown while roles cannot be read', async () => {
    const box = open({ rolesOf: async () => ({ ok: false, error: { kind: 'timeout' } }) });
    expect(wordsIn(await box.search('flagged'))).toMatch(/^Your roles cannot be verified/);
    expect(box.asked).toEqual([]);
  });

  test('what was known is not shown any more once the role is gone', async () => {
    let value = ['reader'];
    const box = open({ rolesOf: async () => ({ ok: true, value }) });
    await box.search('flagged');
    value = [];
    expect(wordsIn(await box.search(FLAGGED))).toMatch(/^You may not read/);
    expect(wordsIn(await box.search('', { isFirst: true }))).toMatch(/^Type a question/);
    expect(box.entries).toMatchObject([{ kind: 'question' }, { kind: 'refusal' }]);
  });

  test('one’s own sign-ins are found in the personal chat only', async () => {
    const log = [signIn({ id: 'mine', userId: ANNA.id }), ...LOG];
    const box = open({ ...nobody, log });
    expect(rowsIn(await box.search('my sign-ins'))).toEqual(['mine']);
    expect(wordsIn(await box.search('my sign-ins', { place: GROUP }))).toMatch(
      /^Your own sign-ins are not shown here/,
    );
  });
});

describe('what is not on record', () => {
  test('is not shown, then or later', async () => {
    let isBroken = true;
    const box = open({
      append: async () => {
        if (isBroken) throw new LedgerFailure('down');
      },
    });
    expect(wordsIn(await box.search('flagged'))).toMatch(/^This could not be written into the ledger/);
    isBroken = false;
    expect(rowsIn(await box.search('flagged'))).toHaveLength(3);
    expect(box.entries).toHaveLength(1);
    isBroken = true;
    expect(wordsIn(await box.search(FLAGGED))).toMatch(/^This could not be written into the ledger/);
  });
});

describe('how fast somebody may ask', () => {
  const three = { settings: { questionsPerMinute: 3 } };

  test('letters lock nobody out', async () => {
    const box = open({ settings: { ...three.settings, ...TYPING.settings } });
    await box.type('flagged for user@con', 1);
    const whole = box.search(FLAGGED);
    await limits.pass(PAUSE_MS);
    expect(rowsIn(await whole)).toHaveLength(2);
  });

  test('is no faster than in a chat', async () => {
    const box = open(three);
    for (const text of ['flagged', 'at risk', 'failed', 'failed'])
      expect(itemsIn(await box.search(text)).length).toBeGreaterThan(0);
    expect(wordsIn(await box.search('interrupted sign-ins'))).toMatch(/^Too many messages from you/);
    expect(wordsIn(await box.search(FLAGGED))).toMatch(/^Too many messages from you/);
    expect(box.asked).toHaveLength(3);
    box.pass(60_000);
    expect(rowsIn(await box.search(FLAGGED))).toHaveLength(2);
  });

  test('letters have an end as well', async () => {
    const box = open(three);
    const answers = [];
    for (let letter = 0; letter < 61; letter += 1) answers.push(wordsIn(await box.search('f')));
    expect(answers[59]).toMatch(/^Not a whole question yet/);
    expect(answers[60]).toMatch(/^Too many messages from you/);
  });
});

describe('a search that was just opened', () => {
  const first = { isFirst: true };

  test('says what to type where nothing was asked before', async () => {
    const box = open();
    expect(wordsIn(await box.search('', first))).toMatch(/^Type a question, such as/);
    expect(box.entries).toEqual([]);
  });

  test('shows the newest sign-ins of what one asked last, on record once', async () => {
    const box = open();
    await box.search('for ben@contoso.com');
    await box.search('flagged at risk');
    box.pass(30_000);
    const items = itemsIn(await box.search('', first));
    expect(items.map(({ pick }) => pick.row)).toEqual(['row-1', undefined]);
    expect(items.at(-1)?.text).toMatch(/^"flagged at risk", asked 30 s ago\. Type a question/);
    await box.search('   ');
    expect(box.entries).toHaveLength(3);
    expect(box.entries[2]).toMatchObject({ command: 'search', rows: 1 });
  });

  test('shows what was asked in chats, each sign-in once, the newest first', async () => {
    const box = open();
    const answerOf = async (where: string, ids: readonly string[], readingId: string): Promise<void> => {
      const rows = LOG.filter(({ id }) => ids.includes(id));
      const answer = answerWith(rows, { readingId });
      const shown = { personId: ANNA.id, asked: where, notes: [], aboutMe: false, answer };
      box.pass(1);
      await store.results.show(shown, { personId: ANNA.id, conversationId: where, first: 0 }, Date.now());
    };
    await answerOf('chat', ['row-3', 'row-2'], 'one');
    await answerOf('channel', ['row-2', 'row-1'], 'two');
    expect(rowsIn(await box.search('', first))).toEqual(['row-1', 'row-2', 'row-3']);
    expect(wordsIn(await box.search('', { ...first, person: BEN }))).toMatch(/^Type a question/);
    expect(wordsIn(await box.search('', { ...first, skip: 25 }))).toMatch(/^Type a question/);
  });

  test('shows one’s own sign-ins without a role in the personal chat, and nowhere else', async () => {
    const box = open({
      rolesOf: async () => ({ ok: true, value: [] }),
      log: [signIn({ id: 'mine', userId: ANNA.id })],
    });
    await box.search('my sign-ins');
    expect(rowsIn(await box.search('', first))).toEqual(['mine']);
    expect(wordsIn(await box.search('', { ...first, place: GROUP }))).toMatch(/^Type a question/);
  });
});
