import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { READER_ROLES, ROLES, roleName } from '../../src/entra/roles.ts';

const DATA = new URL('../../../shared/data/role-template-ids.json', import.meta.url);

describe('roles', () => {
  (existsSync(DATA) ? test : test.skip)('template ids are Microsoft’s', () => {
    expect(ROLES).toEqual(JSON.parse(readFileSync(DATA, 'utf8')).roles);
  });

  test('a role is known by its template id, in any case, and by nothing else', () => {
    expect(roleName('194ae4cb-b126-40b2-bd5b-6091b380977d')).toBe('Security Administrator');
    expect(roleName('194AE4CB-B126-40B2-BD5B-6091B380977D')).toBe('Security Administrator');
    expect(roleName('Security Administrator')).toBeUndefined();
    expect(roleName('constructor')).toBeUndefined();
  });

  test('six roles may read', () => {
    expect([...READER_ROLES].sort()).toEqual([
      'Global Administrator',
      'Global Reader',
      'Reports Reader',
      'Security Administrator',
      'Security Operator',
      'Security Reader',
    ]);
  });
});
