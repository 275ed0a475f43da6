import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isChange } from '../../src/commands/command.ts';
import { isProblem } from '../../src/commands/problem.ts';
import { readPhrase } from '../../src/commands/read.ts';
import { compile } from '../../src/graph/compile.ts';

interface Meant {
  readonly phrase: string;
  readonly entity: 'signIns' | 'help' | 'action' | 'error';
  readonly filter: string | null;
  readonly note: string;
  readonly code?: string;
}

const NOW = Date.parse('2026-11-21T12:00:00Z');
const context = { now: NOW, zone: 'UTC', me: '{callerAadObjectId}' };
const options = {
  graphUrl: 'https://graph.microsoft.com',
  now: NOW,
  retentionDays: 30,
  defaultHours: 24,
  settling: 0,
};

const { phrases }: { readonly phrases: readonly Meant[] } = JSON.parse(
  readFileSync(new URL('../data/more-phrases.json', import.meta.url), 'utf8'),
);

/** Splits at a word that stands outside quotes and parentheses. */
const splitAt = (text: string, word: 'and' | 'or'): readonly string[] => {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (const { 0: piece, index } of text.matchAll(/'|\(|\)| (?:and|or) /g)) {
    if (piece === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (piece === '(') depth += 1;
    else if (piece === ')') depth -= 1;
    else if (depth === 0 && piece === ` ${word} `) {
      parts.push(text.slice(start, index));
      start = index + piece.length;
    }
  }
  return [...parts, text.slice(start)];
};

/** The alternatives of one clause in a fixed order; one list tested by several `any` is one `any`. */
const alternatives = (clause: string): string => {
  const inner = clause.startsWith('(') ? clause.slice(1, -1) : clause;
  const tests = splitAt(inner, 'or').flatMap((part) => {
    const [, list, within = ''] = /^(\w+)\/any\(t: (.*)\)$/.exec(part) ?? [];
    return list ? splitAt(within, 'or').map((each) => `${list}: ${each}`) : [part];
  });
  return tests.sort().join(' or ');
};

/** What a filter demands, whatever the order of its clauses and of the alternatives in them. */
const demands = (filter: string | null): readonly string[] =>
  filter === null
    ? []
    : splitAt(filter.replaceAll('startsWith(', 'startswith('), 'and').map(alternatives).sort();

/** What the language and the translation make of a phrase, in the terms of the file. */
const understand = (phrase: string) => {
  const reading = readPhrase(phrase, context);
  if (isProblem(reading)) return { refused: `${reading.problem}: ${reading.what}` };
  if (isChange(reading)) return { wishes: reading.wish };
  if (reading.query === undefined) return { answers: reading.command.name };
  const [{ literal, secondPass }] = compile(reading.query, options);
  return { demands: demands(literal), onTheRows: secondPass.length > 0 };
};

const ofKind = (entity: Meant['entity']): readonly Meant[] =>
  phrases.filter((meant) => meant.entity === entity);

describe('what people type means what a reader of it would say', () => {
  test('questions about sign-ins', () => {
    const wrong = ofKind('signIns').flatMap(({ phrase, filter, note }) => {
      const meant = { demands: demands(filter), onTheRows: note.startsWith('CLIENT-SIDE') };
      const understood = understand(phrase);
      return JSON.stringify(understood) === JSON.stringify(meant) ? [] : [{ phrase, meant, understood }];
    });
    expect(wrong).toEqual([]);
  });

  test('help, explanations and the commands that ask Graph nothing', () => {
    const wrong = ofKind('help').flatMap(({ phrase }) => {
      const understood = understand(phrase);
      return 'answers' in understood ? [] : [{ phrase, understood }];
    });
    expect(wrong).toEqual([]);
  });

  test('wishes for changes', () => {
    const wrong = ofKind('action').flatMap(({ phrase }) => {
      const understood = understand(phrase);
      return 'wishes' in understood ? [] : [{ phrase, understood }];
    });
    expect(wrong).toEqual([]);
  });

  test('what cannot be carried out', () => {
    const wrong = ofKind('error').flatMap(({ phrase, code = '' }) => {
      const understood = understand(phrase);
      return understood.refused?.startsWith(`${code}`) ? [] : [{ phrase, code, understood }];
    });
    expect(wrong).toEqual([]);
  });

  test('no phrase stands there twice', () => {
    expect(new Set(phrases.map(({ phrase }) => phrase)).size).toBe(phrases.length);
  });
});
