import { describe, expect, test } from '@jest/globals';
import { refused, wished } from './reading.ts';

describe('a file', () => {
  test.each([
    ['export', 'csv'],
    ['export as csv', 'csv'],
    ['Export CSV', 'csv'],
    ['export to excel', 'csv'],
    ['please export these rows as a csv file', 'csv'],
    ['export this as json lines', 'jsonl'],
    ['export as ndjson', 'jsonl'],
    ['download as markdown', 'markdown'],
    ['download it as md please', 'markdown'],
    ['download the last answer', 'csv'],
    ['export the results in markdown format', 'markdown'],
  ])('"%s" is the last answer as %s', (phrase, format) => {
    expect(wished(phrase)).toMatchObject({ asked: phrase, wish: { wish: 'file', of: 'answer', format } });
  });

  test.each([
    ['export INC-204 timeline as csv', 'csv'],
    ['export the timeline of INC-204 as json lines', 'jsonl'],
    ['download timeline inc-204', 'csv'],
    ['export INC-204', 'csv'],
  ])('"%s" is the timeline of an incident', (phrase, format) => {
    expect(wished(phrase).wish).toEqual({ wish: 'file', of: { timeline: 'INC-204' }, format });
  });

  test.each([
    'export as pdf',
    'export flagged sign-ins today',
    'export #2',
    'download everything as csv and json',
  ])('"%s" is a problem that names what there is', (phrase) => {
    const { problem, suggestions } = refused(phrase);
    expect(problem).toBe('unknown-word');
    expect(suggestions[0]).toEqual({ title: 'export as csv', say: 'export as csv' });
  });
});
