import { describe, expect, jest, test } from '@jest/globals';
import {
  type AuthorityPorts,
  decideChange,
  type Intention,
  mayChange,
  rulesFor,
} from '../../src/bot/authority.ts';
import type { Account } from '../../src/entra/effects.ts';
import type { GraphProblem } from '../../src/entra/graph-problem.ts';
import { fail, ok, type Result } from '../../src/lib/result.ts';
import { ANA, BEN } from '../mutation/approvals.ts';
import { CHANGES } from '../support/changes.ts';

const rules = rulesFor(CHANGES, 'confirm-sign-in-compromised');
const byNumber = { ...rules, onePersonBy: 'employeeId' } as const;
const open = { ...rules, guests: 'allow' } as const;

const wanted: Intention = {
  step: 'approve',
  actorId: BEN.id,
  requesterId: ANA.id,
  mode: 'four-eyes',
  confirmedOwn: false,
  rules,
};

const unreachable: GraphProblem = { kind: 'unreachable' };

/** Graph as it answers about Ana and Ben, and what was asked and logged. */
const asking = (changed: Partial<AuthorityPorts['graph']> = {}) => {
  const asked: string[] = [];
  const logged: unknown[] = [];
  const note = (event: string, fields?: object) => void logged.push({ event, ...fields });
  const numberOf = (id: string) => (id === ANA.id ? 'E-17' : 'E-18');
  const ports: AuthorityPorts = {
    graph: {
      freshRolesOf: async (id): Promise<Result<readonly string[], GraphProblem>> => {
        asked.push(`roles ${id}`);
        return ok(['admin']);
      },
      accountOf: async (id): Promise<Result<Account, GraphProblem>> => {
        asked.push(`account ${id}`);
        return ok({ enabled: true, guest: false, employeeId: numberOf(id) });
      },
      ...changed,
    },
    log: { debug: note, info: note, warn: note, error: note },
  };
  return { ports, asked, logged };
};

describe('whoever wants to change something', () => {
  test('is judged by what Graph says of them now', async () => {
    const { ports, asked, logged } = asking();
    expect(await decideChange(ports, wanted)).toEqual({ permitted: true, roleUsed: 'admin' });
    expect(asked).toEqual([`roles ${BEN.id}`, `account ${BEN.id}`]);
    expect(logged).toEqual([]);
    expect(await decideChange(ports, { ...wanted, actorId: ANA.id })).toMatchObject({ why: 'own-request' });
  });

  test('withdraws without being looked at', async () => {
    const { ports, asked } = asking();
    const withdrawal = { ...wanted, step: 'withdraw', actorId: ANA.id } as const;
    expect(await decideChange(ports, withdrawal)).toEqual({ permitted: true });
    expect(asked).toEqual([]);
  });

  test('has an account that is read only where it decides anything', async () => {
    const { ports, asked } = asking();
    expect(await decideChange(ports, { ...wanted, rules: open })).toMatchObject({ permitted: true });
    expect(asked).toEqual([`roles ${BEN.id}`]);
  });

  test('is compared with the requester where numbers tell people apart', async () => {
    const { ports, asked } = asking();
    expect(await decideChange(ports, { ...wanted, rules: byNumber })).toMatchObject({ permitted: true });
    expect(asked).toEqual([`roles ${BEN.id}`, `account ${BEN.id}`, `account ${ANA.id}`]);
    const one = asking({ accountOf: async () => ok({ enabled: true, guest: false, employeeId: 'E-17' }) });
    expect(await decideChange(one.ports, { ...wanted, rules: byNumber })).toMatchObject({
      why: 'same-person',
    });
  });

  test('is read once where they are the requester', async () => {
    const { ports, asked } = asking();
    await decideChange(ports, { ...wanted, step: 'request', actorId: ANA.id, rules: byNumber });
    expect(asked).toEqual([`roles ${ANA.id}`, `account ${ANA.id}`]);
  });

  test('is refused where Graph does not say, and the log says why', async () => {
    const noRoles = asking({ freshRolesOf: async () => fail(unreachable) });
    expect(await decideChange(noRoles.ports, wanted)).toMatchObject({ why: 'roles-unknown' });
    expect(noRoles.logged).toEqual([{ event: 'authority.unknown', what: 'roles', problem: unreachable }]);
    const noAccount = asking({ accountOf: async () => fail(unreachable) });
    expect(await decideChange(noAccount.ports, wanted)).toMatchObject({ why: 'account-unknown' });
    expect(noAccount.logged).toEqual([{ event: 'authority.unknown', what: 'account', problem: unreachable }]);
  });

  test('is refused where Graph does not say who asked', async () => {
    const accountOf = async (id: string): Promise<Result<Account, GraphProblem>> =>
      id === ANA.id ? fail(unreachable) : ok({ enabled: true, guest: false, employeeId: 'E-18' });
    const { ports, logged } = asking({ accountOf });
    expect(await decideChange(ports, { ...wanted, rules: byNumber })).toMatchObject({
      why: 'account-unknown',
    });
    expect(logged).toEqual([{ event: 'authority.unknown', what: 'account', problem: unreachable }]);
  });

  test('is refused where Graph takes longer than 2.5 seconds', async () => {
    jest.useFakeTimers();
    try {
      const { ports, logged } = asking({ freshRolesOf: () => new Promise(() => undefined) });
      let isDecided = false;
      const decision = decideChange(ports, wanted).finally(() => {
        isDecided = true;
      });
      await jest.advanceTimersByTimeAsync(2_499);
      expect(isDecided).toBe(false);
      await jest.advanceTimersByTimeAsync(1);
      expect(await decision).toMatchObject({ permitted: false, why: 'roles-unknown' });
      expect(logged).toEqual([{ event: 'authority.unknown', what: 'roles', problem: 'late' }]);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('what somebody may', () => {
  const changes = {
    ...CHANGES,
    approverRoles: { ...CHANGES.approverRoles, 'dismiss-sign-in-risk': ['senior'] },
  };
  const holding = (...roles: readonly string[]) => asking({ freshRolesOf: async () => ok(roles) }).ports;

  test('follows from the roles that they hold now', async () => {
    expect(await mayChange(holding('reader'), changes, BEN.id)).toEqual({ mayRequest: true, mayApprove: [] });
    expect(await mayChange(holding('admin'), changes, BEN.id)).toEqual({
      mayRequest: false,
      mayApprove: ['confirm-sign-in-compromised', 'confirm-sign-in-safe'],
    });
    expect(await mayChange(holding('senior', 'reader'), changes, BEN.id)).toEqual({
      mayRequest: true,
      mayApprove: ['dismiss-sign-in-risk'],
    });
  });

  test('is nothing while that cannot be read, and nothing for a guest', async () => {
    const nothing = { mayRequest: false, mayApprove: [] };
    const blind = asking({ freshRolesOf: async () => fail(unreachable) });
    expect(await mayChange(blind.ports, changes, BEN.id)).toEqual(nothing);
    const guest = asking({
      freshRolesOf: async () => ok(['reader', 'admin']),
      accountOf: async () => ok({ enabled: true, guest: true }),
    });
    expect(await mayChange(guest.ports, changes, BEN.id)).toEqual(nothing);
    expect(await mayChange(guest.ports, { ...changes, guests: 'allow' }, BEN.id)).toMatchObject({
      mayRequest: true,
    });
  });
});

test('each action has its own approvers', () => {
  const approverRoles = { ...CHANGES.approverRoles, 'dismiss-sign-in-risk': ['senior'] };
  expect(rulesFor({ ...CHANGES, approverRoles }, 'dismiss-sign-in-risk')).toEqual({
    requesterRoles: ['reader'],
    approverRoles: ['senior'],
    guests: 'refuse',
    onePersonBy: 'account',
  });
  expect(rules.approverRoles).toEqual(['admin']);
});
