import { z } from 'zod';
import { showText } from '../lib/text.ts';
import { type Button, ButtonBar, barOf, button, sayButtons } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { rowButton } from './sign-in-row.ts';
import { cardMaker, firstThatFits, Text } from './template.ts';
import type { HelpView } from './view.ts';

const Help = z.strictObject({
  title: Text,
  paragraphs: z.array(Text),
  sections: z.array(
    z.strictObject({ heading: Text, rows: z.array(z.strictObject({ say: Text, means: Text })) }),
  ),
  actions: z.array(ButtonBar),
});

const make = cardMaker('help', Help);

/** The longest text and the most entries of a list. */
interface Limit {
  readonly longest: number;
  readonly most: number;
}

const LIMITS: readonly [Limit, ...Limit[]] = [
  { longest: 2000, most: 60 },
  { longest: 400, most: 40 },
  { longest: 120, most: 20 },
  { longest: 60, most: 5 },
];

const back = ({ back: from, list }: HelpView): Button[] => [
  ...(from ? rowButton('Back to the details', 'details', from.resultId, from.row) : []),
  ...(list ? [button('Back to the list', 'more', { result: list.resultId, first: list.first })] : []),
];

const templateView = (view: HelpView, { longest, most }: Limit): z.infer<typeof Help> => ({
  title: showText(view.title, 120),
  paragraphs: view.paragraphs.slice(0, most).map((paragraph) => showText(paragraph, longest)),
  sections: view.sections.slice(0, most).map(({ heading, rows }) => ({
    heading: showText(heading, 120),
    rows: rows.slice(0, most).map(({ say, means }) => ({
      say: showText(say, longest),
      means: means ? `  ${showText(means, longest)}` : ' ',
    })),
  })),
  actions: barOf([...back(view), ...sayButtons(view.suggestions)]),
});

/** Help, an explanation or a short answer. What is long is cut before a card grows too large to be sent. */
export const helpCard = (view: HelpView): AdaptiveCard =>
  firstThatFits(LIMITS, (limit) => ({ card: make(templateView(view, limit)) })).card;
