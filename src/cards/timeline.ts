import { z } from 'zod';
import { showText } from '../lib/text.ts';
import { Button, button } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { runsOf } from './entry-runs.ts';
import { cardMaker, firstThatFits, Text } from './template.ts';
import { TimelineLine, timelineLine } from './timeline-entry.ts';
import { erasedOf, leftOutOf, placeOf, requestEntries, spanOf } from './timeline-words.ts';
import type { TimelineView } from './view.ts';

const Timeline = z.strictObject({
  title: Text,
  scope: Text,
  lines: z.array(TimelineLine),
  positions: z.array(Text),
  buttons: z.array(Button),
});

const make = cardMaker('timeline', Timeline);

/** Lines of a card, from what is read at ease to what always fits. */
const LINES: readonly [number, ...number[]] = [12, 10, 8, 7, 6, 5, 4, 3, 2, 1];

/** The newest so many lines from the entry `first` on, and how far they reach. */
const pageOf = (view: TimelineView, most: number) => {
  const requests = requestEntries(view.entries);
  const lines: TimelineLine[] = [];
  let end = 0;
  for (const run of runsOf(view.entries).toReversed()) {
    if (end >= view.first && lines.length === most) break;
    if (end >= view.first) lines.push(timelineLine(run, view, requests));
    end += run.count;
  }
  return { lines, end };
};

const positionsOf = ({ first, entries }: TimelineView, end: number): string[] =>
  end - first < entries.length
    ? [`Entries ${first + 1} to ${end} of ${entries.length.toLocaleString('en')}, the newest first`]
    : [];

const buttonsOf = ({ name, entries }: TimelineView, end: number): Button[] => [
  ...(end < entries.length ? [button('Show more', 'timeline', { incident: name, first: end })] : []),
  button('Refresh', 'timeline', { incident: name, first: 0 }),
  button('As CSV', 'export-timeline', { incident: name, format: 'csv' }),
  button('As Markdown', 'export-timeline', { incident: name, format: 'markdown' }),
  button('As JSON lines', 'export-timeline', { incident: name, format: 'jsonl' }),
];

/** How much there is to tell, and what of it is not there. */
const scopeOf = (view: TimelineView): string => {
  const leftOut = leftOutOf(view);
  return [
    spanOf(view, view.zone),
    `Its place: ${placeOf(view, view.zone)}`,
    erasedOf(view),
    ...(leftOut === undefined ? [] : [`Left out here: ${leftOut}`]),
  ].join('\n');
};

/** What happened in an incident, the newest first: as many lines as can be sent in one card. */
export const timelineCard = (view: TimelineView): AdaptiveCard =>
  firstThatFits(LINES, (most) => {
    const { lines, end } = pageOf(view, most);
    return {
      card: make({
        title: `Timeline of ${showText(view.name, 24)}`,
        scope: scopeOf(view),
        lines,
        positions: positionsOf(view, end),
        buttons: buttonsOf(view, end),
      }),
    };
  }).card;
