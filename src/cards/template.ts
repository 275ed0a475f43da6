import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import type { AdaptiveCard } from './card.ts';
import type { View } from './view.ts';

/** The part of adaptivecards-templating that is used; its own types lead to sources that do not compile here. */
interface Templating {
  readonly Template: new (payload: unknown) => { expand(context: { readonly $root: unknown }): unknown };
}

const require = createRequire(import.meta.url);

/** Loaded with the first card: it takes as long to load as half of everything else that a start needs. */
const templating = (): Templating => require('adaptivecards-templating');

/** The name of a card: of its view and of its template in `cards/`. */
export type CardName = View['card'];

/**
 * Text that may stand on a card: there is something to see, and neither a template expression (`${`) nor one of
 * the renderer's own (`{{DATE(…)}}`) is left in it.
 */
export const Text = z
  .string()
  .min(1)
  .refine((text) => !text.includes('${') && !text.includes('{{'), 'no expression may be left in a text');

/** The colours of Adaptive Cards that a text can have. */
export const Colour = z.enum(['Default', 'Accent', 'Good', 'Warning', 'Attention']);

export type Colour = z.infer<typeof Colour>;

const Card = z.looseObject({ type: z.literal('AdaptiveCard'), version: z.literal('1.5') });

/**
 * The maker of one card: checks the template view, then expands the template once. What comes out must never be
 * expanded again, as an expression in a person's text would then be evaluated.
 */
export const cardMaker = <Schema extends z.ZodType>(
  name: CardName,
  schema: Schema,
): ((view: z.infer<Schema>) => AdaptiveCard) => {
  const file = new URL(`../../cards/${name}.json`, import.meta.url);
  const payload: unknown = JSON.parse(readFileSync(file, 'utf8'));
  let template: InstanceType<Templating['Template']> | undefined;
  return (view) => {
    template ??= new (templating().Template)(payload);
    return Card.parse(template.expand({ $root: schema.parse(view) }));
  };
};

/** Teams counts UTF-16; below this every way of posting a card takes it. */
const LARGEST = 28 * 1024;

const fits = (card: AdaptiveCard): boolean => JSON.stringify(card).length * 2 <= LARGEST;

/** The first page, from roomy limits to tight ones, whose card is small enough to be sent; else the tightest. */
export const firstThatFits = <Limit, Page extends { readonly card: AdaptiveCard }>(
  limits: readonly [Limit, ...Limit[]],
  make: (limit: Limit) => Page,
): Page => {
  const [roomiest, ...tighter] = limits;
  let page = make(roomiest);
  for (const limit of tighter) {
    if (fits(page.card)) return page;
    page = make(limit);
  }
  return page;
};
