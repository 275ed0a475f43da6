import { expect, test } from '@jest/globals';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { ROLES } from '../../src/demo/tenant/roles.ts';
import type { Who } from '../support/conversation.ts';
import { shifts, tale } from '../support/shift.ts';

const NOBODY = ['outsider', 'helpDesk', 'guest', 'eligible', 'regionalAdmin', 'customRole'] as const;

shifts('who may change what', {}, (shift) => {
  const assign = (who: Who, role: keyof typeof ROLES): void =>
    shift().talk.demo.graph.assign(PEOPLE[who].oid, ROLES[role]);
  const unassign = (who: Who, role: keyof typeof ROLES): void =>
    shift().talk.demo.graph.unassign(PEOPLE[who].oid, ROLES[role]);
  const setAccount = (who: Who, accountEnabled: boolean): void =>
    shift().talk.demo.graph.setAccount(PEOPLE[who].oid, { accountEnabled });

  tale(shift, 'approvals-refused', 'who may not is told what it takes', async (all) => {
    const { signIn, cr } = await all.ask();
    const { say, press, effectsOn } = all;
    for (const who of NOBODY) await press(who, 'Approve', 'group');
    await press('eligible', 'Reject', 'group', { inputs: { reason: 'I think not' } });
    await press('secondAnalyst', 'Withdraw', 'group');
    await press('analyst', 'Approve', 'group');
    await press('analyst', 'Reject', 'group', { inputs: { reason: 'I was wrong' } });
    for (const who of ['outsider', 'guest', 'eligible', 'regionalAdmin', 'customRole'] as const)
      await say(who, `confirm safe ${signIn} reason: known VPN`);
    expect(effectsOn(signIn)).toBe(0);
    await say('approver', `history ${cr}`);
    await say('analyst', `withdraw ${cr}`);
  });

  test('an account that was switched off does not decide, though it holds the role', async () => {
    const all = shift();
    const { signIn } = await all.ask();
    setAccount('approver', false);
    expect(await all.press('approver', 'Approve', 'group')).toMatch(/This account is disabled/);
    setAccount('approver', true);
    expect(all.effectsOn(signIn)).toBe(0);
    await all.press('approver', 'Approve', 'group');
    expect(all.effectsOn(signIn)).toBe(1);
  });

  test('a Global Administrator decides, and the card names the role', async () => {
    const all = shift();
    const { signIn } = await all.ask();
    const seen = await all.press('globalAdmin', 'Approve', 'group');
    expect(seen).toMatch(/Approved by .*Grace Whitfield.* as Global Administrator/);
    expect(all.effectsOn(signIn)).toBe(1);
  });

  tale(shift, 'approvals-roles-unknown', 'where Graph does not say who may, nobody may', async (all) => {
    const { talk, press, say, effectsOn } = all;
    const { signIn, cr } = await all.ask();
    const { faults } = talk.demo.graph;
    faults.push({ path: '/roleManagement', effect: { kind: 'answer', status: 403 } });
    await press('approver', 'Approve', 'group');
    await say('analyst', `confirm compromised ${all.risky()} reason: user denies travel`);
    faults.length = 0;
    faults.push({ path: '/users', effect: { kind: 'answer', status: 403 } });
    await press('approver', 'Approve', 'group');
    faults.length = 0;
    expect(effectsOn(signIn)).toBe(0);
    await say('analyst', `withdraw ${cr}`, 'group');
  });

  test('a role that is gone when the approver presses does not count', async () => {
    const { signIn } = await shift().ask();
    unassign('approver', 'securityAdministrator');
    expect(await shift().press('approver', 'Approve', 'group')).toMatch(/You do not hold the role/);
    assign('approver', 'securityAdministrator');
    expect(shift().effectsOn(signIn)).toBe(0);
    await shift().press('analyst', 'Withdraw', 'group');
  });

  tale(
    shift,
    'approvals-revoked',
    'H062: a role that is taken from the approver between the press and the sending revokes it, and nothing is sent',
    async (all) => {
      const { signIn, cr } = await all.ask();
      await all.approveAnd(() => unassign('approver', 'securityAdministrator'));
      assign('approver', 'securityAdministrator');
      await all.later(60_000, 'approver', 'group');
      expect(all.effectsOn(signIn)).toBe(0);
      await all.say('approver', `history ${cr}`);
    },
  );

  test('H063: a role that is taken from the requester between request and approval revokes it, and nothing is sent', async () => {
    const { signIn } = await shift().ask();
    unassign('analyst', 'securityReader');
    const seen = await shift().press('approver', 'Approve', 'group');
    expect(seen).toMatch(/Revoked\nA role was missing when it was to be carried out. Nothing was changed./);
    expect(seen).toMatch(/NOT SENT: a role was missing/);
    assign('analyst', 'securityReader');
    expect(shift().effectsOn(signIn)).toBe(0);
  });

  test('an account that is switched off meanwhile revokes it too', async () => {
    const { signIn } = await shift().ask();
    expect(await shift().approveAnd(() => setAccount('approver', false))).toMatch(/Revoked/);
    setAccount('approver', true);
    expect(shift().effectsOn(signIn)).toBe(0);
  });

  test('roles that cannot be told for a while: it is sent when they can, and only then', async () => {
    const all = shift();
    const { faults } = all.talk.demo.graph;
    const { signIn } = await all.ask();
    const roles = { path: '/roleManagement', effect: { kind: 'answer', status: 403 } } as const;
    expect(await all.approveAnd(() => faults.push(roles))).toMatch(
      /Approved, being carried out|Approved, to be/,
    );
    expect(all.effectsOn(signIn)).toBe(0);
    faults.length = 0;
    expect(await all.later(2_000, 'approver', 'group')).toMatch(/^Done$/m);
    expect(all.effectsOn(signIn)).toBe(1);
  });

  test('roles that cannot be told until its time is over: it has failed, and nothing was sent', async () => {
    const all = shift();
    const { faults } = all.talk.demo.graph;
    const { signIn } = await all.ask();
    const roles = { path: '/roleManagement', effect: { kind: 'answer', status: 403 } } as const;
    await all.approveAnd(() => faults.push(roles));
    expect(await all.later(15 * 60_000, 'approver', 'group')).toMatch(
      /NOT DONE: the time in which it may be carried out ran out/,
    );
    faults.length = 0;
    expect(all.effectsOn(signIn)).toBe(0);
  });
});

shifts(
  'a single approver',
  { environment: { APPROVALS: 'single', CONFIRM_SAFE_ROLES: ROLES.customOfTheSameName } },
  (shift) => {
    tale(
      shift,
      'approvals-single',
      'who holds the role confirms an own request on a card that asks once more',
      async ({ talk, say, press, look, risky, effectsOn }) => {
        const [first, second] = [risky(), risky()];
        await say('approver', `confirm compromised ${first} reason: user denies travel`, 'group');
        await press('approver', 'Approve', 'group');
        expect(effectsOn(first)).toBe(0);
        await look('globalAdmin', /Waiting for a decision/, 'group');
        await press('approver', 'Yes, I approve my own request', 'group');
        expect(effectsOn(first)).toBe(1);
        await say('analyst', `confirm compromised ${second} reason: user denies travel`, 'group');
        await press('analyst', 'Approve', 'group');
        await press('approver', 'Approve', 'group', { client: 'submit' });
        expect(effectsOn(second)).toBe(1);
        expect(talk.demo.graph.effects).toHaveLength(2);
      },
    );

    test('a custom role that is configured suffices, and a built-in one that is not does not', async () => {
      const all = shift();
      const { signIn } = await all.ask('confirm safe');
      expect(await all.press('globalAdmin', 'Approve', 'group')).toMatch(/You do not hold the role/);
      expect(all.effectsOn(signIn)).toBe(0);
      await all.press('customRole', 'Approve', 'group');
      expect(all.effectsOn(signIn)).toBe(1);
    });
  },
);

shifts('people told apart by their number', { environment: { ONE_PERSON: 'employeeId' } }, (shift) => {
  tale(
    shift,
    'approvals-one-person',
    'H043: the second account of whoever asked does not approve',
    async (all) => {
      const { signIn } = await all.ask();
      await all.press('analystAdmin', 'Approve', 'group');
      expect(all.effectsOn(signIn)).toBe(0);
      await all.press('approver', 'Approve', 'group');
      expect(all.effectsOn(signIn)).toBe(1);
    },
  );
});
