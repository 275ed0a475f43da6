import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { VARIABLES } from '../../src/config/variables.ts';
import { execForm, healthCommand, readDockerfile, textsOf } from './dockerfile.ts';
import { dockerfileFaults } from './dockerfile-rules.ts';
import { buildFiles, isLetIn } from './ignored.ts';

const text = readFileSync('Dockerfile', 'utf8');
const ignoreFile = readFileSync('.dockerignore', 'utf8');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const stages = readDockerfile(text);
const last = stages.at(-1) ?? { image: '', instructions: [] };

describe('the Dockerfile', () => {
  test('breaks no rule', () => {
    expect(dockerfileFaults(text)).toEqual([]);
  });

  test.each([
    ['a base without a version', 'FROM node:24.21.0-bookworm-slim\n', 'FROM node\n', /not pinned/],
    ['a base that moves', 'FROM node:24.21.0-bookworm-slim\n', 'FROM node:24\n', /not pinned/],
    ['the newest base', 'FROM node:24.21.0-bookworm-slim\n', 'FROM node:latest\n', /not pinned/],
    ['a compiler in the last stage', 'USER', 'RUN apt-get install -y gcc\nUSER', /last stage builds/],
    ['root by name', 'USER 1000:1000', 'USER root', /USER/],
    ['root by number', 'USER 1000:1000', 'USER 0', /USER/],
    ['a name that Kubernetes cannot check', 'USER 1000:1000', 'USER node', /USER/],
    ['no user', 'USER 1000:1000\n', '', /USER/],
    ['the code of the bot its own', 'EXPOSE', 'COPY src ./again\nEXPOSE', /after USER/],
    ['a download', 'EXPOSE', 'ADD https://example.com/a.tgz /\nEXPOSE', /ADD/],
    ['a download by hand', 'EXPOSE', 'RUN curl https://example.com/x\nEXPOSE', /outside the lock/],
    ['a secret in ENV', 'ENV NODE_ENV=production', 'ENV LEDGER_KEY=00', /A secret/],
    [
      'a secret beside another variable',
      'NODE_ENV=production',
      'NODE_ENV=production APP_PASSWORD=x',
      /A secret/,
    ],
    ['a secret in ARG', 'EXPOSE', 'ARG npm_token\nEXPOSE', /A secret/],
    ['a shell as first process', /^CMD .*$/m, 'CMD npm start', /SIGTERM/],
    ['no command', /^CMD .*$/m, '', /SIGTERM/],
    ['no health check', /^HEALTHCHECK .*$/m, '', /HEALTHCHECK/],
    ['packages of development', ' --omit=dev', '', /otherwise/],
    ['install scripts', ' --ignore-scripts', '', /otherwise/],
    ['versions outside the lock', 'npm ci', 'npm install', /otherwise/],
    ['the modes of the checkout', 'RUN chmod -R u=rwX,go=rX .\n', '', /modes of the checkout/],
    ['modes given too early', /^(COPY src .*\n)(#.*\n)(RUN chmod.*\n)/m, '$2$3$1', /modes of the checkout/],
    ['files past the stage', 'COPY --from=files /app/src', 'COPY src', /modes of the checkout/],
    ['the whole checkout', 'COPY src ./src', 'COPY . .', /everything/],
  ])('would be refused with %s', (_what, from, to, says) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(dockerfileFaults(broken).join('\n')).toMatch(says);
  });

  test('runs what npm start runs', () => {
    expect(execForm(textsOf(last, 'CMD').join())?.join(' ')).toBe(manifest.scripts.start);
  });

  test('has the Node that the tests run on', () => {
    for (const { image } of stages) expect(image).toMatch(`node:${manifest.devDependencies.node}-`);
  });

  test('opens the usual port, and asks there how the bot is', () => {
    expect(textsOf(last, 'EXPOSE')).toEqual([VARIABLES.PORT.usual]);
    expect(healthCommand(last)).toEqual(['node', 'src/cli/health.ts']);
  });

  test('keeps the store where it usually is', () => {
    const [folder = ''] = textsOf(last, 'WORKDIR').slice(-1);
    expect(`${textsOf(last, 'VOLUME')}/flagman.db`).toBe(VARIABLES.DATA.usual.replace('.', folder));
  });

  test('copies only what is there', () => {
    const sources = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name, flags }) => name === 'COPY' && flags.from === undefined)
      .flatMap(({ text: words }) => words.split(/\s+/).slice(0, -1));
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((path) => !existsSync(path) || buildFiles('.', path).length === 0)).toEqual([]);
  });
});

describe('the build context', () => {
  test.each([
    '.env',
    '.git/config',
    'data/flagman.db',
    'secrets/ledger_key',
    'node_modules/pg/package.json',
    'cards/approval.png',
    'src/demo/start.ts',
    'src/cli/docs.ts',
    'test/container/dockerfile.test.ts',
    'README.md',
  ])('leaves %s out', (path) => {
    expect(isLetIn(ignoreFile, path)).toBe(false);
  });

  test.each(['package.json', 'package-lock.json', 'cards/approval.json', 'src/main.ts', 'src/cli/health.ts'])(
    'holds %s',
    (path) => {
      expect(isLetIn(ignoreFile, path)).toBe(true);
    },
  );
});
