import { z } from 'zod';
import { showText } from '../lib/text.ts';
import { Text } from './template.ts';
import type { Suggestion } from './view.ts';

/** What a button asks for; `say` is a phrase said for the person. */
const VERBS = [
  'more',
  'refresh',
  'details',
  'explain',
  'say',
  'act',
  'request',
  'approve',
  'approve-own',
  'reject',
  'withdraw',
  'look',
  'resolve-done',
  'resolve-failed',
  'export',
  'share',
  'share-to',
  'refresh-share',
  'verify-share',
  'timeline',
  'export-timeline',
] as const;

export type Verb = (typeof VERBS)[number];

const Data = z.record(z.string(), z.union([Text, z.number()]));

/** A button of a template: `submit` is the data for clients that only know Action.Submit. */
export const Button = z.strictObject({ title: Text, verb: z.enum(VERBS), data: Data, submit: Data });

export type Button = z.infer<typeof Button>;

/** A bar of buttons, which is left out when there is none: Teams shows an empty one as a gap. */
export const ButtonBar = z.strictObject({ buttons: z.array(Button) });

export type ButtonBar = z.infer<typeof ButtonBar>;

/** A bar with these buttons, or no bar. */
export const barOf = (buttons: Button[]): ButtonBar[] => (buttons.length > 0 ? [{ buttons }] : []);

/** A button whose data are ids and positions: what they stand for is looked up when it is pressed. */
export const button = (
  title: string,
  verb: Verb,
  data: Readonly<Record<string, string | number>>,
): Button => ({
  title,
  verb,
  data: { ...data },
  submit: { ...data, verb },
});

/** Teams shows six buttons; more would hide behind a menu. */
const MOST = 6;

/** Longer than any phrase that helps, shorter than a text that is refused. */
const LONGEST_PHRASE = 300;

/** Buttons for phrases. A phrase that could not be shown as it is (hidden characters, too long) gets none. */
export const sayButtons = (suggestions: readonly Suggestion[]): Button[] =>
  suggestions
    .filter(({ say }) => showText(say, LONGEST_PHRASE) === say)
    .slice(0, MOST)
    .map(({ title, say }) => button(showText(title, 60), 'say', { say }));
