import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manifestOf, type Owner, writtenManifest } from '../../src/cli/manifest.ts';
import { manifestFaults } from '../../src/cli/manifest-rules.ts';
import { schemaFaults } from '../../src/cli/manifest-schema.ts';
import { unzip } from '../lib/unzip.ts';

const APP = '11111111-2222-3333-4444-55555555aaaa';

let folder: string;
/** How it went to make `whole.zip`, whose bot was named in capitals. */
let whole: Ran;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-package-'));
  whole = run(['--app-id', APP.toUpperCase(), '--out', 'whole.zip']);
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const TOOL = resolve('src/cli/package.ts');

/** Runs the tool in a folder of its own, with nothing configured but what is given. */
const run = (args: readonly string[], environment: Record<string, string> = {}, tool = [TOOL]): Ran => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...tool, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
};

const at = (name: string): string => join(folder, name);

const filesOf = (name: string) => unzip(readFileSync(at(name)));

const manifestIn = (name: string) =>
  JSON.parse(
    filesOf(name)
      .find((file) => file.name === 'manifest.json')
      ?.bytes.toString() ?? '',
  );

const hashOf = (name: string): string =>
  createHash('sha256')
    .update(readFileSync(at(name)))
    .digest('hex');

describe('the package', () => {
  test('holds the manifest and the two icons, at its root, and nothing else', () => {
    expect(whole).toMatchObject({ status: 0, err: '' });
    expect(filesOf('whole.zip').map(({ name }) => name)).toEqual([
      'manifest.json',
      'color.png',
      'outline.png',
    ]);
    for (const { name, bytes } of filesOf('whole.zip').slice(1)) {
      expect(bytes.equals(readFileSync(`manifest/${name}`))).toBe(true);
    }
    const { icons } = manifestIn('whole.zip');
    expect(icons).toEqual({ color: 'color.png', outline: 'outline.png' });
  });

  test('names the bot everywhere, in lower case, and leaves no mark to be filled in', () => {
    const { id, bots, composeExtensions } = manifestIn('whole.zip');
    expect([id, bots[0].botId, composeExtensions[0].botId]).toEqual([APP, APP, APP]);
    expect(filesOf('whole.zip')[0]?.bytes.toString()).not.toMatch(/\{\{|\$\{/);
  });

  test('is the same to the byte for the same bot, and another for another', () => {
    run(['--app-id', APP, '--out', 'again.zip']);
    run(['--app-id', APP.replace('1', '2'), '--out', 'other.zip']);
    expect(hashOf('again.zip')).toBe(hashOf('whole.zip'));
    expect(hashOf('other.zip')).not.toBe(hashOf('whole.zip'));
  });

  test('holds what the owner says of the app', async () => {
    const said = ['--name', 'Flagman $& test', '--version', '1.2.0', '--developer', 'Fabrikam'];
    run([
      '--app-id',
      APP,
      '--out',
      'own.zip',
      ...said,
      '--website',
      'https://fabrikam.com',
      '--terms',
      'https://fabrikam.com/terms',
    ]);
    const made = manifestIn('own.zip');
    expect(made).toMatchObject({
      version: '1.2.0',
      name: { short: 'Flagman $& test', full: 'Flagman $& test, sign-in triage for the security on-call' },
      developer: {
        name: 'Fabrikam',
        websiteUrl: 'https://fabrikam.com',
        privacyUrl: 'https://fabrikam.com',
        termsOfUseUrl: 'https://fabrikam.com/terms',
      },
    });
    expect(await schemaFaults(made)).toEqual([]);
  });

  test('is called flagman.zip, of the bot in .env, unless something else is said', () => {
    writeFileSync(at('.env'), `MicrosoftAppId=${APP}\n`);
    try {
      expect(run([]).out).toMatch(`flagman.zip holds Flagman 0.1.0 for the bot ${APP}.`);
      expect(manifestIn('flagman.zip').id).toBe(APP);
    } finally {
      rmSync(at('.env'));
    }
  });
});

describe('the packaging', () => {
  test("says that Microsoft's schema was asked, whose name people will see, and what to do next", () => {
    const { out } = whole;
    expect(out).toMatch("Checked by Microsoft's schema 1.30.");
    expect(out).toMatch('People will see in Teams that it is by Contoso Security');
    expect(out).toMatch('Teams admin center > Teams apps > Manage apps > Actions > Upload new app');
  });

  test('says nothing of the developer where the owner is named', () => {
    const own = ['--developer', 'Fabrikam', '--website', 'https://fabrikam.com'];
    expect(run(['--app-id', APP, '--out', 'owned.zip', ...own]).out).not.toMatch('People will see');
  });

  test('overwrites a file only when it is told to', () => {
    writeFileSync(at('kept.zip'), 'precious');
    const refused = run(['--app-id', APP, '--out', 'kept.zip']);
    expect(refused).toMatchObject({ status: 1, out: '' });
    expect(refused.err).toMatch('kept.zip is there already: name another file, or add --force.');
    expect(readFileSync(at('kept.zip'), 'utf8')).toBe('precious');
    expect(run(['--app-id', APP, '--out', 'kept.zip', '--force']).status).toBe(0);
    expect(filesOf('kept.zip')).toHaveLength(3);
  });

  test('names a folder, or what else keeps it from writing, and says nothing of force', () => {
    mkdirSync(at('a-folder'));
    const isFolder = 'a-folder is a folder: name a file in it.';
    expect(run(['--app-id', APP, '--out', 'a-folder']).err).toMatch(isFolder);
    const forced = run(['--app-id', APP, '--out', 'a-folder', '--force']);
    expect(forced).toMatchObject({ status: 1, out: '' });
    expect(forced.err).toMatch(isFolder);
    const nowhere = run(['--app-id', APP, '--out', 'no-folder/a.zip']).err;
    expect(nowhere).toMatch('The package cannot be written: no such file or directory (no-folder/a.zip).');
    expect(forced.err + nowhere).not.toMatch(/add --force|E[A-Z]{4}/);
  });

  test('says how it is used, and does nothing else, when it is asked', () => {
    const ran = run(['--app-id', APP, '--out', 'helped.zip', '--help']);
    expect(ran).toMatchObject({ status: 0, err: '', out: expect.stringMatching(/^Usage: npm run/) });
    expect(existsSync(at('helped.zip'))).toBe(false);
  });

  test('leaves out the blanks around what the owner says', () => {
    const said = ['--name', ' Flagman test\n', '--developer', ' Fabrikam ', '--version', ' 1.2.0 '];
    run(['--app-id', ` ${APP} `, '--out', 'trimmed.zip', ...said, '--website', ' https://fabrikam.com ']);
    expect(manifestIn('trimmed.zip')).toMatchObject({
      id: APP,
      version: '1.2.0',
      name: { short: 'Flagman test', full: 'Flagman test, sign-in triage for the security on-call' },
      developer: { name: 'Fabrikam', websiteUrl: 'https://fabrikam.com', privacyUrl: 'https://fabrikam.com' },
    });
  });

  test('refuses what Teams would, names every fault at once, and writes nothing', () => {
    const ran = run(['--app-id', 'x', '--name', '', '--version', '1', '--out', 'refused.zip']);
    expect(ran).toMatchObject({ status: 1, out: '' });
    for (const what of ['application id', 'name must', 'version must']) expect(ran.err).toMatch(what);
    expect(existsSync(at('refused.zip'))).toBe(false);
  });

  test('refuses a flag that is none', () => {
    expect(run(['--tenant', 'x']).err).toMatch("Unknown option '--tenant'");
  });

  test.each([
    ['is configured', {}, 'MicrosoftAppId is missing: it is needed unless --app-id names the bot.'],
    ['is right', { MicrosoftAppId: 'flagman' }, 'MicrosoftAppId must be a GUID.'],
    ['is spelt so', { MicrosoftAppID: APP }, 'MicrosoftAppID is misspelt: it is MicrosoftAppId.'],
  ])('needs a bot that %s', (_what, environment, sentence) => {
    const ran = run(['--out', 'refused.zip'], environment);
    expect(ran.status).toBe(1);
    expect(ran.err).toMatch(sentence);
  });

  test("goes on by its own rules where Microsoft's schema is not installed, and says so", () => {
    const production = at('production');
    mkdirSync(join(production, 'node_modules'), { recursive: true });
    for (const name of ['src', 'manifest', 'package.json'])
      symlinkSync(resolve(name), join(production, name));
    for (const name of readdirSync('node_modules').filter((name) => !name.startsWith('ajv'))) {
      symlinkSync(resolve('node_modules', name), join(production, 'node_modules', name));
    }
    const tool = ['--preserve-symlinks', '--preserve-symlinks-main', join(production, 'src/cli/package.ts')];
    const ran = run(['--app-id', APP, '--out', 'production.zip'], {}, tool);
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(ran.out).toMatch("Not checked by Microsoft's schema, which only a development install brings.");
    expect(run(['--app-id', 'x', '--out', 'none.zip'], {}, tool).status).toBe(1);
  });
});

describe('the rules of the packaging', () => {
  const made = manifestOf(writtenManifest(), { appId: APP });

  test('find nothing wrong with the manifest, and neither does the schema', async () => {
    expect(manifestFaults(made)).toEqual([]);
    expect(await schemaFaults(made)).toEqual([]);
  });

  test('want one application for app, bot and search', () => {
    expect(manifestFaults({ ...made, id: APP.replace('1', '2') })).toEqual([
      'App, bot and search must name one application.',
    ]);
  });

  const hidden = 'must not hold line breaks, or characters that are hidden or turn text around.';
  const https = 'must be an address that begins with https://';

  test.each<[what: string, said: Partial<Owner>, sentence: string]>([
    ['an id that is none', { appId: 'flagman' }, 'The application id must be a GUID.'],
    ['an empty id', { appId: '' }, 'The application id must be a GUID.'],
    [
      'an id of nobody',
      { appId: '00000000-0000-0000-0000-000000000000' },
      'The application id must be that of a bot, not all zeros.',
    ],
    ['a name that is cut', { name: 'n'.repeat(31) }, 'The name must have at most 30 characters.'],
    ['an empty name', { name: '' }, 'The name must not be empty.'],
    ['a name of blanks', { name: ' \u00a0\t' }, 'The name must not be empty.'],
    ['a name of two lines', { name: 'Flagman\nby Contoso' }, `The name ${hidden}`],
    ['a name that is turned around', { name: 'Flagman \u202enimda' }, `The name ${hidden}`],
    ['a name that nobody sees', { name: '\u200b\u3164' }, `The name ${hidden}`],
    ['a developer in disguise', { developer: 'Contoso\u2066 Ltd' }, `The name of the developer ${hidden}`],
    ['a developer of blanks', { developer: ' ' }, 'The name of the developer must not be empty.'],
    ['a version before all others', { version: '0.0.0' }, 'The version must be more than 0.0.0.'],
    [
      'a privacy statement behind a password',
      { privacy: 'https://user:secret@fabrikam.com' },
      'The privacy statement must name no user and no password.',
    ],
    [
      'terms that seem to be of another host',
      { terms: 'https://contoso.com@fabrikam.com/' },
      'The page with the terms of use must name no user and no password.',
    ],
    [
      'an address with a blank',
      { terms: 'https://fabri kam.com' },
      'The page with the terms of use must not hold blanks.',
    ],
    [
      'an address with what is hidden',
      { terms: 'https://fabrikam.com/\u200b' },
      `The page with the terms of use ${hidden}`,
    ],
    ['a version of two numbers', { version: '1.2' }, 'The version must be three numbers, such as 1.2.0.'],
    [
      'a version with a zero before',
      { version: '1.02.0' },
      'The version must be three numbers, such as 1.2.0.',
    ],
    [
      'a developer with too long a name',
      { developer: 'd'.repeat(33) },
      'The name of the developer must have at most 32 characters.',
    ],
    ['a privacy statement that is no address', { privacy: 'ask-us' }, `The privacy statement ${https}`],
    [
      'terms that run in the browser',
      { terms: 'javascript:alert(1)' },
      `The page with the terms of use ${https}`,
    ],
  ])('refuse %s', (_what, said, sentence) => {
    expect(manifestFaults(manifestOf(writtenManifest(), { appId: APP, ...said }))).toEqual([sentence]);
  });

  test('refuse an address of two lines, which is read as one', () => {
    const split = manifestOf(writtenManifest(), { appId: APP, terms: 'https://fabri\nkam.com' });
    expect(manifestFaults(split)).toContain('The page with the terms of use must not hold blanks.');
  });

  test('refuse a website that is not protected', () => {
    const open = manifestOf(writtenManifest(), { appId: APP, website: 'http://fabrikam.com' });
    expect(manifestFaults(open)).toContain(`The website ${https}`);
  });

  test.each([
    ['thirteen commands in a list', 13, 'help', 'A list must have at most 12 commands.'],
    ['a title that is cut', 1, 't'.repeat(33), 'A title must have at most 32 characters.'],
  ])('refuse %s', (_what, count, title, sentence) => {
    const commands = Array.from({ length: count }, () => ({ title, description: 'What can be asked.' }));
    const bots = [{ botId: APP, commandLists: [{ scopes: ['team'], commands }] }];
    expect(manifestFaults({ ...made, bots })).toEqual([sentence]);
  });

  test("name what Microsoft's schema finds, with its place", async () => {
    expect(await schemaFaults({ ...made, accentColor: 'navy' })).toEqual([
      expect.stringMatching(/^\/accentColor .+\.$/),
    ]);
  });

  test('leave a schema that is not there unasked', async () => {
    expect(await schemaFaults({ ...made, manifestVersion: '99.0' })).toBeUndefined();
  });
});
