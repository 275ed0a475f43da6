import { describe, expect, test } from '@jest/globals';
import { authorize, type Facts, needsRoles } from '../../src/policy/authorize.ts';

const READER = '5d6b6bb7-de71-4623-b4af-96380a352509';
const OTHER = '729827e3-9c14-49f7-bb1b-9608f156bbb8';

const facts: Facts = {
  needs: 'reader',
  aboutMe: false,
  place: 'channel',
  roles: [OTHER, READER],
  readerRoles: [READER],
};

describe('who may read', () => {
  test('a person with a reader role may ask', () => {
    expect(authorize(facts)).toEqual({ permitted: true });
  });

  test('a person without a reader role is refused, whatever other roles they hold', () => {
    expect(authorize({ ...facts, roles: [OTHER] })).toEqual({ permitted: false, why: 'role-needed' });
    expect(authorize({ ...facts, roles: [] })).toEqual({ permitted: false, why: 'role-needed' });
  });

  test('roles that cannot be read refuse', () => {
    expect(authorize({ ...facts, roles: undefined })).toEqual({ permitted: false, why: 'roles-unknown' });
  });

  test('help is open to everybody, also while roles cannot be read', () => {
    expect(authorize({ ...facts, needs: 'nothing', roles: undefined })).toEqual({ permitted: true });
  });

  test('own sign-ins need no role in the personal chat', () => {
    expect(authorize({ ...facts, aboutMe: true, place: 'personal', roles: undefined })).toEqual({
      permitted: true,
    });
  });

  test.each(['group', 'channel'] as const)('own sign-ins are not shown to others in a %s', (place) => {
    const mine = { ...facts, aboutMe: true, place, roles: [] };
    expect(authorize(mine)).toEqual({ permitted: false, why: 'personal-chat-only' });
    expect(authorize({ ...mine, roles: [READER] })).toEqual({ permitted: true });
  });

  test('an empty list of reader roles lets nobody read', () => {
    expect(authorize({ ...facts, readerRoles: [] })).toEqual({ permitted: false, why: 'role-needed' });
  });

  test('roles are asked for only when the decision depends on them', () => {
    expect(needsRoles(facts)).toBe(true);
    expect(needsRoles({ ...facts, needs: 'nothing' })).toBe(false);
    expect(needsRoles({ ...facts, aboutMe: true })).toBe(true);
    expect(needsRoles({ ...facts, aboutMe: true, place: 'personal' })).toBe(false);
  });
});
