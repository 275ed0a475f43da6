import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { READER_ROLES, RISK_ROLES, ROLES, roleName, roleNames } from '../../src/entra/roles.ts';

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

  test('roles are called by their names, and custom ones by their ids', () => {
    const custom = 'c0000000-0000-4000-8000-000000000003';
    expect(roleNames([ROLES['Security Administrator'], custom])).toEqual(['Security Administrator', custom]);
  });

  test('two roles may decide about risk, the more specific first', () => {
    expect(RISK_ROLES).toEqual(['Security Administrator', 'Global Administrator']);
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
