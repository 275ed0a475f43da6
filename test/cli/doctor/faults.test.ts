import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CREDENTIALS } from './credential-faults.ts';
import { type Case, PERMISSION_CHECKS, PLACE_CHECKS } from './fault.ts';
import { GRAPH } from './graph-faults.ts';
import { type Changed, type Findings, type Ground, isOrdinary, makeGround } from './ground.ts';
import { KEPT, SAID, SPOKEN } from './local-faults.ts';

let ground: Ground;
let whole: Findings;

beforeAll(async () => {
  ground = await makeGround();
  ground.restore();
  whole = await ground.findings();
});
beforeEach(() => ground.restore());
afterAll(() => ground.close());

const isPossible = ({ byPermission }: Case): boolean => isOrdinary || !byPermission;

const told = (findings: Findings): Record<string, string> =>
  Object.fromEntries([...findings].map(([name, { verdict }]) => [name, verdict]));

const expected = ({ finds, unchecked = [], gone = [] }: Case): Record<string, string> => {
  const stays = Object.entries(told(whole)).filter(([name]) => !gone.includes(name));
  const red = Object.entries(finds).map(([name, [verdict]]) => [name, verdict]);
  return Object.fromEntries([...stays, ...unchecked.map((name) => [name, 'not-checked']), ...red]);
};

test('where nothing is wrong everything is ok', () => {
  expect(new Set(Object.values(told(whole)))).toEqual(new Set(['ok']));
  expect([...whole.keys()]).toEqual([
    'configuration',
    'bot-credentials',
    'graph-credentials',
    ...PERMISSION_CHECKS,
    'graph',
    'licence',
    'clock',
    'store',
    'ledger',
    ...PLACE_CHECKS,
    'inbound',
  ]);
});

describe.each([
  { of: 'credentials', cases: CREDENTIALS },
  { of: 'Graph', cases: GRAPH },
  { of: 'what is kept', cases: KEPT },
  { of: 'what is said and heard', cases: SPOKEN },
  { of: 'what was configured', cases: SAID },
])('of $of exactly this is found, and everything else stays as it was', ({ cases }) => {
  const [can, cannot] = [cases.filter(isPossible), cases.filter((one) => !isPossible(one))];
  if (cannot.length > 0) test.skip.each(cannot)('$fault', () => undefined);
  test.each(can)('$fault', async (one) => {
    const changed = (one.happens(ground) ?? {}) as Changed;
    const findings = await ground.findings(changed);
    chmodSync(ground.store, 0o700);
    expect(told(findings)).toEqual(expected(one));
    for (const [name, [, what, mend]] of Object.entries(one.finds)) {
      expect(findings.get(name)?.what).toMatch(what);
      if (mend) expect(findings.get(name)?.mend).toMatch(mend);
    }
    expect(existsSync(join(ground.store, 'missing'))).toBe(false);
  });
});
