import { describe, expect, test } from '@jest/globals';
import type { HelpView, View } from '../../src/cards/view.ts';
import type { Powers } from '../../src/commands/command.ts';
import type { Incident } from '../../src/entra/incident.ts';
import { timelineView } from '../cards/timelines.ts';
import { context, meant, refused, understood, wished } from './reading.ts';

const incident = (change: Partial<Incident> = {}): Incident => ({
  name: 'INC-204',
  conversationId: '19:thread',
  at: context.now,
  by: { id: 'maya-id', name: 'Maya Chen' },
  ...change,
});

/** Runs a phrase, and gives what it asked for beside what it shows. */
const runWith = async (phrase: string, change: Partial<Powers> = {}) => {
  const names: string[] = [];
  const powers: Partial<Powers> = {
    zone: 'UTC',
    now: context.now,
    incidents: async () => [],
    incidentHere: async () => undefined,
    timeline: async (name) => {
      names.push(name);
      const { card: _card, zone: _zone, now: _now, first: _first, ...told } = timelineView({ name });
      return told;
    },
    ...change,
  };
  const view: View = await understood(phrase).run(powers as Powers);
  return { names, view };
};

const help = async (phrase: string, change: Partial<Powers> = {}): Promise<HelpView> => {
  const { view } = await runWith(phrase, change);
  if (view.card !== 'help') throw new Error(`${phrase} showed ${view.card}`);
  return view;
};

describe('the timeline of an incident', () => {
  test.each([
    'timeline INC-204',
    'timeline of incident INC-204',
    'timeline of INC-204 please',
    'Timeline for inc-204!',
    'timeline inc 204',
    'time line of INC-204',
    'INC-204 timeline',
    "INC-204's timeline",
    'show me the timeline of the incident INC-204',
    'show the timeline for INC-204',
    'please show timeline for incident #INC-204',
    'can you give us the full timeline of INC-204?',
    'what happened in INC-204',
    'what happened during incident INC-204?',
    'what has happened so far in INC-204',
    'history of INC-204',
    'events of INC-204',
    'status of INC-204',
    'log of incident INC-204',
    'chronology of INC-204',
    'incident INC-204',
    'show INC-204',
    'INC-204',
  ])('is what "%s" asks for', async (phrase) => {
    const { view, names } = await runWith(phrase);
    expect(view).toMatchObject({
      card: 'timeline',
      name: 'INC-204',
      first: 0,
      zone: 'UTC',
      now: context.now,
    });
    expect(names).toEqual(['INC-204']);
  });

  test.each([
    'timeline',
    'show the timeline',
    'timeline of this incident',
    'timeline here',
    'what happened in this incident?',
  ])('is that of the thread where "%s" names none', async (phrase) => {
    const { names } = await runWith(phrase, { incidentHere: async () => incident({ name: 'SEC-7' }) });
    expect(names).toEqual(['SEC-7']);
    expect((await help(phrase)).title).toBe('This is not the thread of an incident');
  });

  test('also is that of an incident whose name has no hyphen', async () => {
    expect((await runWith('timeline of INC0012345')).names).toEqual(['INC0012345']);
  });

  test('of an incident that nobody named is not there', async () => {
    const nothing = { name: 'INC-9', entries: [], shares: new Map(), approvals: new Map(), redacted: [] };
    const { view } = await runWith('timeline INC-9', { timeline: async () => nothing });
    expect(view).toMatchObject({ card: 'problem', what: 'Nothing is known of INC-9.' });
  });

  test('of an incident with a place and without any entry is there all the same', async () => {
    const nothing = { name: 'INC-9', entries: [], shares: new Map(), approvals: new Map(), redacted: [] };
    const { view } = await runWith('timeline INC-9', {
      timeline: async () => ({ ...nothing, incident: incident({ name: 'INC-9' }) }),
    });
    expect(view.card).toBe('timeline');
  });

  test.each([
    ['timeline CR-1001', 'history of a request'],
    ['timeline of CR 1001', 'history of a request'],
    ['CR-1001', 'request'],
    ['history of user@contoso.com', 'history'],
    ['what happened with user@contoso.com today', 'sign-ins'],
    ['AADSTS-50126', 'sign-ins'],
    ['this is incident INC-204', 'this is incident'],
    ['share #2 to incident INC-204', 'share'],
    ['export as csv', 'export'],
    ['status of CR-1042', 'request'],
  ])('is not what "%s" asks for', (phrase, command) => {
    expect(meant(phrase).command.name).toBe(command);
  });

  test.each([
    ['timelin INC-204', 'timeline INC-204'],
    ['show the timline of INC-204', 'show the timeline of INC-204'],
    ['timelien for INC-204 as csv', 'timeline for INC-204 as csv'],
    ['timeline INC-204 last 24h', 'timeline INC-204'],
    ['timeline of INC-204 for user@contoso.com', 'timeline INC-204'],
    ['timeline 1042', 'timeline CR-1042'],
  ])('is offered for "%s": "%s"', (phrase, say) => {
    expect(refused(phrase).suggestions.map((one) => one.say)).toContain(say);
    meant(say);
  });

  test('is not guessed from other names', () => {
    for (const phrase of ['INC-204 users', 'show "INC-204"', 'timeline for user@contoso.com'])
      expect(refused(phrase).problem).toBe('unknown-word');
  });
});

describe('the timeline of an incident as a file', () => {
  test.each([
    ['timeline INC-204 as csv', 'csv'],
    ['export INC-204 timeline as csv', 'csv'],
    ['download the timeline of INC-204', 'csv'],
    ['timeline INC-204 as a file', 'csv'],
    ['save timeline of incident INC-204 to excel', 'csv'],
    ['timeline INC-204 as markdown', 'markdown'],
    ['timeline of INC-204 as md', 'markdown'],
    ['timeline INC-204 as json lines', 'jsonl'],
    ['timeline INC-204 in jsonl', 'jsonl'],
    ['INC-204 timeline json', 'jsonl'],
    ['export the timeline of INC-204 in json format please', 'jsonl'],
    ['export all data of the INC-204 timeline to a spreadsheet', 'csv'],
    ['INC-204 as csv', 'csv'],
  ])('is what "%s" wishes', (phrase, format) => {
    const { command, wish } = wished(phrase);
    expect(command.name).toBe('timeline');
    expect(wish).toEqual({ wish: 'file', of: { timeline: 'INC-204' }, format });
  });

  test.each([
    ['timeline as csv', 'csv'],
    ['export the timeline of this incident as json lines', 'jsonl'],
    ['download the timeline', 'csv'],
    ['what happened in this incident as markdown', 'markdown'],
  ])('is that of the thread where "%s" names none', (phrase, format) => {
    expect(wished(phrase).wish).toEqual({ wish: 'file', of: 'timeline', format });
  });
});

describe('the incidents', () => {
  test.each([
    'incidents',
    'list incidents',
    'show me the incidents',
    'which incidents are there?',
    'open incidents',
    'list of incidents',
  ])('are listed by "%s"', async (phrase) => {
    expect((await help(phrase)).paragraphs[0]).toBe('No thread is the place of an incident.');
  });

  test('are told with since when and by whom, and lead to their timelines', async () => {
    const all = Array.from({ length: 8 }, (_, index) => incident({ name: `INC-${index}` }));
    const view = await help('incidents', { incidents: async () => all, zone: 'Europe/Oslo' });
    expect(view.sections[0]?.heading).toBe('Since when, and by whom (in brackets: Europe/Oslo)');
    expect(view.sections[0]?.rows).toHaveLength(8);
    expect(view.sections[0]?.rows[0]).toEqual({
      say: 'INC-0',
      means: 'since 2026-11-21 12:00:00 UTC (13:00:00), by “Maya Chen”',
    });
    expect(view.suggestions.map(({ say }) => say)).toEqual(
      all.slice(0, 6).map(({ name }) => `timeline ${name}`),
    );
  });

  test('are not meant by more words', () => {
    expect(refused('incidents of user@contoso.com').problem).toBe('unknown-word');
  });
});
