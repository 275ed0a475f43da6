import { describe, expect, test } from '@jest/globals';
import { CLAUSES } from '../../src/commands/clauses/list.ts';
import { COMMANDS, QUESTIONS, REFUSED } from '../../src/commands/list.ts';
import { meant, refused, understood } from './reading.ts';

const examplesOf = (commands: typeof COMMANDS) =>
  commands.flatMap(({ name, examples }) => examples.map((phrase) => ({ name, phrase })));

describe('a command', () => {
  test.each(examplesOf(COMMANDS.filter((command) => !QUESTIONS.includes(command))))(
    'called "$name" is what its example "$phrase" means',
    ({ name, phrase }) => {
      expect(meant(phrase).command.name).toBe(name);
    },
  );

  test.each(examplesOf(QUESTIONS))('called "$name" understands its example "$phrase"', ({ phrase }) => {
    expect(understood(phrase).query).toBeDefined();
  });

  test.each(QUESTIONS.map(({ name, examples }) => ({ name, phrase: examples[0] })))(
    'called "$name" is named by its first example',
    ({ name, phrase }) => {
      expect(understood(phrase).command.name).toBe(name);
    },
  );

  test.each(examplesOf(REFUSED))('called "$name" refuses its example "$phrase"', ({ phrase }) => {
    expect(refused(phrase).suggestions.length).toBeGreaterThan(0);
  });

  test('has a name of its own and a summary that fits the manifest', () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length);
    for (const { name, summary } of COMMANDS) {
      expect(name).toBe(name.replace(/[^a-zA-Z -]/g, ''));
      expect(summary.length).toBeLessThanOrEqual(128);
    }
  });
});

describe('a clause', () => {
  test('has a name of its own', () => {
    expect(new Set(CLAUSES.map(({ name }) => name)).size).toBe(CLAUSES.length);
  });

  test.each(CLAUSES.flatMap(({ name, examples }) => examples.map((phrase) => ({ name, phrase }))))(
    'called "$name" understands its example "$phrase"',
    ({ phrase }) => {
      expect(understood(phrase).query?.where.length).toBeGreaterThan(0);
    },
  );

  test.each([...COMMANDS, ...CLAUSES].map(({ name }) => name))('called "%s" has help', (name) => {
    expect(understood(`help ${name}`).command.name).toBe('help');
  });
});
