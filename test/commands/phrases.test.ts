import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Wish } from '../../src/commands/command.ts';
import { clausesOf, filterOf, phrases, refused, understood, wished } from './reading.ts';

const shared = new URL('../../../shared/data/phrases.json', import.meta.url);
const own = new URL('../data/phrases.json', import.meta.url);

const of = (entity: string) => phrases.filter((sample) => sample.entity === entity && !sample.needs);

const SIGN_IN = '66ea54eb-6301-4ee5-be62-ff5a759b0100';
const OTHER = '42bf60ac-d0cb-4206-aa5c-101884298f55';

/** What the wishes for changes mean; the file has no filter for them. */
const WISHES: Readonly<Record<string, Wish>> = {
  'post that to the incident thread': { wish: 'share' },
  'export INC-204 timeline as csv': { wish: 'file', of: { timeline: 'INC-204' }, format: 'csv' },
  [`confirm compromised ${SIGN_IN}`]: {
    wish: 'request',
    action: 'confirm-sign-in-compromised',
    targets: { ids: [SIGN_IN] },
  },
  [`confirm compromised ${SIGN_IN} ${OTHER} reason: user denies travel, INC-204`]: {
    wish: 'request',
    action: 'confirm-sign-in-compromised',
    targets: { ids: [SIGN_IN, OTHER] },
    reason: 'user denies travel, INC-204',
  },
  'confirm compromised #1 #3': {
    wish: 'request',
    action: 'confirm-sign-in-compromised',
    targets: { rows: [1, 3] },
  },
  [`confirm sign-in safe ${SIGN_IN}`]: {
    wish: 'request',
    action: 'confirm-sign-in-safe',
    targets: { ids: [SIGN_IN] },
  },
  'approve CR-1042': { wish: 'approve', number: 1042 },
  approve: { wish: 'approve' },
  'deny CR-1042 spoke to user by phone, was travelling': {
    wish: 'reject',
    number: 1042,
    reason: 'spoke to user by phone, was travelling',
  },
  'cancel CR-1042': { wish: 'withdraw', number: 1042 },
};

/** Actions that only read or remember, and the command that each of them is. */
const READINGS: Readonly<Record<string, string>> = {
  'next page': 'next page',
  'set my timezone Europe/Oslo': 'set my timezone',
  'who approved CR-1042': 'who approved',
};

(existsSync(shared) ? test : test.skip)('the phrase file is the one that everybody shares', () => {
  expect(JSON.parse(readFileSync(own, 'utf8'))).toEqual(JSON.parse(readFileSync(shared, 'utf8')));
});

describe('the phrase file', () => {
  test.each(of('signIns'))('"$phrase" asks exactly what it means', ({ phrase, filter }) => {
    expect(clausesOf(filterOf(phrase) ?? '')).toEqual(clausesOf(filter ?? ''));
  });

  test.each(of('help'))('"$phrase" is answered without Graph', ({ phrase }) => {
    expect(understood(phrase).query).toBeUndefined();
  });

  test.each(of('error'))('"$phrase" is a problem that says what to do instead', ({ phrase }) => {
    const problem = refused(phrase);
    expect(problem.what).toMatch(/\.$/);
    expect(problem.next).not.toBe('');
  });

  const later = [...of('riskyUsers'), ...of('riskDetections'), ...of('action')];
  test.each(later.filter(({ phrase }) => !(phrase in WISHES || phrase in READINGS)))(
    '"$phrase" is not there yet, and what is there is named',
    ({ phrase }) => {
      const { problem, suggestions } = refused(phrase);
      expect(problem).toBe('not-yet');
      expect(suggestions.length).toBeGreaterThan(0);
      for (const { say } of suggestions) understood(say);
    },
  );

  test.each(Object.entries(WISHES))('"%s" wishes exactly what it says', (phrase, wish) => {
    expect(phrases.map((sample) => sample.phrase)).toContain(phrase);
    expect(wished(phrase).wish).toEqual(wish);
  });

  test.each(Object.entries(READINGS))('"%s" is there and changes nothing', (phrase, name) => {
    expect(understood(phrase).command.name).toBe(name);
  });

  test('whether a row is there and a request still open, only the chat can tell', () => {
    expect(wished('confirm compromised #9').wish).toMatchObject({ targets: { rows: [9] } });
    expect(wished('approve CR-0991 (expired)').wish).toEqual({ wish: 'approve', number: 991 });
  });
});
