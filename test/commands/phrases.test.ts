import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { clausesOf, filterOf, phrases, refused, understood } from './reading.ts';

const shared = new URL('../../../shared/data/phrases.json', import.meta.url);
const own = new URL('../data/phrases.json', import.meta.url);

const of = (entity: string) => phrases.filter((sample) => sample.entity === entity && !sample.needs);

/** Sayings of later issues that are there already. */
const ALREADY = ['next page', 'set my timezone Europe/Oslo'];

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
  test.each(later.filter(({ phrase }) => !ALREADY.includes(phrase)))(
    '"$phrase" is not there yet, and what is there is named',
    ({ phrase }) => {
      const { problem, suggestions } = refused(phrase);
      expect(problem).toBe('not-yet');
      expect(suggestions.length).toBeGreaterThan(0);
      for (const { say } of suggestions) understood(say);
    },
  );

  test.each(ALREADY)('"%s" is there already', (phrase) => {
    expect(understood(phrase).command.name).toBe(phrase.startsWith('set') ? 'set my timezone' : phrase);
  });
});
