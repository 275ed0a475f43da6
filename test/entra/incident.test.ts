import { expect, test } from '@jest/globals';
import { incidentName, incidentsIn } from '../../src/entra/incident.ts';

test.each([
  ['INC-204', 'INC-204'],
  ['inc-204', 'INC-204'],
  ['INC0012345', 'INC0012345'],
  ['P1-7', 'P1-7'],
])('%s names the incident %s', (text, name) => {
  expect(incidentName(text)).toBe(name);
});

test.each([
  'CR-1001',
  'cr-7',
  'INC',
  '204',
  'INC-',
  'I-1',
  'INC-204x',
  'INC 204',
  'ABCDEFGHIJK-1',
  'İNC-204',
  '',
])('"%s" names no incident', (text) => {
  expect(incidentName(text)).toBeUndefined();
});

test.each<[string, readonly string[]]>([
  ['user denies travel, INC-204', ['INC-204']],
  ['CR-1001 was wrong, see sec-7.', ['SEC-7']],
  ['INC-204 and INC-205, inc-204 again', ['INC-204', 'INC-205']],
  ['ticket INC0001234, or INC 77', ['INC0001234', 'INC-77']],
  ['no incident at all', []],
  ['mail to a-b-c@contoso.com', []],
])('the reason "%s" may name %j', (reason, names) => {
  expect(incidentsIn(reason)).toEqual(names);
});
