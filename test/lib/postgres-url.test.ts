import { expect, test } from '@jest/globals';
import { crossesInTheOpen, isPostgresUrl, passwordsIn, publicNameOf } from '../../src/lib/postgres-url.ts';

test.each([
  ['postgres://localhost/flagman', true],
  ['PostgreSQL:///flagman', true],
  ['./postgres.db', false],
  ['postgres', false],
])('%s names a PostgreSQL database: %s', (text, expected) => {
  expect(isPostgresUrl(text)).toBe(expected);
});

test.each([
  ['postgres://flagman@localhost/flagman', []],
  ['postgres://flagman:plain@localhost/flagman', ['plain']],
  ['postgres://flagman:a%2Fb@localhost/flagman', ['a%2Fb', 'a/b']],
  ['postgres://flagman:100%@localhost/flagman', ['100%']],
  ['postgres:///flagman?password=late', ['late']],
  ['postgres://local host/flagman', []],
  ['./data/flagman.db', []],
])('the passwords in %s are %j', (text, expected) => {
  expect(passwordsIn(text)).toEqual(expected);
});

test.each([
  ['postgres://localhost/flagman', false],
  ['postgres:///flagman?host=/var/run/postgresql', false],
  ['postgres://127.0.0.1:5432/flagman', false],
  ['postgres://db.example/flagman', true],
  ['postgres://db.example/flagman?sslmode=require', true],
  ['postgres://db.example/flagman?sslmode=verify-full', false],
  ['postgres://local host/flagman', false],
  ['./data/flagman.db', false],
])('%s can be read on the way: %s', (text, expected) => {
  expect(crossesInTheOpen(text)).toBe(expected);
});

test.each([
  ['postgres://flagman:canary@db.example:5433/flagman?password=canary', 'postgres://db.example:5433/flagman'],
  ['postgres://local host:canary', 'a PostgreSQL database'],
  ['postgres://flagman:/canary@db.example/flagman', 'a PostgreSQL database'],
  ['./data/flagman.db', './data/flagman.db'],
])('what people are told of %s holds no secret', (text, expected) => {
  expect(publicNameOf(text)).toBe(expected);
});
