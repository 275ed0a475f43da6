import { describe, expect, test } from '@jest/globals';
import { isForAskerAlone } from '../../src/cards/for-asker-alone.ts';
import type { ProblemView, View } from '../../src/cards/view.ts';
import { codeView } from '../../src/commands/all/explain.ts';
import { nothingShown } from '../../src/commands/all/next-page.ts';
import { greetingView } from '../../src/commands/greeting.ts';
import { detailsView, helpView, listView, problemView, workingView } from './views.ts';

const alone = (view: View, belongsHere = false): boolean => isForAskerAlone(view, belongsHere);

const ours: ProblemView = {
  card: 'problem',
  what: 'You ask faster than I answer.',
  why: 'At most 60 questions a minute.',
  next: 'Wait a moment.',
  suggestions: [{ title: 'Help', say: 'help' }],
};

test('sign-ins, one of them or none, are for whoever asked', () => {
  expect(alone(listView({ rows: [] }))).toBe(true);
  expect(alone(listView())).toBe(true);
  expect(alone(detailsView())).toBe(true);
});

test('help, explanations and the greeting are for everybody', () => {
  for (const view of [greetingView(), nothingShown(), codeView(53003)]) expect(alone(view)).toBe(false);
});

test('an answer in words that is not known to be general is for whoever asked', () => {
  expect(alone({ ...helpView, title: 'What was asked about somebody' })).toBe(true);
});

test('an explanation that was opened from a sign-in is for whoever opened it', () => {
  expect(alone({ ...codeView(53003), back: { resultId: 'r', row: 's' } })).toBe(true);
});

describe('a problem', () => {
  test('in our own words is for everybody', () => {
    expect(alone(ours)).toBe(false);
  });

  test('that points at what was typed is for whoever typed it', () => {
    expect(alone(problemView)).toBe(true);
    expect(alone({ ...ours, pointer: { text: 'flagged for sam', at: 12, length: 3 } })).toBe(true);
  });

  test.each(['user@contoso.com', '198.51.100.7', '2001:db8::7', '::1'])(
    'that says %s is for whoever asked',
    (name) => {
      for (const change of [
        { what: `There is no ${name}.` },
        { why: `It is ${name}.` },
        { next: `Ask ${name}.` },
        { suggestions: [{ title: 'Ask again', say: `sign-ins for ${name}` }] },
        { suggestions: [{ title: `Sam (${name})`, say: 'x' }] },
      ])
        expect(alone({ ...ours, ...change })).toBe(true);
    },
  );
});

test('what belongs to a conversation is for everybody in it, and for nobody else elsewhere', () => {
  for (const card of ['approval', 'share', 'timeline'] as const) {
    expect(alone({ card } as View, true)).toBe(false);
    expect(alone({ card } as View, false)).toBe(true);
  }
});

test('lists of requests and forms are for whoever asked; that work goes on, and how it ended, are not', () => {
  for (const card of ['approval-list', 'action-form', 'share-form'] as const)
    expect(alone({ card } as View)).toBe(true);
  expect(alone(workingView)).toBe(false);
  expect(alone({ card: 'notice' } as View)).toBe(false);
});
