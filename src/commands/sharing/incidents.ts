import { quoted } from '../../cards/entry-words.ts';
import { timeOf, zoneWords } from '../../cards/history-lines.ts';
import type { HelpView } from '../../cards/view.ts';
import type { Incident } from '../../entra/incident.ts';
import type { Call, Command, Powers } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordsIn } from '../language/words-in.ts';
import { sayings } from '../problem.ts';

/** As many as a card has buttons for. */
const MOST_BUTTONS = 6;

const view = (incidents: readonly Incident[], zone: string): HelpView => ({
  card: 'help',
  title: 'Incidents',
  paragraphs: [
    incidents.length === 0
      ? 'No thread is the place of an incident.'
      : 'The incidents that have a thread as their place, the newest first.',
    'A thread becomes the place of an incident when somebody says in it: this is incident INC-204',
  ],
  sections:
    incidents.length === 0
      ? []
      : [
          {
            heading: `Since when, and by whom${zoneWords(zone)}`,
            rows: incidents.map((incident) => ({
              say: incident.name,
              means: `since ${timeOf(incident, zone)}, by ${quoted(incident.by.name, 40)}`,
            })),
          },
        ],
  suggestions: incidents.slice(0, MOST_BUTTONS).flatMap(({ name }) => sayings(`timeline ${name}`)),
});

const run = async ({ incidents: list, zone }: Powers): Promise<HelpView> => view(await list(), zone);

/** "incidents": those that have a thread as their place. */
export const incidents: Command = {
  name: 'incidents',
  summary: 'The incidents that have a thread as their place, since when and by whom.',
  examples: ['incidents', 'list incidents'],
  details: [],
  needs: 'reader',
  listed: false,
  starts: [
    '',
    'list ',
    'show ',
    'show me ',
    'list all ',
    'show all ',
    'which ',
    'what ',
    'all ',
    'open ',
    'our ',
  ]
    .flatMap((before) => [`${before}incidents`, `${before}the incidents`])
    .concat(wordsIn('list of incidents, what incidents are there, which incidents are there')),
  read: (phrase, at): Call | undefined =>
    isPoliteEnd(phrase.tokens, at)
      ? { command: incidents, asked: phrase.text, aboutMe: false, notes: [], run }
      : undefined,
};
