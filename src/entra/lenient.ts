import { z } from 'zod';

// Graph may leave out or null nearly every property; new enum values and new properties appear without notice; a
// list may hold nulls. So the schemas take what comes, and nothing is required that a row can be read without.

export const text = z.string().nullish();

export const number = z.number().nullish();

// Something else in the place of a flag says nothing, and must not cost the row.
export const flag = z.boolean().nullish().catch(undefined);

/** A list that may be null or hold nulls, as a list without them. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item.nullable())
    .nullish()
    .transform((items) => items?.filter((one): one is NonNullable<typeof one> => one !== null))
    .optional();

export const texts = list(z.string());

/** Where an address is said to be. Source: microsoft.graph.signInLocation. */
export const Location = z.looseObject({ city: text, state: text, countryOrRegion: text });
