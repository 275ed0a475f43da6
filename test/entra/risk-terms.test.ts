import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  explainRiskTerm,
  RISK_DETAIL_SYNONYMS,
  RISK_DETAILS,
  RISK_EVENT_SYNONYMS,
  RISK_EVENT_TYPES,
  RISK_LEVELS,
  RISK_STATE_SYNONYMS,
  RISK_STATES,
} from '../../src/entra/risk-terms.ts';
import { csdlFile, readMetadata } from './csdl.ts';

const there = existsSync(csdlFile('beta'));

const TERMS = [
  ['risk state', RISK_STATES],
  ['risk level', RISK_LEVELS],
  ['risk detail', RISK_DETAILS],
  ['risk event type', RISK_EVENT_TYPES],
] as const;

describe('risk terms', () => {
  test('every term has one sentence that fits on a line or two', () => {
    for (const [kind, terms] of TERMS)
      for (const term of terms) {
        const explained = explainRiskTerm(term, kind);
        expect(explained).toMatchObject({ term, kind });
        expect(explained?.meaning).toMatch(/^[A-Z][^.\n]{10,130}\.$/);
      }
  });

  (there ? test : test.skip).each(['v1.0', 'beta'] as const)(
    'every member in the metadata of %s is explained',
    (version) => {
      const metadata = readMetadata(version);
      const enums = {
        riskState: RISK_STATES,
        riskLevel: RISK_LEVELS,
        riskDetail: RISK_DETAILS,
        riskEventType: RISK_EVENT_TYPES,
      };
      for (const [name, terms] of Object.entries(enums)) {
        const members = metadata.members(name);
        expect(members.length).toBeGreaterThan(5);
        expect(members.filter((member) => !terms.some((term) => term === member))).toEqual([]);
      }
    },
  );

  test('case and surrounding spaces do not matter', () => {
    expect(explainRiskTerm(' UNLIKELYTRAVEL ')?.term).toBe('unlikelyTravel');
    expect(explainRiskTerm('atrisk')?.kind).toBe('risk state');
  });

  test('everyday words are explained as the term they mean', () => {
    expect(explainRiskTerm('Atypical travel')?.term).toBe('unlikelyTravel');
    expect(explainRiskTerm('at risk')?.term).toBe('atRisk');
    expect(explainRiskTerm('password reset')?.term).toBe('userPerformedSecuredPasswordReset');
  });

  test('a word of several enumerations is explained as asked, else as a state', () => {
    expect(explainRiskTerm('none')?.kind).toBe('risk state');
    expect(explainRiskTerm('none', 'risk detail')?.meaning).toMatch(/^Nobody has done anything/);
    expect(explainRiskTerm('hidden')?.kind).toBe('risk level');
    expect(explainRiskTerm('adminConfirmedUserCompromised')?.kind).toBe('risk detail');
    expect(explainRiskTerm('high', 'risk state')).toBeUndefined();
  });

  test('H101: a value that nobody knows is not explained, least of all as safe', () => {
    for (const word of ['newThing', '', '__proto__', 'constructor', 'toString']) {
      expect(explainRiskTerm(word)).toBeUndefined();
      expect(explainRiskTerm(word, 'risk state')).toBeUndefined();
    }
    expect(explainRiskTerm('unknownFutureValue')?.meaning).not.toMatch(/safe|no risk/i);
  });
});

describe('everyday words', () => {
  test('all are lower-case and mean a term that exists', () => {
    for (const [phrase, types] of RISK_EVENT_SYNONYMS) {
      expect(phrase).toBe(phrase.toLowerCase().trim());
      expect(types.length).toBeGreaterThan(0);
      for (const type of types) expect(RISK_EVENT_TYPES).toContain(type);
    }
    for (const [phrase, state] of RISK_STATE_SYNONYMS) {
      expect(phrase).toBe(phrase.toLowerCase());
      expect(RISK_STATES).toContain(state);
    }
    for (const [phrase, detail] of RISK_DETAIL_SYNONYMS) {
      expect(phrase).toBe(phrase.toLowerCase());
      expect(RISK_DETAILS).toContain(detail);
    }
  });

  test.each([
    ['anonymous ip', ['anonymizedIPAddress']],
    ['unfamiliar sign-in properties', ['unfamiliarFeatures']],
    ['impossible travel', ['impossibleTravel', 'mcasImpossibleTravel']],
    ['leaked credentials', ['leakedCredentials']],
    ['aitm', ['attackerinTheMiddle']],
  ])('"%s" means %j', (phrase, types) => {
    expect(RISK_EVENT_SYNONYMS.get(phrase)).toEqual(types);
  });
});
