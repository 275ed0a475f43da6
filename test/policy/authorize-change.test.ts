import { describe, expect, test } from '@jest/globals';
import { ROLES } from '../../src/entra/roles.ts';
import {
  authorizeChange,
  type ChangeFacts,
  type ChangeStep,
  needsAccounts,
} from '../../src/policy/authorize-change.ts';

const {
  'Security Administrator': ADMINISTRATOR,
  'Global Administrator': GLOBAL,
  'Security Reader': READER,
} = ROLES;

const employee = { enabled: true, guest: false, employeeId: 'E-17' };

/** An approver approves what somebody else asked for. */
const facts: ChangeFacts = {
  step: 'approve',
  actorId: 'a0000000-0000-4000-8000-000000000001',
  requesterId: 'b0000000-0000-4000-8000-000000000002',
  mode: 'four-eyes',
  confirmedOwn: false,
  roles: [READER, ADMINISTRATOR],
  account: employee,
  rules: {
    requesterRoles: [READER, ADMINISTRATOR, GLOBAL],
    approverRoles: [ADMINISTRATOR, GLOBAL],
    guests: 'refuse',
    onePersonBy: 'account',
  },
};

const own = { ...facts, requesterId: facts.actorId };
const byNumber = { ...facts.rules, onePersonBy: 'employeeId' } as const;
const openToGuests = { ...facts.rules, guests: 'allow' } as const;

const change = (changed: Partial<ChangeFacts>) => authorizeChange({ ...facts, ...changed });
const refusal = (why: string) => expect.objectContaining({ permitted: false, why });

const VOTES: readonly ChangeStep[] = ['approve', 'reject', 'resolve', 'perform-approver'];
const OWN: readonly ChangeStep[] = ['request', 'preview', 'perform-requester'];

describe('who may change the tenant', () => {
  test.each(VOTES)('a holder of a role that approves may %s', (step) => {
    expect(change({ step })).toEqual({ permitted: true, roleUsed: ADMINISTRATOR });
  });

  test.each(VOTES)('a role that only reads does not suffice to %s', (step) => {
    expect(change({ step, roles: [READER] })).toEqual({
      permitted: false,
      why: 'role-needed',
      needed: [ADMINISTRATOR, GLOBAL],
    });
  });

  test.each(OWN)('a role that reads suffices for the step %s', (step) => {
    expect(authorizeChange({ ...own, step, roles: [READER] })).toEqual({ permitted: true, roleUsed: READER });
    expect(authorizeChange({ ...own, step, roles: [] })).toEqual({
      permitted: false,
      why: 'role-needed',
      needed: facts.rules.requesterRoles,
    });
  });

  test('Global Administrator suffices, and the more specific role is the one that was used', () => {
    expect(change({ roles: [GLOBAL] })).toEqual({ permitted: true, roleUsed: GLOBAL });
    expect(change({ roles: [GLOBAL, ADMINISTRATOR] })).toEqual({ permitted: true, roleUsed: ADMINISTRATOR });
  });

  test('a role id counts in any case of its letters', () => {
    expect(change({ roles: [GLOBAL.toUpperCase()] })).toEqual({ permitted: true, roleUsed: GLOBAL });
    const rules = { ...facts.rules, approverRoles: [GLOBAL.toUpperCase()] };
    expect(change({ roles: [GLOBAL], rules })).toMatchObject({ permitted: true });
  });

  test('a configured custom role suffices', () => {
    const custom = 'c0000000-0000-4000-8000-000000000003';
    const rules = { ...facts.rules, approverRoles: [custom] };
    expect(change({ roles: [custom], rules })).toEqual({ permitted: true, roleUsed: custom });
    expect(change({ rules })).toEqual(refusal('role-needed'));
  });

  test('who asked withdraws, whatever became of their role; nobody else does', () => {
    expect(authorizeChange({ ...own, step: 'withdraw', roles: undefined, account: undefined })).toEqual({
      permitted: true,
    });
    expect(change({ step: 'withdraw', roles: [GLOBAL] })).toEqual({
      permitted: false,
      why: 'not-the-requester',
    });
  });

  test('who asked does not reject, in neither mode', () => {
    expect(authorizeChange({ ...own, step: 'reject' })).toEqual(refusal('own-request'));
    expect(authorizeChange({ ...own, step: 'reject', mode: 'single' })).toEqual(refusal('own-request'));
  });

  test.each(['request', 'perform-requester'] as const)(
    '%s is never judged by somebody else’s facts',
    (step) => {
      expect(change({ step })).toEqual(refusal('not-the-requester'));
    },
  );
});

describe('a single approver', () => {
  const single = { ...own, mode: 'single' } as const;

  test('confirms an own request on a card of its own', () => {
    expect(authorizeChange(single)).toEqual({ permitted: false, why: 'confirm-own' });
    expect(authorizeChange({ ...single, confirmedOwn: true })).toEqual({
      permitted: true,
      roleUsed: ADMINISTRATOR,
    });
  });

  test('is told about the role first', () => {
    expect(authorizeChange({ ...single, roles: [READER] })).toEqual(refusal('role-needed'));
    expect(authorizeChange({ ...single, roles: [READER], confirmedOwn: true })).toEqual(
      refusal('role-needed'),
    );
  });

  test('confirms too where they may be the one who asked', () => {
    const other = { ...facts, mode: 'single', rules: byNumber } as const;
    expect(authorizeChange(other)).toEqual(refusal('confirm-own'));
    expect(
      authorizeChange({ ...other, requesterAccount: { ...employee, employeeId: 'E-18' } }),
    ).toMatchObject({
      permitted: true,
    });
  });

  test('who confirmed is checked again before it is sent; a mode made stricter since then counts', () => {
    const sent = { ...own, step: 'perform-approver' } as const;
    expect(authorizeChange({ ...sent, mode: 'single' })).toMatchObject({ permitted: true });
    expect(authorizeChange(sent)).toEqual(refusal('own-request'));
  });

  test('under four eyes a confirmation helps nobody', () => {
    expect(authorizeChange({ ...own, confirmedOwn: true })).toEqual(refusal('own-request'));
  });
});

describe('an account', () => {
  const guest = { ...employee, guest: true };

  test.each([...VOTES, 'preview'] as const)('H039: a guest with the role is refused the step %s', (step) => {
    expect(change({ step, account: guest })).toEqual({ permitted: false, why: 'guest' });
  });

  test.each(['request', 'perform-requester'] as const)('H039: a guest is refused the step %s', (step) => {
    expect(authorizeChange({ ...own, step, account: guest })).toEqual(refusal('guest'));
  });

  test('H039: a guest with the role may where guests are allowed', () => {
    expect(change({ account: guest, rules: openToGuests })).toMatchObject({ permitted: true });
  });

  test('that is disabled is refused, guests allowed or not', () => {
    const account = { ...employee, enabled: false };
    expect(change({ account })).toEqual(refusal('account-disabled'));
    expect(change({ account, rules: openToGuests })).toEqual(refusal('account-disabled'));
  });

  test('that could not be read is refused wherever it decides something', () => {
    expect(change({ account: undefined })).toEqual(refusal('account-unknown'));
    expect(change({ account: undefined, rules: openToGuests })).toMatchObject({ permitted: true });
    expect(change({ step: 'reject', account: undefined, rules: { ...byNumber, guests: 'allow' } })).toEqual(
      refusal('account-unknown'),
    );
  });

  test.each([
    ['refuse', 'account', true],
    ['refuse', 'employeeId', true],
    ['allow', 'employeeId', true],
    ['allow', 'account', false],
  ] as const)('with guests: %s and one person by %s, has to be read: %s', (guests, onePersonBy, needed) => {
    expect(needsAccounts({ guests, onePersonBy })).toBe(needed);
  });
});

describe('hostile', () => {
  test('H042: a renamed requester is known by the object id and cannot approve', () => {
    expect(authorizeChange(own)).toEqual({ permitted: false, why: 'own-request' });
    expect(authorizeChange({ ...own, requesterId: own.actorId.toUpperCase() })).toEqual(
      refusal('own-request'),
    );
  });

  test('H043: one person with two accounts passes by account, and is refused by employee number', () => {
    const two = { ...facts, requesterAccount: employee };
    expect(authorizeChange(two)).toMatchObject({ permitted: true });
    expect(authorizeChange({ ...two, rules: byNumber })).toEqual({ permitted: false, why: 'same-person' });
    expect(authorizeChange({ ...two, step: 'perform-approver', rules: byNumber })).toEqual(
      refusal('same-person'),
    );
  });

  test('H043: without employee numbers nobody counts as a second person', () => {
    const unnumbered = { enabled: true, guest: false };
    expect(change({ requesterAccount: unnumbered, rules: byNumber })).toEqual(refusal('person-unknown'));
    expect(change({ requesterAccount: undefined, rules: byNumber })).toEqual(refusal('account-unknown'));
  });

  test('H062: an approver who lost the role since the press stops the change', () => {
    expect(change({ step: 'perform-approver', roles: [READER] })).toEqual(refusal('role-needed'));
  });

  test('H063: a requester who lost the role since the request stops the change', () => {
    expect(authorizeChange({ ...own, step: 'perform-requester', roles: [] })).toEqual(refusal('role-needed'));
  });

  test('H066: a role counts by its id, never by a name', () => {
    const imitation = 'd0000000-0000-4000-8000-000000000004';
    expect(change({ roles: ['Security Administrator', imitation] })).toEqual(refusal('role-needed'));
  });

  test.each([...VOTES, 'preview'] as const)('H067: roles that cannot be read refuse the step %s', (step) => {
    expect(change({ step, roles: undefined })).toEqual(refusal('roles-unknown'));
  });

  test.each(['request', 'perform-requester'] as const)(
    'H067: roles that cannot be read refuse %s',
    (step) => {
      expect(authorizeChange({ ...own, step, roles: undefined })).toEqual(refusal('roles-unknown'));
    },
  );
});
