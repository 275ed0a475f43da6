import type { Body, Call } from './call.ts';
import type { Page } from './pages.ts';

/** A page of a collection as JSON, from items that are JSON already. */
export const collection = (
  call: Call,
  context: string,
  page: Page,
  items: readonly Buffer[],
  count?: number,
): Body => {
  const head = {
    '@odata.context': `${call.origin}/${call.version}/$metadata#${context}`,
    ...(count === undefined ? {} : { '@odata.count': count }),
    ...(page.nextLink === undefined ? {} : { '@odata.nextLink': page.nextLink }),
  };
  const comma = Buffer.from(',');
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(head).slice(0, -1)},"value":[`),
    ...items.flatMap((item, index) => (index === 0 ? [item] : [comma, item])),
    Buffer.from(']}'),
  ]);
};

/** A single entity as JSON. */
export const entity = (call: Call, context: string, properties: object): Body =>
  Buffer.from(
    JSON.stringify({
      '@odata.context': `${call.origin}/${call.version}/$metadata#${context}/$entity`,
      ...properties,
    }),
  );
