import { expect, test } from '@jest/globals';
import { BriefMap } from '../../src/lib/brief-map.ts';

test('it holds so many entries, and starts over with the next new one', () => {
  const map = new BriefMap<string, number>(2).set('a', 1).set('b', 2);
  expect([...map]).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  map.set('c', 3);
  expect([...map]).toEqual([['c', 3]]);
});

test('a new value for a known key forgets nothing', () => {
  const map = new BriefMap<string, number>(2).set('a', 1).set('b', 2).set('a', 3);
  expect(Object.fromEntries(map)).toEqual({ a: 3, b: 2 });
});

test('one for no entries holds none', () => {
  expect(new BriefMap<string, number>(0).set('a', 1).size).toBe(0);
});
