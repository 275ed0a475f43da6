import { describe, expect, test } from '@jest/globals';
import { LOOK_EVERY_MS } from '../../src/actions/approval/look.ts';
import {
  ANA,
  AT_RISK,
  approved,
  BEN,
  idOf,
  LATER,
  MINUTE,
  NOW,
  PERFORM_MS,
  pending,
  progressOf,
  SAFE,
  SECOND,
} from '../mutation/approvals.ts';
import { evidenceOf, Stage } from '../mutation/worker-stage.ts';

describe('right before it is sent', () => {
  test.each([
    ['the approver', BEN, 'perform-approver'],
    ['the requester', ANA, 'perform-requester'],
  ])('the lost role of %s stops it', async (_who, { id }, step) => {
    const stage = new Stage(approved(2));
    stage.roles.set(id, ['other']);
    await stage.round();
    expect(stage.posts).toEqual([]);
    expect(stage.told).not.toContain('permitted 1001');
    expect(stage.told).toContain('recorded 1001');
    expect(stage.approval.state).toBe('revoked');
    expect(stage.entries.filter(({ kind }) => kind === 'outcome')).toMatchObject([
      { facts: { refused: 'role-needed', step, why: 'role' } },
    ]);
  });

  test('the approver is named first where both may not any more', async () => {
    const stage = new Stage(approved());
    stage.roles.clear();
    stage.roles.set(ANA.id, []).set(BEN.id, []);
    await stage.round();
    expect(stage.entries.find(({ kind }) => kind === 'outcome')?.facts.step).toBe('perform-approver');
  });

  test.each(['ana', 'ben'].flatMap((who) => [`roles ${who}`, `account ${who}`]))(
    'it waits while the %s cannot be read',
    async (what) => {
      const stage = new Stage(approved());
      stage.unread.add(what);
      await stage.round();
      expect(stage.posts).toEqual([]);
      expect(stage.told).toContain('save quietly');
      expect(stage.approval).toMatchObject({ state: 'approved', dueAt: LATER + 2 * SECOND });
      stage.unread.clear();
      stage.now = LATER + 2 * SECOND;
      await stage.worker().run();
      expect(stage.posts).toHaveLength(1);
    },
  );

  test('it waits while the target cannot be read', async () => {
    const stage = new Stage(approved());
    stage.unread.add('inspect sign-in 1 for approvals');
    await stage.round();
    expect(stage.posts).toEqual([]);
    expect(progressOf(stage.approval)).toEqual([
      { at: 'waiting', attempts: 1, doubts: 0, dueAt: LATER + 2 * SECOND },
    ]);
    expect(stage.approval.state).toBe('approved');
  });

  test('a guest stops it for good', async () => {
    const stage = new Stage(approved());
    stage.accounts.set(BEN.id, { enabled: true, guest: true });
    await stage.round();
    expect(stage.approval.state).toBe('revoked');
    expect(stage.entries.find(({ kind }) => kind === 'outcome')?.facts.refused).toBe('guest');
  });

  test('a mode that became stricter counts: an own approval is not sent', async () => {
    const own = { ...approved(), decided: { by: ANA, at: LATER } };
    const stage = new Stage(own);
    stage.roles.set(ANA.id, ['reader', 'admin']);
    await stage.round();
    expect(stage.posts).toEqual([]);
    const single = new Stage(own);
    single.roles.set(ANA.id, ['reader', 'admin']);
    single.settings = { ...single.settings, mode: 'single' };
    await single.round();
    expect(single.posts).toHaveLength(1);
  });

  test('the roles that decide about this very action count', async () => {
    const stage = new Stage(approved());
    const { approverRoles } = stage.settings;
    stage.settings = {
      ...stage.settings,
      approverRoles: { ...approverRoles, 'confirm-sign-in-compromised': ['senior'] },
    };
    await stage.round();
    expect(stage.approval.state).toBe('revoked');
  });

  test('nobody may in the place of an approver who is not known', async () => {
    const { decided: _nobody, ...unknown } = approved();
    const stage = new Stage(unknown);
    stage.roles.set('', ['admin']);
    stage.accounts.set('', { enabled: true, guest: false });
    await stage.round();
    expect(stage.told).toContain('roles nobody ()');
    expect(stage.told).not.toContain('error worker.failed approval,error');
  });

  test('the time of a change is over while nothing can be read', async () => {
    const stage = new Stage(approved());
    stage.now = LATER + PERFORM_MS;
    await stage.round();
    expect(stage.posts).toEqual([]);
    expect(stage.approval.state).toBe('failed');
  });
});

describe('a row that somebody edited', () => {
  test('is never carried out, and says so', async () => {
    const stage = new Stage({ ...approved(2), reason: 'edited' });
    await stage.round();
    expect(stage.posts).toEqual([]);
    expect(stage.approval.state).toBe('void');
    expect(stage.entries.filter(({ kind }) => kind === 'outcome')).toMatchObject([
      { facts: { why: 'edited' } },
    ]);
    expect(stage.told).toContain('recorded 1001');
    expect(stage.told.filter((what) => what.startsWith('inspect'))).toEqual([]);
  });

  test('is void while it is pending, at the next look', async () => {
    const stage = new Stage(pending());
    stage.now = NOW + LOOK_EVERY_MS;
    stage.evidence = (approval) => ({ ...evidenceOf(approval), requesterId: BEN.id });
    expect(await stage.round()).toEqual(['evidence 1001', 'save voided', 'tended 1001']);
    expect(stage.approval.state).toBe('void');
  });
});

describe('a pending approval', () => {
  test('is reminded of in time, though it is not yet time for a look', async () => {
    const stage = new Stage({ ...pending(), remindAt: NOW });
    stage.now = NOW + LOOK_EVERY_MS - 1;
    expect(await stage.round()).toEqual(['evidence 1001', 'save facts', 'tended 1001']);
  });

  const look = ['evidence 1001', 'inspect sign-in 1 for watches', 'inspect sign-in 2 for watches'];

  test('is left alone until it is looked at again', async () => {
    const stage = new Stage(pending());
    stage.now = NOW + LOOK_EVERY_MS - 1;
    expect(await stage.round()).toEqual([]);
  });

  test('is looked at for nobody who waits', async () => {
    const stage = new Stage(pending(2));
    stage.now = NOW + LOOK_EVERY_MS;
    expect(await stage.round()).toEqual([...look, 'save quietly', 'tended 1001']);
    expect(stage.approval.lookAt).toBe(NOW + 2 * LOOK_EVERY_MS);
  });

  test('shows what a person decided elsewhere', async () => {
    const stage = new Stage(pending(2));
    stage.now = NOW + LOOK_EVERY_MS;
    stage.risks.set(idOf(2), SAFE);
    expect(await stage.round()).toEqual([...look, 'save voided', 'tended 1001']);
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'waiting' }, { at: 'conflict', now: SAFE }]);
  });

  test('is judged by all its facts or not at all', async () => {
    const stage = new Stage(pending(2));
    stage.now = NOW + LOOK_EVERY_MS;
    stage.risks.set(idOf(2), SAFE);
    stage.unread.add('inspect sign-in 1 for watches');
    expect(await stage.round()).toEqual([...look, 'save quietly', 'tended 1001']);
    expect(stage.approval).toMatchObject({ state: 'pending', lookAt: NOW + 2 * LOOK_EVERY_MS });
    expect(stage.approval.targets[1]?.before).toEqual(AT_RISK);
  });

  test('is reminded of, and ends, without being looked at', async () => {
    const stage = new Stage({ ...pending(), remindAt: NOW });
    stage.now = NOW + LOOK_EVERY_MS;
    expect(await stage.round()).toEqual(['evidence 1001', 'save facts', 'tended 1001']);
    const ended = new Stage(pending());
    ended.now = NOW + 30 * MINUTE;
    expect(await ended.round()).toEqual(['evidence 1001', 'save expired', 'tended 1001']);
    expect(ended.approval.state).toBe('expired');
  });
});
