import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Compose, composeFaults } from './compose-rules.ts';
import { readDockerfile, textsOf } from './dockerfile.ts';
import { readYaml } from './yaml.ts';

const text = readFileSync('compose.yaml', 'utf8');
const compose = Compose.parse(readYaml(text));
const { bot, database } = compose.services;

describe('compose.yaml', () => {
  test('breaks no rule', () => {
    expect(composeFaults(readYaml(text))).toEqual([]);
  });

  test.each([
    ['a database that moves', 'postgres:15.14-bookworm', 'postgres:latest', /without a version/],
    ['a writable root', 'read_only: true', 'read_only: false', /bot may write/],
    ['no /tmp', '    tmpfs:\n      - /tmp\n    cap', '    cap', /no \/tmp/],
    ['capabilities', 'cap_drop:\n      - ALL', 'cap_drop:\n      - NET_RAW', /capabilities/],
    ['new privileges', 'no-new-privileges:true', 'no-new-privileges:false', /privileges/],
    ['all memory', '    mem_limit: 1536m\n', '', /bound on memory/],
    ['a database as root', "user: '999:999'", "user: '0:0'", /runs as root/],
    [
      'a secret in the environment',
      '      DATA_FILE:',
      '      LEDGER_KEY: abc\n      DATA_FILE:',
      /holds a secret/,
    ],
    [
      'an address with a password',
      'DATA_FILE: /run/secrets/database_url',
      'DATA: postgres://x',
      /holds a secret/,
    ],
    ['a misspelt variable', "PORT: '3978'", "PROT: '3978'", /nobody reads/],
    ['a secret that is not mounted', '      - ledger_key\n', '', /not mounted/],
    ['a secret that is not declared', '  ledger_key:\n    file: ./secrets/ledger_key\n', '', /not declared/],
    ['a secret in the repository', './secrets/ledger_key', './ledger_key', /take it along/],
    ['the socket of Docker', 'checkpoints:/app', '/var/run/docker.sock:/app', /could change|not declared/],
    ['one replica', 'replicas: 2', 'replicas: 1', /two replicas/],
    ['one port', '3978-3979:3978', '3978-3978:3978', /port for each/],
    ['a port for everybody', '127.0.0.1:3978', '0.0.0.0:3978', /on loopback/],
    ['no wait for the database', / {4}depends_on:\n.*\n.*\n/, '', /does not wait/],
    [
      'a database with a port',
      '    image: postgres',
      "    ports:\n      - '5432:5432'\n    image: postgres",
      /reached/,
    ],
    ['an open network', 'internal: true', 'internal: false', /reached/],
    ['no way out', '      - inside\n      - outside\n', '      - inside\n', /reach Microsoft/],
    ['all rights', '    init: true', '    privileged: true', /privileged/],
    ['a network of the machine', '    init: true', '    network_mode: host', /network_mode/],
  ])('would be refused with %s', (_what, from, to, says) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    const faults = (): string => {
      try {
        return composeFaults(readYaml(broken)).join('\n');
      } catch (error) {
        return String(error);
      }
    };
    expect(faults()).toMatch(says);
  });

  test('gives the image the folder that it writes, and the port that it opens', () => {
    const last = readDockerfile(readFileSync('Dockerfile', 'utf8')).at(-1);
    if (!last) throw new Error('The Dockerfile is empty.');
    expect(bot.volumes).toContain(`checkpoints:${textsOf(last, 'VOLUME')}`);
    expect(bot.ports?.join()).toMatch(new RegExp(`:${textsOf(last, 'EXPOSE')}$`));
  });

  test('mounts files that are there, and keeps secrets out of the repository', () => {
    const mounted = [...bot.volumes, ...database.volumes].filter((one) => one.startsWith('./'));
    expect(mounted.map((one) => one.split(':')[0] ?? '').filter((path) => !existsSync(path))).toEqual([]);
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain('/secrets/');
  });

  test('names the role of the database that is made for the bot alone', () => {
    const made = readFileSync('compose/database.sql', 'utf8');
    expect(made).toMatch(/create role flagman login .* nosuperuser nocreatedb nocreaterole;/);
    expect(database.healthcheck?.test).toContain('--username=flagman');
  });
});

describe('the reader of YAML', () => {
  test('reads maps, lists, words, numbers and text in quotes', () => {
    expect(readYaml("# said\na: b\nc:\n  d: 2\n  e:\n    - 'it''s: 1'\n    - x:y\nf:\ng: true\n")).toEqual({
      a: 'b',
      c: { d: 2, e: ["it's: 1", 'x:y'] },
      f: null,
      g: true,
    });
  });

  test.each([
    ['a: &anchor b'],
    ['a: *alias'],
    ['a: [1]'],
    ['a: {b: c}'],
    ['a: |\n  b'],
    ['a: "b"'],
    ['a: yes'],
    ['a: 08'],
    ['a: 22:22'],
    ['a: b # c'],
    ['a: b: c'],
    ['a: b\na: c'],
    ['a:\n    b: c\n  d: e'],
    ['- a: b'],
    ['<<: b'],
  ])('refuses what it does not know: %j', (more) => {
    expect(() => readYaml(more)).toThrow(/more YAML/);
  });
});
