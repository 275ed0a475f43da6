import { describe, expect, test } from '@jest/globals';
import { isChange, type Powers } from '../../src/commands/command.ts';
import { isProblem, type Problem } from '../../src/commands/problem.ts';
import { readPhrase } from '../../src/commands/read.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';
import { context } from './reading.ts';

const inCloud = (name: keyof typeof CLOUDS, phrase: string) =>
  readPhrase(phrase, { ...context, gaps: CLOUDS[name].gaps });

const problemOf = (name: keyof typeof CLOUDS, phrase: string): Problem | undefined => {
  const reading = inCloud(name, phrase);
  return isProblem(reading) ? reading : undefined;
};

const ABOUT_USER_RISK = [
  'users at risk',
  'risky users',
  'detections last 7 days',
  'risk history for user@contoso.com',
  "confirm user compromised o'brien@contoso.com",
];

describe('what a cloud is without', () => {
  test.each(ABOUT_USER_RISK)('"%s" is not promised for later where it never will be', (phrase) => {
    const problem = problemOf('china', phrase);
    expect(problem).toMatchObject({
      problem: 'not-here',
      why: expect.stringContaining('this Microsoft cloud'),
    });
    expect(problem?.what).not.toMatch(/yet/);
    for (const name of ['global', 'usgov', 'usgovdod'] as const)
      expect(problemOf(name, phrase)?.problem).toBe('not-yet');
  });

  test.each(ABOUT_USER_RISK)('"%s" is answered with something that can be asked there', (phrase) => {
    const suggestions = problemOf('china', phrase)?.suggestions ?? [];
    expect(suggestions.length).toBeGreaterThan(0);
    for (const { say } of suggestions) expect(problemOf('china', say)).toBeUndefined();
  });

  test.each(['risky sign-ins last 24h', 'flagged today', 'confirm compromised #1 reason: stolen'])(
    '"%s" is asked everywhere: nothing says that it is not there',
    (phrase) => {
      for (const name of Object.keys(CLOUDS) as (keyof typeof CLOUDS)[])
        expect(problemOf(name, phrase)).toBeUndefined();
    },
  );
});

const powers = { standing: async () => ({ roles: [], mayRead: false }) } as unknown as Powers;

const shown = async (name: keyof typeof CLOUDS, phrase: string): Promise<string> => {
  const reading = inCloud(name, phrase);
  if (isProblem(reading) || isChange(reading)) throw new Error(phrase);
  return JSON.stringify(await reading.run(powers));
};

test.each(['help', 'what can I do'])(
  '"%s" says what the cloud is without, and where nothing is, nothing',
  async (phrase) => {
    const noUserRisk = /no lists of risky users and no risk detections/;
    const maybeNoFlags = /marks flagged sign-ins is not known/;
    const global = await shown('global', phrase);
    expect(global).not.toMatch(noUserRisk);
    expect(global).not.toMatch(maybeNoFlags);
    for (const name of ['usgov', 'usgovdod'] as const) {
      expect(await shown(name, phrase)).toMatch(maybeNoFlags);
      expect(await shown(name, phrase)).not.toMatch(noUserRisk);
    }
    expect(await shown('china', phrase)).toMatch(noUserRisk);
    expect(await shown('china', phrase)).toMatch(maybeNoFlags);
  },
);
