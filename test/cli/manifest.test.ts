import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { isChange } from '../../src/commands/command.ts';
import { COMMANDS } from '../../src/commands/list.ts';
import { isProblem } from '../../src/commands/problem.ts';
import { readPhrase } from '../../src/commands/read.ts';
import { SIGN_IN_SEARCH } from '../../src/entra/message-extension.ts';
import { context, meant } from '../commands/reading.ts';

const require = createRequire(import.meta.url);
const SCHEMAS = 'node_modules/@microsoft/app-manifest/build/json-schemas/teams';
const GUID = '11111111-2222-3333-4444-555555555555';

const text = readFileSync('manifest/manifest.json', 'utf8');
const manifest = JSON.parse(text.replaceAll('{{MicrosoftAppId}}', GUID));

/** The versions that the package brings, as numbers: 1.30 is newer than 1.9. */
const versions = readdirSync(SCHEMAS)
  .map((folder) => /^v1\.(\d+)$/.exec(folder)?.[1])
  .filter((minor) => minor !== undefined)
  .map(Number);

describe('the manifest', () => {
  test('is of the newest version that its package brings a schema for', () => {
    const newest = `1.${Math.max(...versions)}`;
    expect(manifest.manifestVersion).toBe(newest);
    expect(manifest.$schema).toBe(
      `https://developer.microsoft.com/json-schemas/teams/v${newest}/MicrosoftTeams.schema.json`,
    );
  });

  test('is valid by that schema', () => {
    const { default: Ajv } = require('ajv-draft-04');
    const schema = require(
      `@microsoft/app-manifest/build/json-schemas/teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`,
    );
    const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
    validate(manifest);
    expect(validate.errors).toBeNull();
  });

  test('has the version of the package', () => {
    expect(manifest.version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  test('asks for nothing to be read that nobody addressed to the bot', () => {
    expect(manifest).not.toHaveProperty('authorization');
    expect(manifest).not.toHaveProperty('webApplicationInfo');
    expect(manifest.validDomains).toEqual([]);
    expect(manifest.bots[0]).not.toHaveProperty('supportsTargetedMessages');
  });

  test('offers the bot alone, in teams, also in private and shared channels, and in group chats', () => {
    expect(manifest.bots[0].scopes.sort()).toEqual(['groupChat', 'personal', 'team']);
    expect(manifest.supportsChannelFeatures).toBe('tier1');
  });

  test('declares the search by the words that the bot knows it by', () => {
    const [command, ...others] = manifest.composeExtensions[0].commands;
    expect(others).toEqual([]);
    expect(command).toMatchObject({ id: SIGN_IN_SEARCH.commandId, type: 'query', initialRun: true });
    expect(command.parameters.map(({ name }: { name: string }) => name)).toEqual([SIGN_IN_SEARCH.parameter]);
  });
});

interface Listed {
  readonly title: string;
  readonly description: string;
}

const lists: readonly { scopes: string[]; commands: Listed[] }[] = manifest.bots[0].commandLists;

const listed = COMMANDS.flatMap(({ name, listed }) => (listed ? [{ name, title: listed.title }] : []));

describe('a list of commands', () => {
  test('is there for every place where the bot is', () => {
    expect(lists.flatMap(({ scopes }) => scopes).sort()).toEqual(['groupChat', 'personal', 'team']);
  });

  test.each(lists)('has at most twelve, which fit, each once: $scopes', ({ commands }) => {
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.length).toBeLessThanOrEqual(12);
    expect(new Set(commands.map(({ title }) => title)).size).toBe(commands.length);
    for (const { title, description } of commands) {
      expect(title.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(128);
    }
  });

  test.each(listed)(
    'types "$title", which is understood or answered with how it goes on',
    ({ name, title }) => {
      const reading = readPhrase(title, context);
      if (!isProblem(reading)) {
        expect(reading.command.name).toBe(name);
        return;
      }
      expect(reading.problem).toBe('missing-argument');
      const example = reading.next.replace('For example: ', '');
      expect(example).toContain(title.split(' ', 1)[0]);
      expect(meant(example).command.name).toBe(name);
    },
  );

  test.each(listed)('shares and changes nothing by "$title" alone, and names no incident', ({ title }) => {
    const reading = readPhrase(title, context);
    expect(isProblem(reading) || !isChange(reading)).toBe(true);
    expect(title).not.toMatch(/[A-Z]+-\d/);
  });
});
