import { readFileSync } from 'node:fs';
import type { Listing } from '../commands/command.ts';
import { COMMANDS } from '../commands/list.ts';
import { SIGN_IN_SEARCH } from '../entra/message-extension.ts';

/** What stands in the manifest where the bot's application id belongs. */
export const APP_ID = '{{MicrosoftAppId}}';

/** The manifest as JSON; what Teams makes of it is a matter of its schema. */
export type Manifest = Readonly<Record<string, unknown>>;

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

const commandsFor = (place: NonNullable<Listing['only']>): readonly Manifest[] =>
  COMMANDS.flatMap(({ listed, summary }) =>
    listed && (listed.only ?? place) === place ? [{ title: listed.title, description: summary }] : [],
  );

/** Teams shows a list of its own where one is alone with the bot. */
const commandLists = (): readonly Manifest[] => [
  { scopes: ['personal'], commands: commandsFor('personal') },
  { scopes: ['team', 'groupChat'], commands: commandsFor('group') },
];

const bot = (): Manifest => ({
  botId: APP_ID,
  scopes: ['personal', 'team', 'groupChat'],
  isNotificationOnly: false,
  // Files are offered in the personal chat, which is where Teams lets a bot offer them.
  supportsFiles: true,
  commandLists: commandLists(),
});

const search = (): Manifest => ({
  botId: APP_ID,
  commands: [
    {
      id: SIGN_IN_SEARCH.commandId,
      type: 'query',
      title: SIGN_IN_SEARCH.title,
      description: SIGN_IN_SEARCH.description,
      // A summary goes into a conversation, and the command box at the top of Teams stands in none.
      context: ['compose'],
      // The first open shows recent questions before anything is typed.
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

/** The manifest with what is made from declarations made anew; names, texts and icons are kept as they were written. */
export const manifestOf = (written: Manifest): Manifest => ({
  ...written,
  version,
  id: APP_ID,
  bots: [bot()],
  composeExtensions: [search()],
});
