import { describe, expect, test } from '@jest/globals';
import { layOut } from '../../src/demo/chat/conversations.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { isPostgresUrl } from '../../src/lib/postgres-url.ts';
import { textOf } from '../support/conversation.ts';
import { type Shift, shifts, tale } from '../support/shift.ts';

const LOG = '/auditLogs/signIns';

/** How many cards of a request stand in the group chat. */
const cardsOf = ({ talk }: Shift, cr: string): number =>
  talk.demo.chat
    .messages(talk.demo.chat.group.id, PEOPLE.outsider.oid)
    .filter((seen) => textOf(seen).startsWith(`## ${cr} `)).length;

/** Lets no entry be written into the ledger until it is mended. */
const stopLedger = async ({ ground }: Shift): Promise<() => Promise<void>> => {
  const isPostgres = isPostgresUrl(ground.data);
  if (isPostgres) {
    await ground.run(
      "create or replace function stop_it() returns trigger as $$ begin raise exception 'disk full'; end $$ language plpgsql",
    );
    await ground.run(
      'create trigger stop_it before insert on ledger for each row execute function stop_it()',
    );
    return async () => void (await ground.run('drop trigger stop_it on ledger'));
  }
  await ground.run(
    "create trigger stop_it before insert on ledger begin select raise(abort, 'disk full'); end",
  );
  return async () => void (await ground.run('drop trigger stop_it'));
};

shifts('a change', {}, (shift) => {
  describe('goes on after a restart of the bot', () => {
    test('before its card is there: the card comes, and can be decided on', async () => {
      const { talk, ask, press, effectsOn, look, rest } = shift();
      talk.demo.chat.faults.add({ answer: 429, method: 'POST', retryAfter: 3600 });
      const asked = ask();
      await expect(asked).rejects.toThrow(/This is about no request/);
      await talk.restart();
      talk.wait(5_000);
      await rest();
      expect(await look('approver', /^## CR-1001/, 'group')).toMatch(/Waiting for a decision/);
      await press('approver', 'Approve', 'group');
      expect(talk.demo.graph.effects).toHaveLength(1);
      expect(effectsOn(talk.demo.graph.effects[0]?.requestId ?? '')).toBe(1);
    });

    test('while it waits: the old button counts', async () => {
      const { talk, ask, press, effectsOn } = shift();
      const { signIn } = await ask();
      await talk.restart();
      await press('approver', 'Approve', 'group');
      expect(effectsOn(signIn)).toBe(1);
    });

    test.each(['claimed', 'permitted', 'intended', 'performed', 'recorded'])(
      'when it was %s',
      async (moment) => {
        const { talk, ask, press, later, logged, look, effectsOn } = shift();
        const { signIn, cr } = await ask();
        talk.demo.graph.faults.push({ path: LOG, effect: { kind: 'delay', milliseconds: 40 } });
        const reached = logged(RegExp(`"${moment}"`));
        const pressing = press('approver', 'Approve', 'group');
        await reached;
        await talk.restart();
        talk.demo.graph.faults.length = 0;
        await pressing;
        await later(2_000, 'approver', 'group');
        expect(await look('approver', RegExp(`^## ${cr}`), 'group')).toMatch(/CONFIRMED COMPROMISED/);
        expect(effectsOn(signIn)).toBe(1);
      },
    );

    test('when nobody can tell how it ended, and when nobody can tell for good', async () => {
      const { talk, ask, press, later, say, look, effectsOn } = shift();
      const { signIn, cr } = await ask();
      const { faults } = talk.demo.graph;
      faults.push({ path: LOG, method: 'POST', after: 'done', times: 1, effect: { kind: 'cut' } });
      expect(await press('approver', 'Approve', 'group')).toMatch(/Sent; Flagman is reading back/);
      await talk.restart();
      faults.push({ path: LOG, method: 'GET', effect: { kind: 'answer', status: 403 } });
      expect(await later(31 * 60_000, 'approver', 'group')).toMatch(/^Unknown/m);
      await talk.restart();
      faults.length = 0;
      await say('approver', `resolve ${cr} as done`, 'group');
      expect(await look('approver', RegExp(`^## ${cr}`), 'group')).toMatch(/^Done$/m);
      expect(effectsOn(signIn)).toBe(1);
    });
  });

  describe('whose card Teams does not take', () => {
    test.each([
      ['429', { answer: 429 }],
      ['503 before it was posted', { answer: 503 }],
    ] as const)('at once (%s) has one in the end', async (_, fault) => {
      const { talk, say, risky, later } = shift();
      talk.demo.chat.faults.add({ ...fault, method: 'POST' });
      await say('analyst', `confirm compromised ${risky()} reason: user denies travel`, 'group');
      const [cr = ''] = /CR-\d+/.exec(await later(5_000, 'analyst', 'group')) ?? [];
      expect(cardsOf(shift(), cr)).toBe(1);
      await say('analyst', `withdraw ${cr}`, 'group');
    });

    test.each([[412], [502], [504], ['cut']] as const)(
      'for all it tells (%s), though it did, has a second one that says so',
      async (answer) => {
        const { talk, say, risky, later, look, press, effectsOn } = shift();
        const signIn = risky();
        talk.demo.chat.faults.add({ answer, method: 'POST', carriedOut: true });
        await say('analyst', `confirm compromised ${signIn} reason: user denies travel`, 'group');
        const [first] = talk.demo.chat.messages(talk.demo.chat.group.id, PEOPLE.approver.oid).slice(-1);
        const seen = await later(5_000, 'analyst', 'group');
        const [cr = ''] = /CR-\d+/.exec(seen) ?? [];
        expect(seen).toMatch(/This may be a repeat of an earlier message/);
        expect(cardsOf(shift(), cr)).toBe(2);
        // Somebody presses on the one that the bot does not know of.
        await press('approver', 'Approve', 'group', { ...(first && { old: first }) });
        expect(effectsOn(signIn)).toBe(1);
        expect(cardsOf(shift(), cr)).toBe(2);
        await later(2_000, 'analyst', 'group');
        expect(await look('outsider', RegExp(`^## ${cr}`), 'group')).toMatch(/^Done$/m);
        const all = talk.demo.chat.messages(talk.demo.chat.group.id, PEOPLE.outsider.oid);
        expect(all.filter(({ card }) => JSON.stringify(card).includes('"verb":"approve"'))).toEqual([]);
      },
    );

    test('any more, because the bot was removed, does no harm there, and is decided elsewhere', async () => {
      const { talk, tables, say, press, risky, effectsOn } = shift();
      const signIn = risky();
      talk.demo.chat.faults.add({ answer: 403, method: 'POST' });
      await say('analyst', `confirm compromised ${signIn} reason: user denies travel`, 'group');
      const cr = `CR-${await tables.newest()}`;
      await say('approver', cr);
      await press('approver', 'Approve', 'personal', { about: RegExp(cr) });
      expect(effectsOn(signIn)).toBe(1);
    });

    test('when it is edited is edited later, also for those who did not press', async () => {
      const { talk, ask, press, later, look } = shift();
      const { cr } = await ask();
      talk.demo.chat.faults.add({ answer: 429, method: 'PUT', retryAfter: 3600 });
      await press('approver', 'Reject', 'group', { inputs: { reason: 'No' } });
      await later(10_000, 'outsider', 'group');
      expect(await look('outsider', RegExp(`^## ${cr}`), 'group')).toMatch(/^Rejected$/m);
    });
  });

  describe('is on record or not at all', () => {
    tale(
      shift,
      'approvals-no-ledger',
      'where nothing can be written, nothing is asked for, decided or sent',
      async (all) => {
        const { signIn, cr } = await all.ask();
        const mend = await stopLedger(all);
        await all.say('analyst', `confirm compromised ${all.risky()} reason: user denies travel`, 'group');
        await all.press('approver', 'Approve', 'group');
        await all.press('outsider', 'Approve', 'group');
        await all.press('approver', 'Reject', 'group', { inputs: { reason: 'No' } });
        await all.say('approver', cr);
        expect(all.effectsOn(signIn)).toBe(0);
        await mend();
        await all.press('approver', 'Approve', 'group');
        expect(all.effectsOn(signIn)).toBe(1);
      },
    );

    test('where the intent cannot be written, nothing is sent until it can', async () => {
      const all = shift();
      const { talk, ask, approveAnd, logged, effectsOn } = all;
      const { signIn } = await ask();
      const seen = await approveAnd(async (goOn) => {
        const failed = logged(/"worker.failed"/);
        const mend = await stopLedger(all);
        goOn();
        await failed;
        expect(effectsOn(signIn)).toBe(0);
        await mend();
        // Its lease ends, and the worker has rested.
        talk.wait(46_000);
      });
      expect(seen).toMatch(/^Done$/m);
      expect(effectsOn(signIn)).toBe(1);
    });

    test.each([
      ['action', `replace(document, 'confirm-sign-in-compromised', 'dismiss-sign-in-risk')`],
      ['sign-in', `replace(document, 'SIGN-IN', '00000000-0000-4000-8000-000000000000')`],
      ['requester', `replace(document, '"id":"${PEOPLE.analyst.oid}"', '"id":"${PEOPLE.outsider.oid}"')`],
      ['end', `replace(document, '"expiresAt":1', '"expiresAt":9')`],
    ])('a request whose %s was edited in the store is void, and nothing is sent', async (_, edit) => {
      const { talk, ground, ask, press, later } = shift();
      const { signIn, cr } = await ask();
      const before = talk.demo.graph.effects.length;
      await ground.run(
        `update approvals set document = ${edit.replace('SIGN-IN', signIn)} where number = ${cr.slice(3)}`,
      );
      const seen = await press('approver', 'Approve', 'group');
      expect(seen).toMatch(/is void. The store holds something else than the ledger says was asked for/);
      expect(seen).toMatch(/^Void\nWhat is stored of it is not what the ledger says: it was edited/m);
      await later(60_000, 'approver', 'group');
      expect(talk.demo.graph.effects).toHaveLength(before);
    });

    test('a request whose sign-in was exchanged for one of lower risk is void, and not taken for a change of facts', async () => {
      const { talk, ground, ask, press, risky } = shift();
      const { signIn, cr } = await ask();
      const before = talk.demo.graph.effects.length;
      await ground.run(
        `update approvals set document = replace(document, '${signIn}', '${risky('low')}') where number = ${cr.slice(3)}`,
      );
      expect(await press('approver', 'Approve', 'group')).toMatch(/is void. The store holds something else/);
      expect(talk.demo.graph.effects).toHaveLength(before);
    });

    test('a request that was approved in the store alone is void, and nothing is sent', async () => {
      const { talk, ground, ask, later } = shift();
      const { cr } = await ask();
      const before = talk.demo.graph.effects.length;
      const approvedBy = `"decided":{"by":{"id":"${PEOPLE.approver.oid}","name":"Priya"},"at":1},"performBy":9999999999999,"state":"approved"`;
      await ground.run(
        `update approvals set state = 'approved', due_at = 0, document = replace(replace(document, '"state":"pending"', '${approvedBy}'), '"dueAt":', '"dueAt":0,"was":') where number = ${cr.slice(3)}`,
      );
      expect(await later(1_000, 'analyst', 'group')).toMatch(/^Void$/m);
      await later(60_000, 'approver', 'group');
      expect(talk.demo.graph.effects).toHaveLength(before);
    });
  });
});

const [GROUP, CHANNEL] = layOut(Object.values(PEOPLE), 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08').slice(-2);

describe.each([
  ['group', GROUP],
  ['channel', CHANNEL],
] as const)('with a %s for all requests', (where, conversation) => {
  shifts('a request', { environment: { APPROVALS_CONVERSATION: conversation?.id ?? '' } }, (shift) => {
    test('stands there too, is reminded of there, and can be decided there', async () => {
      const { say, look, later, press, risky, effectsOn } = shift();
      const signIn = risky();
      const asked = await say('analyst', `confirm compromised ${signIn} reason: user denies travel`);
      expect(asked).not.toMatch(/Nobody else reads this chat/);
      expect(await look('approver', /^## CR-1001/, where)).toMatch(/Waiting for a decision/);
      expect(await later(26 * 60_000, 'approver', where)).toMatch(/CR-1001 ends at/);
      await press('approver', 'Approve', where);
      expect(effectsOn(signIn)).toBe(1);
      await later(2_000, 'analyst');
      expect(await look('analyst', /^## CR-1001/)).toMatch(/^Done$/m);
      expect(await look('outsider', /^## CR-1001/, where)).toMatch(/^Done$/m);
    });
  });
});
