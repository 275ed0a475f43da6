import { expect, test } from '@jest/globals';
import { type Shift, shifts, tale } from '../support/shift.ts';

const MINUTE = 60_000;

type Risk = Parameters<Shift['talk']['demo']['graph']['decide']>[1];

const atRisk = (riskLevelAggregated: string): Risk => ({
  riskState: 'atRisk',
  riskDetail: 'none',
  riskLevelAggregated,
});

const DISMISSED: Risk = {
  riskState: 'dismissed',
  riskDetail: 'adminDismissedAllRiskForUser',
  riskLevelAggregated: 'none',
};

shifts('while a request waits', {}, (shift) => {
  tale(
    shift,
    'approvals-expired',
    'it is reminded of, expires, and is told to have expired',
    async ({ ask, later, effectsOn, find, press }) => {
      const { signIn } = await ask();
      const card = find('approver', /Waiting for a decision/, 'group');
      await later(20 * MINUTE, 'analyst', 'group');
      await later(6 * MINUTE, 'analyst', 'group');
      await later(4 * MINUTE, 'analyst', 'group');
      await press('approver', 'Approve', 'group', { old: card });
      expect(effectsOn(signIn)).toBe(0);
    },
  );

  test('H049: a press one millisecond after the end does not count, and the card says that it has expired', async () => {
    const { ask, talk, rest, press, find, effectsOn } = shift();
    const { signIn } = await ask();
    const old = find('approver', /Waiting for a decision/, 'group');
    // A press takes a millisecond itself.
    talk.wait(30 * MINUTE - 1);
    await rest();
    const seen = await press('approver', 'Approve', 'group', { old });
    expect(seen).toMatch(/has expired. It could be decided until .* Nothing was changed/);
    expect(seen).toMatch(/^Expired$/m);
    expect(effectsOn(signIn)).toBe(0);
  });

  tale(
    shift,
    'approvals-decided-elsewhere',
    'a decision that a person makes elsewhere voids it',
    async ({ talk, ask, later, find, press, say, effectsOn }) => {
      const { signIn, cr } = await ask();
      const old = find('approver', /Waiting for a decision/, 'group');
      talk.demo.graph.decide(signIn, DISMISSED);
      await later(MINUTE, 'analyst', 'group');
      await press('approver', 'Approve', 'group', { old });
      await say('analyst', `history ${cr}`);
      expect(effectsOn(signIn)).toBe(0);
    },
  );

  tale(
    shift,
    'approvals-risen',
    'a higher risk is said on the card, and the old button still counts',
    async ({ talk, ask, later, find, press, effectsOn }) => {
      const { signIn } = await ask('confirm compromised', 'low');
      const old = find('approver', /Waiting for a decision/, 'group');
      talk.demo.graph.decide(signIn, atRisk('high'));
      await later(MINUTE, 'analyst', 'group');
      await press('approver', 'Approve', 'group', { old });
      expect(effectsOn(signIn)).toBe(1);
    },
  );

  tale(
    shift,
    'approvals-lower',
    'a lower risk asks for a new press',
    async ({ talk, ask, later, find, press, effectsOn }) => {
      const { signIn } = await ask();
      const old = find('approver', /Waiting for a decision/, 'group');
      talk.demo.graph.decide(signIn, atRisk('low'));
      await later(MINUTE, 'analyst', 'group');
      await press('approver', 'Approve', 'group', { old });
      expect(effectsOn(signIn)).toBe(0);
      await press('approver', 'Approve', 'group');
      expect(effectsOn(signIn)).toBe(1);
    },
  );

  test('a risk that sinks between the press and the sending stops it', async () => {
    const { talk, ask, approveAnd, effectsOn, later } = shift();
    const { signIn } = await ask();
    const seen = await approveAnd(() => talk.demo.graph.decide(signIn, atRisk('low')));
    expect(seen).toMatch(/^Void\nThe risk has sunk since it was shown. Nothing was changed.$/m);
    expect(seen).toMatch(/NOT SENT: the risk has sunk since it was shown/);
    await later(MINUTE, 'approver', 'group');
    expect(effectsOn(signIn)).toBe(0);
  });

  test('facts that cannot be read now are looked at again later', async () => {
    const { talk, ask, later } = shift();
    const { signIn } = await ask();
    const { decide, faults } = talk.demo.graph;
    decide(signIn, DISMISSED);
    faults.push({ path: '/auditLogs/signIns', effect: { kind: 'answer', status: 403 } });
    expect(await later(MINUTE, 'analyst', 'group')).toBe('(nothing)\n');
    faults.length = 0;
    expect(await later(MINUTE, 'analyst', 'group')).toMatch(/^Void$/m);
  });

  test('H050: a press on a card that is decided already is told who decided and when', async () => {
    const { ask, press, find, effectsOn } = shift();
    const old = async () => {
      const asked = await ask();
      return { ...asked, card: find('approver', /Waiting for a decision/, 'group') };
    };
    const [rejected, withdrawn, done] = [await old(), await old(), await old()];
    await press('approver', 'Reject', 'group', { about: RegExp(rejected.cr), inputs: { reason: 'No' } });
    await press('analyst', 'Withdraw', 'group', { about: RegExp(withdrawn.cr) });
    await press('approver', 'Approve', 'group', { about: RegExp(done.cr) });
    const late = (who: 'analyst' | 'globalAdmin', { card }: typeof done) =>
      press(who, 'Approve', 'group', { old: card });
    const by = (name: string) => RegExp(`decided by “${name}” at 2026-11-21 1\\d:\\d\\d:\\d\\d UTC`);
    expect(await late('globalAdmin', rejected)).toMatch(by('Priya Raman'));
    expect(await late('globalAdmin', withdrawn)).toMatch(by('Maya Okafor'));
    expect(await late('globalAdmin', done)).toMatch(/is done: decided by “Priya Raman”/);
    expect(await late('analyst', done)).toMatch(/is done: decided by “Priya Raman”/);
    expect([rejected, withdrawn, done].map(({ signIn }) => effectsOn(signIn))).toEqual([0, 0, 1]);
  });
});
