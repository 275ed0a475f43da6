import { describe, expect, test } from '@jest/globals';
import { LOOK_EVERY_MS } from '../../src/actions/approval/look.ts';
import {
  ANA,
  AT_RISK,
  approved,
  BEN,
  COMPROMISED,
  done,
  idOf,
  LATER,
  LEASE_MS,
  MINUTE,
  NOW,
  PERFORM_MS,
  pending,
  progressOf,
  running,
  SAFE,
  SECOND,
  sent,
  withProgress,
} from '../mutation/approvals.ts';
import { evidenceOf, Stage } from '../mutation/worker-stage.ts';

const ROLES = ['roles ben', 'account ben', 'roles ana', 'account ana'];

/** One round of a worker, and what it did. */
const round = async (stage: Stage): Promise<readonly string[]> => {
  const { now } = stage;
  expect(await stage.worker().run()).toBe(1);
  const [due, ...told] = stage.told;
  expect(due).toBe(`due at ${now - LATER}, 20 at most`);
  return told;
};

const posts = ({ told }: Stage) => told.filter((what) => what.startsWith('POST'));

describe('an approved change', () => {
  test('is looked at, permitted and intended before it is sent, and recorded after', async () => {
    const stage = new Stage(approved());
    const told = await round(stage);
    expect(told).toEqual([
      'evidence 1001',
      'save claimed',
      'claimed 1001',
      'inspect sign-in 1 for approvals',
      'inspected 1001',
      ...ROLES,
      'permitted 1001',
      'save intent',
      'intended 1001',
      'POST confirm-sign-in-compromised 1 as request-1',
      'performed 1001',
      'save outcome',
      'recorded 1001',
      'save ended',
      'released 1001',
    ]);
    expect(stage.approval).toMatchObject({ state: 'done', fence: 1 });
    expect(stage.approval).not.toHaveProperty('lease');
    expect(stage.entries.find(({ kind }) => kind === 'intent')?.facts.clientRequestId).toBe('request-1');
  });

  test('is held by a lease of this process from its claim on', async () => {
    const stage = new Stage(approved());
    stage.before = (what) => {
      if (!what.startsWith('POST')) return;
      expect(stage.approval.lease).toEqual({ owner: 'here', until: LATER + LEASE_MS });
    };
    await round(stage);
    expect(posts(stage)).toHaveLength(1);
  });

  test('on several targets is sent one after the other, each with its own look, check and intent', async () => {
    const stage = new Stage(approved(3));
    stage.risks.set(idOf(2), SAFE);
    await round(stage);
    expect(posts(stage)).toEqual([
      'POST confirm-sign-in-compromised 1 as request-1',
      'POST confirm-sign-in-compromised 3 as request-2',
    ]);
    expect(stage.told.filter((what) => what.startsWith('inspect '))).toHaveLength(3);
    expect(stage.told.filter((what) => what === 'roles ben')).toHaveLength(2);
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'done' }, { at: 'conflict' }, { at: 'done' }]);
    expect(stage.approval.state).toBe('conflict');
  });

  test('whose target is not due waits', async () => {
    const later = { at: 'waiting', attempts: 1, doubts: 0, dueAt: LATER + 1 } as const;
    const stage = new Stage(withProgress(approved(2), { ...done, now: COMPROMISED }, later));
    expect(await round(stage)).toEqual([
      'evidence 1001',
      'save claimed',
      'claimed 1001',
      'save released',
      'released 1001',
    ]);
    expect(stage.approval.state).toBe('approved');
  });

  test('that is not due is let alone', async () => {
    const stage = new Stage({ ...approved(), dueAt: LATER + 1 });
    expect(await round(stage)).toEqual(['evidence 1001']);
  });

  test('which somebody else left is taken up again, and read back first', async () => {
    const stage = new Stage(sent());
    stage.now = LATER + LEASE_MS;
    stage.risks.set(idOf(1), COMPROMISED);
    await round(stage);
    expect(posts(stage)).toEqual([]);
    expect(stage.approval).toMatchObject({ state: 'done', fence: 2 });
    expect(progressOf(stage.approval)).toMatchObject([{ how: 'read-back' }]);
  });

  test('gives the log its time before it is sent again', async () => {
    const stage = new Stage(sent());
    stage.now = LATER + LEASE_MS;
    const { settleMs } = stage.settings;
    await round(stage);
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'sent', reads: 1 }]);
    stage.now += settleMs;
    await stage.worker().run();
    expect(posts(stage)).toEqual([]);
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'waiting' }]);
    await stage.worker().run();
    expect(posts(stage)).toHaveLength(1);
  });

  test('is not sent when the intent took too long to write, and is tried again', async () => {
    const stage = new Stage(approved());
    stage.before = (what) => {
      if (what.startsWith('intended')) stage.now += LEASE_MS;
    };
    await round(stage);
    expect(posts(stage)).toEqual([]);
    expect(stage.told).toContain('performed 1001');
    const outcome = stage.entries.find(({ kind }) => kind === 'outcome');
    expect(outcome?.facts).toMatchObject({ outcome: 'not-done', problem: 'timeout' });
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'waiting', attempts: 1, doubts: 0 }]);
  });

  test('is closed once done, and then only its proof is looked for', async () => {
    const stage = new Stage(approved());
    await stage.worker().run();
    stage.told.length = 0;
    stage.now = LATER + SECOND;
    stage.risks.set(idOf(1), COMPROMISED);
    expect(await round(stage)).toEqual([
      'inspect sign-in 1 for approvals',
      'inspected 1001',
      'save proof',
      'recorded 1001',
    ]);
    expect(stage.approval.state).toBe('done');
    stage.told.length = 0;
    expect(await round(stage)).toEqual([]);
  });
});

describe('right before it is sent', () => {
  test.each([
    ['the approver', BEN, 'perform-approver'],
    ['the requester', ANA, 'perform-requester'],
  ])('the lost role of %s stops it', async (_who, { id }, step) => {
    const stage = new Stage(approved(2));
    stage.roles.set(id, ['other']);
    await round(stage);
    expect(posts(stage)).toEqual([]);
    expect(stage.told).not.toContain('permitted 1001');
    expect(stage.approval.state).toBe('revoked');
    expect(stage.entries.filter(({ kind }) => kind === 'outcome')).toMatchObject([
      { facts: { refused: 'role-needed', step, why: 'role' } },
    ]);
  });

  test('the approver is named first where both may not any more', async () => {
    const stage = new Stage(approved());
    stage.roles.clear();
    stage.roles.set(ANA.id, []).set(BEN.id, []);
    await round(stage);
    expect(stage.entries.find(({ kind }) => kind === 'outcome')?.facts.step).toBe('perform-approver');
  });

  test.each(['ana', 'ben'].flatMap((who) => [`roles ${who}`, `account ${who}`]))(
    'it waits while the %s cannot be read',
    async (what) => {
      const stage = new Stage(approved());
      stage.unread.add(what);
      await round(stage);
      expect(posts(stage)).toEqual([]);
      expect(stage.told).toContain('save quietly');
      expect(stage.approval).toMatchObject({ state: 'approved', dueAt: LATER + 2 * SECOND });
      stage.unread.clear();
      stage.now = LATER + 2 * SECOND;
      await stage.worker().run();
      expect(posts(stage)).toHaveLength(1);
    },
  );

  test('a guest stops it for good', async () => {
    const stage = new Stage(approved());
    stage.accounts.set(BEN.id, { enabled: true, guest: true });
    await round(stage);
    expect(stage.approval.state).toBe('revoked');
    expect(stage.entries.find(({ kind }) => kind === 'outcome')?.facts.refused).toBe('guest');
  });

  test('a mode that became stricter counts: an own approval is not sent', async () => {
    const own = { ...approved(), decided: { by: ANA, at: LATER } };
    const stage = new Stage(own);
    stage.roles.set(ANA.id, ['reader', 'admin']);
    await round(stage);
    expect(posts(stage)).toEqual([]);
    const single = new Stage(own);
    single.roles.set(ANA.id, ['reader', 'admin']);
    single.settings = { ...single.settings, mode: 'single' };
    await round(single);
    expect(posts(single)).toHaveLength(1);
  });

  test('the roles that decide about this very action count', async () => {
    const stage = new Stage(approved());
    const { approverRoles } = stage.settings;
    stage.settings = {
      ...stage.settings,
      approverRoles: { ...approverRoles, 'confirm-sign-in-compromised': ['senior'] },
    };
    await round(stage);
    expect(stage.approval.state).toBe('revoked');
  });

  test('nobody may in the place of an approver who is not known', async () => {
    const { decided: _nobody, ...unknown } = approved();
    const stage = new Stage(unknown);
    stage.roles.set('', ['admin']);
    stage.accounts.set('', { enabled: true, guest: false });
    await round(stage);
    expect(stage.told).toContain('roles nobody ()');
    expect(stage.told).not.toContain('error worker.failed approval,error');
  });

  test('the time of a change is over while nothing can be read', async () => {
    const stage = new Stage(approved());
    stage.now = LATER + PERFORM_MS;
    await round(stage);
    expect(posts(stage)).toEqual([]);
    expect(stage.approval.state).toBe('failed');
  });
});

describe('a row that somebody edited', () => {
  test('is never carried out, and says so', async () => {
    const stage = new Stage({ ...approved(2), reason: 'edited' });
    await round(stage);
    expect(posts(stage)).toEqual([]);
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
    expect(await round(stage)).toEqual(['evidence 1001', 'save voided', 'tended 1001']);
    expect(stage.approval.state).toBe('void');
  });
});

describe('a pending approval', () => {
  const look = ['evidence 1001', 'inspect sign-in 1 for watches', 'inspect sign-in 2 for watches'];

  test('is left alone until it is looked at again', async () => {
    const stage = new Stage(pending());
    stage.now = NOW + LOOK_EVERY_MS - 1;
    expect(await round(stage)).toEqual([]);
  });

  test('is looked at for nobody who waits', async () => {
    const stage = new Stage(pending(2));
    stage.now = NOW + LOOK_EVERY_MS;
    expect(await round(stage)).toEqual([...look, 'save quietly', 'tended 1001']);
    expect(stage.approval.lookAt).toBe(NOW + 2 * LOOK_EVERY_MS);
  });

  test('shows what a person decided elsewhere', async () => {
    const stage = new Stage(pending(2));
    stage.now = NOW + LOOK_EVERY_MS;
    stage.risks.set(idOf(2), SAFE);
    expect(await round(stage)).toEqual([...look, 'save voided', 'tended 1001']);
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'waiting' }, { at: 'conflict', now: SAFE }]);
  });

  test('is judged by all its facts or not at all', async () => {
    const stage = new Stage(pending(2));
    stage.now = NOW + LOOK_EVERY_MS;
    stage.risks.set(idOf(2), SAFE);
    stage.unread.add('inspect sign-in 1 for watches');
    expect(await round(stage)).toEqual([...look, 'save quietly', 'tended 1001']);
    expect(stage.approval).toMatchObject({ state: 'pending', lookAt: NOW + 2 * LOOK_EVERY_MS });
    expect(stage.approval.targets[1]?.before).toEqual(AT_RISK);
  });

  test('is reminded of, and ends, without being looked at', async () => {
    const stage = new Stage({ ...pending(), remindAt: NOW });
    stage.now = NOW + LOOK_EVERY_MS;
    expect(await round(stage)).toEqual(['save facts', 'tended 1001']);
    const ended = new Stage(pending());
    ended.now = NOW + 30 * MINUTE;
    expect(await round(ended)).toEqual(['save expired', 'tended 1001']);
    expect(ended.approval.state).toBe('expired');
  });
});

describe('a worker', () => {
  test.each(['claimed', 'intent', 'outcome', 'ended'])(
    'does nothing more once somebody else was faster than its %s',
    async (kind) => {
      const stage = new Stage(approved());
      stage.before = (what) => {
        if (what === `save ${kind}`) stage.isTheirs = true;
      };
      await round(stage);
      expect(stage.told.at(-1)).toBe(`save ${kind}`);
      expect(posts(stage)).toHaveLength(kind === 'claimed' || kind === 'intent' ? 0 : 1);
    },
  );

  test('that meets a surprise logs it, and leaves the approval alone for a while', async () => {
    const stage = new Stage(approved());
    const worker = stage.worker();
    stage.before = (what) => {
      if (what.startsWith('inspect')) throw new Error('A surprise.');
    };
    expect(await worker.run()).toBe(1);
    expect(stage.told.at(-1)).toBe('error worker.failed approval,error');
    stage.before = () => undefined;
    stage.now = LATER + LEASE_MS;
    expect(await worker.run()).toBe(1);
    expect(stage.approval.state).toBe('done');
  });

  test('takes it up again after 15 seconds', async () => {
    const stage = new Stage(approved());
    const worker = stage.worker();
    stage.before = (what) => {
      if (what.startsWith('evidence')) throw new Error('A surprise.');
    };
    await worker.run();
    stage.now = LATER + 15 * SECOND - 1;
    expect(await worker.run()).toBe(0);
    stage.now = LATER + 15 * SECOND;
    expect(await worker.run()).toBe(1);
  });

  test('does not take up twice what it has in hand, and does so once it is through', async () => {
    const stage = new Stage(approved());
    const worker = stage.worker();
    const first = worker.run();
    await Promise.resolve();
    await Promise.resolve();
    expect(await worker.run()).toBe(0);
    expect(await first).toBe(1);
    expect(posts(stage)).toHaveLength(1);
    stage.now = LATER + SECOND;
    expect(await worker.run()).toBe(1);
  });
});

test('a lease that is held elsewhere is respected', async () => {
  const stage = new Stage({ ...running(), dueAt: LATER, lease: { owner: 'there', until: LATER + 1 } });
  expect(await round(stage)).toEqual(['evidence 1001']);
});
