import { z } from 'zod';
import { showText } from '../lib/text.ts';
import { Text } from './template.ts';

/** A labelled value of one line. */
export const Fact = z.strictObject({ label: Text, value: Text });

export type Fact = z.infer<typeof Fact>;

/** Facts under a heading; a section without facts is not shown. */
export const Section = z.strictObject({ heading: Text, facts: z.array(Fact) });

export type Section = z.infer<typeof Section>;

/** A fact, or nothing when the log gives none. */
export const fact = (label: string, value: unknown, max = 120): Fact[] => {
  const shown = showText(value, max);
  return shown === '-' ? [] : [{ label, value: shown }];
};

/** Yes or no, or nothing when the log does not say. */
export const yesNo = (label: string, value: boolean | null | undefined): Fact[] =>
  typeof value === 'boolean' ? [{ label, value: value ? 'yes' : 'no' }] : [];

/** A name with its id behind it: names repeat and lie, ids do not. */
export const named = (
  label: string,
  name: string | null | undefined,
  id: string | null | undefined,
): Fact[] =>
  name && id ? fact(label, `${showText(name, 60)} (${showText(id, 40)})`) : fact(label, name || id);

/** The first few of a list as one fact each, and a last one that says how many are left out. */
export const firstFew = <Item>(
  items: readonly Item[],
  most: number,
  show: (item: Item) => Fact[],
): Fact[] => {
  const left = items.length - most;
  return [
    ...items.slice(0, most).flatMap(show),
    ...(left > 0 ? [{ label: 'and', value: `${left} more, not shown` }] : []),
  ];
};

/** The first few values in one line, each of them short. */
export const shortList = (values: readonly string[]): string =>
  [...values.slice(0, 4).map((value) => showText(value, 32)), ...(values.length > 4 ? ['…'] : [])].join(', ');
