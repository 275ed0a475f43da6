import { z } from 'zod';

/**
 * One page of a list as OData sends it. Microsoft's own samples hold a single object where a list belongs, so one
 * object is a list of one. Rows are not looked at here: a bad one must not cost the page.
 */
export const Page = z.looseObject({
  value: z.union([
    z.array(z.unknown()),
    z.record(z.string(), z.unknown()).transform((row): unknown[] => [row]),
  ]),
  '@odata.nextLink': z.string().nullish(),
});

export type Page = z.infer<typeof Page>;
