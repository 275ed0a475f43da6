import { describe, expect, test } from '@jest/globals';
import {
  approved,
  COMPROMISED,
  done,
  idOf,
  LATER,
  LEASE_MS,
  progressOf,
  running,
  SAFE,
  SECOND,
  sent,
  withProgress,
} from '../mutation/approvals.ts';
import { Stage } from '../mutation/worker-stage.ts';

const ROLES = ['roles ben', 'account ben', 'roles ana', 'account ana'];

describe('an approved change', () => {
  test('is looked at, permitted and intended before it is sent, and recorded after', async () => {
    const stage = new Stage(approved());
    const told = await stage.round();
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
    await stage.round();
    expect(stage.posts).toHaveLength(1);
  });

  test('on several targets is sent one after the other, each with its own look, check and intent', async () => {
    const stage = new Stage(approved(3));
    stage.risks.set(idOf(2), SAFE);
    await stage.round();
    expect(stage.posts).toEqual([
      'POST confirm-sign-in-compromised 1 as request-1',
      'POST confirm-sign-in-compromised 3 as request-3',
    ]);
    expect(stage.told.filter((what) => what.startsWith('inspect '))).toHaveLength(3);
    expect(stage.told.filter((what) => what === 'roles ben')).toHaveLength(2);
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'done' }, { at: 'conflict' }, { at: 'done' }]);
    expect(stage.approval.state).toBe('conflict');
  });

  test('whose target is not due waits', async () => {
    const later = { at: 'waiting', attempts: 1, doubts: 0, dueAt: LATER + 1 } as const;
    const stage = new Stage(withProgress(approved(2), { ...done, now: COMPROMISED }, later));
    expect(await stage.round()).toEqual([
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
    expect(await stage.round()).toEqual(['evidence 1001']);
  });

  test('which somebody else left is taken up again, and read back first', async () => {
    const stage = new Stage(sent());
    stage.now = LATER + LEASE_MS;
    stage.risks.set(idOf(1), COMPROMISED);
    await stage.round();
    expect(stage.posts).toEqual([]);
    expect(stage.approval).toMatchObject({ state: 'done', fence: 2 });
    expect(progressOf(stage.approval)).toMatchObject([{ how: 'read-back' }]);
  });

  test('gives the log its time before it is sent again', async () => {
    const stage = new Stage(sent());
    stage.now = LATER + LEASE_MS;
    const { settleMs } = stage.settings;
    await stage.round();
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'sent', reads: 1 }]);
    stage.now += settleMs;
    await stage.worker().run();
    expect(stage.posts).toEqual([]);
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'waiting' }]);
    await stage.worker().run();
    expect(stage.posts).toHaveLength(1);
  });

  test('is not sent when the intent took too long to write, and is tried again', async () => {
    const stage = new Stage(approved());
    stage.before = (what) => {
      if (what.startsWith('intended')) stage.now += LEASE_MS;
    };
    await stage.round();
    expect(stage.posts).toEqual([]);
    expect(stage.told).toContain('performed 1001');
    const outcome = stage.entries.find(({ kind }) => kind === 'outcome');
    expect(outcome?.facts).toMatchObject({ outcome: 'not-done', problem: 'other' });
    expect(progressOf(stage.approval)).toMatchObject([{ at: 'waiting', attempts: 1, doubts: 0 }]);
  });

  test('is closed once done, and then only its proof is looked for', async () => {
    const stage = new Stage(approved());
    await stage.worker().run();
    stage.told.length = 0;
    stage.now = LATER + SECOND;
    stage.risks.set(idOf(1), COMPROMISED);
    expect(await stage.round()).toEqual([
      'inspect sign-in 1 for approvals',
      'inspected 1001',
      'save proof',
      'recorded 1001',
    ]);
    expect(stage.approval.state).toBe('done');
    stage.told.length = 0;
    expect(await stage.round()).toEqual([]);
  });
});

test.each(['rejected', 'failed', 'unknown'] as const)(
  'of what is %s nothing is sent, whatever its row says',
  async (state) => {
    const stage = new Stage({ ...approved(), state });
    expect(await stage.round()).toEqual([]);
  },
);

describe('a worker', () => {
  test('asks for what is due by now, twenty at most, and tells how many there were', async () => {
    const stage = new Stage({ ...approved(), dueAt: LATER + 1 });
    stage.now = LATER + 7;
    expect(await stage.worker().run()).toBe(1);
    expect(stage.told[0]).toBe('due at 7, 20 at most');
  });

  test.each(['claimed', 'intent', 'outcome', 'ended'])(
    'does nothing more once somebody else was faster than its %s',
    async (kind) => {
      const stage = new Stage(approved());
      stage.before = (what) => {
        if (what === `save ${kind}`) stage.isTheirs = true;
      };
      await stage.round();
      expect(stage.told.at(-1)).toBe(`save ${kind}`);
      expect(stage.posts).toHaveLength(kind === 'claimed' || kind === 'intent' ? 0 : 1);
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
    expect(stage.posts).toHaveLength(1);
    stage.now = LATER + SECOND;
    expect(await worker.run()).toBe(1);
  });
});

test('a lease that is held elsewhere is respected', async () => {
  const stage = new Stage({ ...running(), dueAt: LATER, lease: { owner: 'there', until: LATER + 1 } });
  expect(await stage.round()).toEqual(['evidence 1001']);
});
