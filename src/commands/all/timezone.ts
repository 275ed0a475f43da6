import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { isProblem, type Problem, placeOf, sayings } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { missing } from '../values/missing.ts';
import { readZone } from '../when/zone.ts';

const call = (phrase: Phrase, zone: string): Call => ({
  command: timezone,
  asked: phrase.text,
  aboutMe: true,
  notes: [],
  run: async (powers) => {
    await powers.rememberZone(zone);
    return {
      card: 'help',
      title: `Your time zone is ${zone}`,
      paragraphs: ['Times in your questions are read in this zone, and shown in it beside UTC.'],
      sections: [],
      suggestions: sayings('flagged today', 'help time'),
    };
  },
});

const badZone = (phrase: Phrase, at: number): Problem => {
  const token = phrase.tokens[at] ?? { text: '', start: 0, end: 0 };
  return {
    problem: 'bad-zone',
    what: `"${token.text}" is not a time zone.`,
    why: 'Zones have names such as Europe/Oslo, or are offsets such as +01:00.',
    next: 'For example: set my timezone Europe/Oslo',
    suggestions: sayings('set my timezone Europe/Oslo', 'set my timezone UTC'),
    at: placeOf(token, token),
  };
};

const SET = ['set', 'set my', 'set the', 'use', 'use my', 'my', 'change', 'change my', 'switch', 'switch my'];
const ZONE = ['timezone', 'time zone', 'tz', 'zone'];

/** "set my timezone Europe/Oslo": the zone that times are read and shown in. */
export const timezone: Command = {
  name: 'set my timezone',
  summary: 'The zone that your times are read and shown in.',
  examples: ['set my timezone Europe/Oslo', 'set my timezone to UTC'],
  details: ['Without it the zone of your Teams client counts. UTC is always printed beside it.'],
  needs: 'nothing',
  listed: { title: 'set my timezone', only: 'personal' },
  starts: SET.flatMap((verb) => ZONE.map((noun) => `${verb} ${noun}`)).concat(ZONE),
  read: (phrase, at): Call | Problem => {
    const to = wordAt(phrase.tokens, at);
    const start = skipArticles(phrase, to === 'to' || to === 'as' || to === 'in' ? at + 1 : at);
    if (phrase.tokens[start] === undefined)
      return missing(phrase, start, 'a zone', 'set my timezone Europe/Oslo');
    const scene = { tokens: phrase.tokens, context: { ...phrase.context, text: phrase.text } };
    const read = readZone(scene, start, true);
    if (isProblem(read)) return read;
    return read === undefined || !isPoliteEnd(phrase.tokens, read.next)
      ? badZone(phrase, start)
      : call(phrase, read.zone);
  },
};
