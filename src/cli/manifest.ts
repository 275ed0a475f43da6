import { readFileSync } from 'node:fs';
import type { Listing } from '../commands/command.ts';
import { COMMANDS } from '../commands/list.ts';
import { SIGN_IN_SEARCH } from '../entra/message-extension.ts';

/** JSON; whether Teams takes it is a matter of its schema. */
export type Json = Readonly<Record<string, unknown>>;

/** The manifest of the Teams app, and what of it an owner may say. */
export interface Manifest extends Json {
  readonly version: string;
  readonly name: { readonly short: string; readonly full: string };
  readonly developer: {
    readonly name: string;
    readonly websiteUrl: string;
    readonly privacyUrl: string;
    readonly termsOfUseUrl: string;
  };
}

/** What an owner says of the app; what is absent stays as it was written. */
export interface Owner {
  /** Application id of the bot, a GUID. */
  readonly appId: string;
  /** What people read in Teams, at most 30 characters. */
  readonly name?: string | undefined;
  /** Three numbers. Teams takes an update only under a new one. */
  readonly version?: string | undefined;
  /** Who answers for the app. */
  readonly developer?: string | undefined;
  /** Stands for the privacy statement and the terms of use, too, where these are absent. */
  readonly website?: string | undefined;
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
}

/** Stands where the application id of an owner's bot belongs. */
const NOBODY: Owner = { appId: '{{MicrosoftAppId}}' };

const fileBeside = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const packageVersion = (): string => JSON.parse(fileBeside('../../package.json')).version;

/** The manifest as it is written in `manifest/manifest.json`. */
export const writtenManifest = (): Manifest => JSON.parse(fileBeside('../../manifest/manifest.json'));

const commandsFor = (place: NonNullable<Listing['only']>): readonly Json[] =>
  COMMANDS.flatMap(({ listed, summary }) =>
    listed && (listed.only ?? place) === place ? [{ title: listed.title, description: summary }] : [],
  );

const botOf = ({ appId }: Owner): Json => ({
  botId: appId,
  scopes: ['personal', 'team', 'groupChat'],
  isNotificationOnly: false,
  // Files are offered in the personal chat; Teams lets a bot offer them nowhere else.
  supportsFiles: true,
  commandLists: [
    { scopes: ['personal'], commands: commandsFor('personal') },
    { scopes: ['team', 'groupChat'], commands: commandsFor('group') },
  ],
});

const searchOf = ({ appId }: Owner): Json => ({
  botId: appId,
  commands: [
    {
      id: SIGN_IN_SEARCH.commandId,
      type: 'query',
      title: SIGN_IN_SEARCH.title,
      description: SIGN_IN_SEARCH.description,
      // A summary goes into a conversation, and the command box at the top of Teams stands in none.
      context: ['compose'],
      // What was asked last is offered before anything is typed.
      initialRun: true,
      fetchTask: false,
      parameters: [
        {
          name: SIGN_IN_SEARCH.parameter,
          title: SIGN_IN_SEARCH.parameterTitle,
          description: SIGN_IN_SEARCH.parameterDescription,
          inputType: 'text',
        },
      ],
    },
  ],
});

const developerOf = (written: Manifest['developer'], owner: Owner): Manifest['developer'] => ({
  name: (owner.developer ?? written.name).trim(),
  websiteUrl: (owner.website ?? written.websiteUrl).trim(),
  privacyUrl: (owner.privacy ?? owner.website ?? written.privacyUrl).trim(),
  termsOfUseUrl: (owner.terms ?? owner.website ?? written.termsOfUseUrl).trim(),
});

const nameOf = ({ short, full }: Manifest['name'], { name = short }: Owner): Manifest['name'] => ({
  short: name.trim(),
  full: full.replace(short, () => name.trim()),
});

/**
 * The manifest of an owner's app, else one with a mark where the application id belongs. Bot, search and version are
 * made from their declarations; the texts stay as they were written.
 */
export const manifestOf = (written: Manifest, owner: Owner = NOBODY): Manifest => ({
  ...written,
  version: (owner.version ?? packageVersion()).trim(),
  id: owner.appId,
  developer: developerOf(written.developer, owner),
  name: nameOf(written.name, owner),
  bots: [botOf(owner)],
  composeExtensions: [searchOf(owner)],
});

/** A manifest as the text of its file. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;
