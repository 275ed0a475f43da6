import { Page } from '../entra/page.ts';
import { type CallOptions, failure } from './call.ts';
import type { GraphClient, Reply } from './client.ts';

/** One page of a list: rows that nobody has looked at yet. */
export interface RowPage {
  readonly rows: readonly unknown[];
  readonly hasMore: boolean;
  readonly skew: Reply['skew'];
}

/**
 * Follows `@odata.nextLink` unchanged, page by page: taking the skip token out and using it anew fails. A page may
 * be empty and still have a next one.
 *
 * @throws GraphFailure also for a link that leads elsewhere or back, and for an answer that is no list.
 */
export async function* pagesOf(
  client: GraphClient,
  url: string,
  options: CallOptions,
): AsyncGenerator<RowPage, void, undefined> {
  const seen = new Set<string>();
  for (let link: string | undefined = url; link !== undefined; ) {
    if (seen.has(link)) throw failure('looping-link');
    seen.add(link);
    const reply: Reply = await client.get(link, options);
    const page = Page.safeParse(reply.body);
    if (!page.success) throw failure('wrong-shape');
    link = page.data['@odata.nextLink'] ?? undefined;
    yield { rows: page.data.value, hasMore: link !== undefined, skew: reply.skew };
  }
}
