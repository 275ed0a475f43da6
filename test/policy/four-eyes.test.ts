import { describe, expect, test } from '@jest/globals';
import { fourEyes, isOwn, type Pair } from '../../src/policy/four-eyes.ts';

const ana = { enabled: true, guest: false, employeeId: 'E-17' };
const ben = { enabled: true, guest: false, employeeId: 'E-18' };

const pair: Pair = {
  actorId: 'a0000000-0000-4000-8000-000000000001',
  requesterId: 'b0000000-0000-4000-8000-000000000002',
  account: ana,
  requesterAccount: ben,
};

describe('four eyes', () => {
  test('two accounts are two people, whatever is known of them', () => {
    expect(fourEyes(pair, 'account')).toBeUndefined();
    expect(fourEyes({ ...pair, account: undefined }, 'account')).toBeUndefined();
  });

  test.each(['account', 'employeeId'] as const)('one account is one person, by %s', (by) => {
    expect(fourEyes({ ...pair, requesterId: pair.actorId }, by)).toBe('own-request');
  });

  test('an object id is the same in any case of its letters', () => {
    expect(isOwn({ actorId: pair.actorId.toUpperCase(), requesterId: pair.actorId })).toBe(true);
    expect(isOwn(pair)).toBe(false);
  });

  test('two numbers are two people', () => {
    expect(fourEyes(pair, 'employeeId')).toBeUndefined();
  });

  test.each(['E-17', ' e-17\t'])('one number is one person, also written %j', (employeeId) => {
    expect(fourEyes({ ...pair, requesterAccount: { ...ben, employeeId } }, 'employeeId')).toBe('same-person');
  });

  // The second k is the sign for kelvin.
  test.each(['k-17', 'K-17', '\u212a-17'])(
    'a letter that only looks different (%j) makes no other person',
    (employeeId) => {
      const account = { ...ana, employeeId: 'K-17' };
      expect(fourEyes({ ...pair, account, requesterAccount: { ...ben, employeeId } }, 'employeeId')).toBe(
        'same-person',
      );
    },
  );

  test.each([{}, { employeeId: '' }, { employeeId: '  ' }])(
    'without a number (%j) nobody can be told apart',
    (none) => {
      const account = { enabled: true, guest: false, ...none };
      expect(fourEyes({ ...pair, account }, 'employeeId')).toBe('person-unknown');
      expect(fourEyes({ ...pair, requesterAccount: account }, 'employeeId')).toBe('person-unknown');
      expect(fourEyes({ ...pair, account, requesterAccount: account }, 'employeeId')).toBe('person-unknown');
    },
  );

  test('an account that could not be read may be anybody’s', () => {
    expect(fourEyes({ ...pair, account: undefined }, 'employeeId')).toBe('account-unknown');
    expect(fourEyes({ ...pair, requesterAccount: undefined }, 'employeeId')).toBe('account-unknown');
  });
});
