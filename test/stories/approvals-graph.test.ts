import { expect, test } from '@jest/globals';
import type { Effect, Fault } from '../../src/demo/graph/faults.ts';
import { type Shift, shifts, tale } from '../support/shift.ts';

const MINUTE = 60_000;
const LOG = '/auditLogs/signIns';

const answer = (status: number, more: object = {}): Effect => ({ kind: 'answer', status, ...more });

/** What goes wrong with the next change, before it is done or after. */
const strike = ({ talk }: Shift, effect: Effect, more: Partial<Fault> = {}): void => {
  talk.demo.graph.faults.push({ path: LOG, method: 'POST', times: 1, effect, ...more });
};

/** What goes wrong with every reading of the log until it is mended. */
const blind = ({ talk }: Shift): void => {
  talk.demo.graph.faults.push({ path: LOG, method: 'GET', effect: answer(403) });
};

const mend = ({ talk }: Shift): void => {
  talk.demo.graph.faults.length = 0;
  talk.demo.graph.behaviour.lag = 0;
};

const DISMISSED = {
  riskState: 'dismissed',
  riskDetail: 'adminDismissedAllRiskForUser',
  riskLevelAggregated: 'none',
};
const CONFIRMED = {
  riskState: 'confirmedCompromised',
  riskDetail: 'adminConfirmedUserCompromised',
  riskLevelAggregated: 'high',
};

/** Asks and approves while something goes wrong; gives what the approver reads then. */
const approved = async (shift: Shift, effect?: Effect, more?: Partial<Fault>) => {
  const asked = await shift.ask();
  if (effect) strike(shift, effect, more);
  return { ...asked, seen: await shift.press('approver', 'Approve', 'group') };
};

const AFTER = { after: 'done' } as const;

shifts('a change that Graph does not simply do', {}, (shift) => {
  test.each<[string, Effect, Partial<Fault>, RegExp, number]>([
    ['429: it is sent again', answer(429), {}, /Approved, (?:being|to be) carried out/, 2_000],
    [
      '503 before it was done: it is read back, and sent again',
      answer(503),
      {},
      /Sent; Flagman is reading back/,
      MINUTE,
    ],
    [
      'a cut before it was done: it is read back, and sent again',
      { kind: 'cut' },
      {},
      /Sent; Flagman is reading/,
      MINUTE,
    ],
    ['504 after it was done: it is found done', answer(504), AFTER, /Sent; Flagman is reading/, 2_000],
    ['a cut after it was done: it is found done', { kind: 'cut' }, AFTER, /Sent; Flagman is reading/, 2_000],
    [
      'half an answer after it was done: it is found done',
      answer(502, { body: '{"er' }),
      AFTER,
      /Sent; Flagman/,
      2_000,
    ],
  ])('%s, once', async (_, effect, more, says, milliseconds) => {
    const { signIn, seen } = await approved(shift(), effect, more);
    expect(seen).toMatch(says);
    // Reading goes on meanwhile, in pauses that grow.
    for (let passed = 0; passed < milliseconds; passed += 30_000)
      await shift().later(Math.min(milliseconds, 30_000), 'approver', 'group');
    await shift().later(2_000, 'approver', 'group');
    expect(await shift().look('approver', /^## CR-/, 'group')).toMatch(
      /^Done$[\s\S]*DONE: AT RISK · high → CONFIRMED/m,
    );
    expect(shift().effectsOn(signIn)).toBe(1);
    mend(shift());
  });

  test('a log that shows it late: it is not sent again meanwhile', async () => {
    shift().talk.demo.graph.behaviour.lag = 45_000;
    const { signIn, seen } = await approved(shift(), answer(504), AFTER);
    expect(seen).toMatch(/Sent; Flagman is reading back/);
    for (const pause of [2_000, 10_000, 25_000]) await shift().later(pause, 'approver', 'group');
    expect(shift().effectsOn(signIn)).toBe(1);
    expect(await shift().later(30_000, 'approver', 'group')).toMatch(/found done when it was read back/);
    expect(shift().effectsOn(signIn)).toBe(1);
    mend(shift());
  });

  test('a log that never shows what Graph accepted: it is not asked for ever', async () => {
    const { talk, later, effectsOn } = shift();
    talk.demo.graph.behaviour.lag = 60 * MINUTE;
    const { signIn, seen } = await approved(shift());
    expect(seen).toMatch(/Graph accepted it and is still processing/);
    await later(16 * MINUTE, 'approver', 'group');
    const before = talk.demo.graph.count(LOG);
    await later(16 * MINUTE, 'approver', 'group');
    expect(talk.demo.graph.count(LOG)).toBe(before);
    expect(effectsOn(signIn)).toBe(1);
    mend(shift());
  });

  tale(
    shift,
    'approvals-not-risky',
    'what is not risky is refused by Graph, and the card says what to do',
    async (all) => {
      const rows = all.talk.demo.graph.tenant.signIns;
      const [{ id } = { id: '' }] = rows
        .filter((row) => row.riskState === 'none' && row.isInteractive)
        .slice(-1);
      await all.say('analyst', `confirm compromised ${id} reason: not Sam, INC-207`, 'group');
      await all.press('approver', 'Approve', 'group');
      await all.later(MINUTE, 'approver', 'group');
    },
  );

  tale(
    shift,
    'approvals-not-allowed',
    'what the app is not allowed to do, or Graph does not know, has failed',
    async (all) => {
      const forbidden = {
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      };
      const { signIn } = await approved(all, answer(403, forbidden));
      const missing = await approved(all, answer(404, { code: 'ResourceNotFound' }));
      await all.later(MINUTE, 'approver', 'group');
      expect([signIn, missing.signIn].map(all.effectsOn)).toEqual([0, 0]);
    },
  );

  tale(
    shift,
    'approvals-conflict',
    'a decision that a person makes elsewhere before it is sent stands',
    async (all) => {
      const { signIn, cr } = await all.ask();
      await all.approveAnd(() => all.talk.demo.graph.decide(signIn, DISMISSED));
      await all.say('analyst', `history ${cr}`);
      expect(all.effectsOn(signIn)).toBe(0);
    },
  );

  tale(
    shift,
    'approvals-already',
    'what somebody did already counts as done, and is not sent',
    async (all) => {
      const { signIn } = await all.ask();
      await all.approveAnd(() => all.talk.demo.graph.decide(signIn, CONFIRMED));
      expect(all.effectsOn(signIn)).toBe(0);
    },
  );

  tale(shift, 'approvals-partly', 'of several sign-ins each is told how it ended', async (all) => {
    const [first, second, third] = [all.risky(), all.risky(), all.risky()];
    await all.say('analyst', `confirm compromised ${first} ${second} ${third} reason: same address`, 'group');
    strike(all, answer(400, { code: 'BadRequest', message: 'not risky' }));
    await all.approveAnd(() => all.talk.demo.graph.decide(second, DISMISSED), 3);
    expect([first, second, third].map(all.effectsOn).toSorted()).toEqual([0, 0, 1]);
  });

  tale(
    shift,
    'approvals-unknown',
    'what nobody can tell is unknown, and resolved by who may decide',
    async (all) => {
      const { signIn, cr } = await approved(all, { kind: 'cut' });
      blind(all);
      await all.later(31 * MINUTE, 'approver', 'group');
      mend(all);
      await all.say('outsider', `resolve ${cr} as done`, 'group');
      await all.say('approver', 'pending approvals');
      await all.say('approver', `resolve ${cr}`, 'group');
      await all.press('analyst', 'It was done', 'group');
      await all.press('approver', 'It was not done', 'group');
      await all.say('globalAdmin', `resolve ${cr} as done`, 'group');
      await all.say('globalAdmin', `history ${cr}`);
      expect(all.effectsOn(signIn)).toBe(0);
    },
  );

  test('what was done and is resolved by text is said to be done by who looked', async () => {
    const { signIn, cr } = await approved(shift(), { kind: 'cut' }, AFTER);
    blind(shift());
    await shift().later(31 * MINUTE, 'approver', 'group');
    mend(shift());
    await shift().say('globalAdmin', `resolve ${cr} as done`);
    expect(await shift().look('approver', RegExp(`^## ${cr}`), 'group')).toMatch(
      /^Done$[\s\S]*DONE, says the person who looked/m,
    );
    expect(shift().effectsOn(signIn)).toBe(1);
  });
});
