import { describe, expect, test } from '@jest/globals';
import { type Risk, riskChange, riskOf } from '../../src/entra/risk.ts';

const risk: Risk = { state: 'atRisk', detail: 'none', level: 'medium', events: ['leakedCredentials'] };

const changeTo = (changed: Partial<Risk>) => riskChange(risk, { ...risk, ...changed });

describe('the risk of a sign-in', () => {
  test('is what its row shows', () => {
    expect(
      riskOf({
        id: '1',
        createdDateTime: '2026-11-21T11:00:00Z',
        riskState: 'atRisk',
        riskDetail: 'none',
        riskLevelAggregated: 'low',
        riskLevelDuringSignIn: 'high',
        riskEventTypes_v2: ['leakedCredentials'],
      }),
    ).toEqual({ state: 'atRisk', detail: 'none', level: 'low', events: ['leakedCredentials'] });
  });

  test('is empty where Graph said nothing', () => {
    const row = { id: '1', createdDateTime: '2026-11-21T11:00:00Z' };
    expect(riskOf(row)).toEqual({ state: '', detail: '', level: '', events: [] });
  });
});

describe('a decision of a person', () => {
  test.each([
    'adminDismissedRiskForSignIn',
    'userPassedMFADrivenByRiskBasedPolicy',
    'm365DAdminDismissedDetection',
  ])('is seen by its detail %s, whatever the state', (detail) => {
    expect(changeTo({ detail })).toBe('decided');
    expect(changeTo({ detail, state: 'remediated', level: 'none' })).toBe('decided');
  });

  test('is seen by its state where its detail was there before', () => {
    const before = { ...risk, detail: 'adminConfirmedSigninSafe' };
    expect(riskChange(before, { ...before, state: 'dismissed' })).toBe('decided');
  });

  test.each(['confirmedSafe', 'remediated', 'dismissed', 'confirmedCompromised'])(
    'is assumed for %s where Graph hides who decided',
    (state) => {
      expect(changeTo({ state, detail: 'hidden' })).toBe('decided');
    },
  );

  test.each(['aiConfirmedSigninSafe', 'microsoftRevokedAccess'])(
    'is not what a machine decided: %s',
    (detail) => {
      expect(changeTo({ state: 'confirmedSafe', detail })).toBe('lower');
    },
  );

  test.each(['notByadmin', 'notByuser'])(
    'is not seen in a word that only mentions a person: %s',
    (detail) => {
      expect(changeTo({ detail })).toBe('same');
    },
  );

  test.each(['hiddenai', 'notBymicrosoft'])(
    'is assumed where a word only mentions a machine: %s',
    (detail) => {
      expect(changeTo({ state: 'dismissed', detail })).toBe('decided');
    },
  );

  test('counts only when it is new', () => {
    const decided = { ...risk, state: 'confirmedSafe', detail: 'adminConfirmedSigninSafe' };
    expect(riskChange(decided, decided)).toBe('same');
  });
});

describe('the level of a risk', () => {
  const LEVELS = ['none', 'low', 'medium', 'high'];
  const pairs = LEVELS.flatMap((was, rank) =>
    LEVELS.map((is, at) => [was, is, at > rank ? 'risen' : at < rank ? 'lower' : 'same'] as const),
  );

  test.each(pairs)('from %s to %s is %s', (was, is, change) => {
    expect(riskChange({ ...risk, level: was }, { ...risk, level: is })).toBe(change);
  });

  test.each(LEVELS)('%s is not compared with one that is not told', (level) => {
    expect(riskChange({ ...risk, level: 'hidden' }, { ...risk, level })).toBe('same');
    expect(riskChange({ ...risk, level }, { ...risk, level: 'hidden' })).toBe('same');
  });
});

describe('without a decision of a person', () => {
  test('a sign-in that becomes risky has risen', () => {
    expect(riskChange({ ...risk, state: 'none' }, risk)).toBe('risen');
  });

  test('one that is not risky any more is lower', () => {
    expect(changeTo({ state: 'none' })).toBe('lower');
    expect(riskChange({ ...risk, state: 'none' }, { ...risk, state: 'unknownFutureValue' })).toBe('same');
  });

  test('a higher level counts more than a calmer state', () => {
    expect(changeTo({ state: 'none', level: 'high' })).toBe('risen');
  });

  test('a new detection means that it has risen, a vanished one nothing', () => {
    expect(changeTo({ events: ['leakedCredentials', 'unlikelyTravel'] })).toBe('risen');
    expect(changeTo({ events: [] })).toBe('same');
    expect(changeTo({})).toBe('same');
  });
});
