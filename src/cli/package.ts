import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Reading } from '../config/reading.ts';
import { ownEnvironment } from '../config.ts';
import { codeOf, fileError } from '../lib/file-error.ts';
import { zip } from '../lib/zip.ts';
import { type Manifest, manifestOf, manifestText, type Owner, writtenManifest } from './manifest.ts';
import { manifestFaults } from './manifest-rules.ts';
import { schemaFaults } from './manifest-schema.ts';
import { runTool } from './tool.ts';

const USAGE = `Usage: npm run --silent package -- [--app-id GUID] [--out FILE [--force]] [--name NAME] [--version N.N.N]
                                    [--developer NAME] [--website URL] [--privacy URL] [--terms URL]

Writes the package that a Teams administrator uploads: flagman.zip, unless --out names another file. Without --app-id
the bot is that of MicrosoftAppId, in the environment or in .env.`;

const options = {
  'app-id': { type: 'string' },
  out: { type: 'string', default: 'flagman.zip' },
  force: { type: 'boolean', default: false },
  name: { type: 'string' },
  version: { type: 'string' },
  developer: { type: 'string' },
  website: { type: 'string' },
  privacy: { type: 'string' },
  terms: { type: 'string' },
} as const;

const configuredAppId = (): string => {
  const reading = new Reading(ownEnvironment());
  const appId = reading.need('MicrosoftAppId', 'unless --app-id names the bot');
  if (appId === undefined) throw new Error(reading.problems.join('\n'));
  return appId;
};

const fileBeside = (name: string): Buffer => readFileSync(new URL(`../../manifest/${name}`, import.meta.url));

/** Throws one error that names every fault; tells whether Microsoft's own schema was asked, too. */
const check = async (manifest: Manifest): Promise<boolean> => {
  const own = manifestFaults(manifest);
  // Where there are such, the schema would only repeat them in the words of schemas.
  const microsofts = own.length > 0 ? [] : await schemaFaults(manifest);
  const faults = [...own, ...(microsofts ?? [])];
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return microsofts !== undefined;
};

const packageOf = (manifest: Manifest): Buffer =>
  zip([
    { name: 'manifest.json', bytes: Buffer.from(manifestText(manifest)) },
    ...['color.png', 'outline.png'].map((name) => ({ name, bytes: fileBeside(name) })),
  ]);

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const notWritten = (path: string, cause: unknown): Error => {
  const code = codeOf(cause);
  const isThere = code === 'EEXIST';
  if (code === 'EISDIR' || (isThere && isFolder(path)))
    return new Error(`${path} is a folder: name a file in it.`);
  if (isThere) return new Error(`${path} is there already: name another file, or add --force.`);
  return fileError('The package', 'written', path, cause);
};

const write = (path: string, bytes: Buffer, force: boolean): void => {
  try {
    writeFileSync(path, bytes, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw notWritten(path, error);
  }
};

const isAnExample = ({ developer }: Manifest, { developer: written }: Manifest): boolean =>
  developer.name === written.name || developer.websiteUrl === written.websiteUrl;

const asked = (checked: boolean, { manifestVersion }: Manifest): string =>
  checked
    ? `Checked by Microsoft's schema ${manifestVersion}.`
    : "Not checked by Microsoft's schema, which only a development install brings.";

const stillAnExample = ({ developer: { name, websiteUrl } }: Manifest): string =>
  `People will see in Teams that it is by ${name}, ${websiteUrl}. Say otherwise with --developer and --website.`;

const next = (path: string): string => `
Next: Teams admin center > Teams apps > Manage apps > Actions > Upload new app, and choose ${path}.
Then make it available there to those who need it, and add it to the teams and chats where incidents are handled.
To replace it later, open its page there and choose Upload file; Teams wants a higher version each time.`;

await runTool(USAGE, async () => {
  const { 'app-id': appId, out, force, ...said } = parseArgs({ options }).values;
  const owner: Owner = { ...said, appId: appId?.trim().toLowerCase() ?? configuredAppId() };
  const written = writtenManifest();
  const manifest = manifestOf(written, owner);
  const checked = await check(manifest);
  write(out, packageOf(manifest), force);
  const lines = [
    `${out} holds ${manifest.name.short} ${manifest.version} for the bot ${owner.appId}.`,
    asked(checked, manifest),
    ...(isAnExample(manifest, written) ? [stillAnExample(manifest)] : []),
    next(out),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
});
