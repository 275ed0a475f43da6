import type { FoundItem, PickAnswer, SearchAnswer } from './doors.ts';

/** What an invoke of the compose box is answered with. Source: respond to a search command of a message extension. */
export interface ComposeResponse {
  readonly status: 200;
  readonly body: {
    readonly composeExtension:
      | { readonly type: 'message'; readonly text: string }
      | {
          readonly type: 'result';
          readonly attachmentLayout: 'list';
          readonly attachments: readonly unknown[];
        };
  };
}

const THUMBNAIL = 'application/vnd.microsoft.card.thumbnail';

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

/** An answer in words alone. */
export const wordsResponse = (text: string): ComposeResponse => ({
  status: 200,
  body: { composeExtension: { type: 'message', text } },
});

const results = (attachments: readonly unknown[]): ComposeResponse => ({
  status: 200,
  body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } },
});

// Teams sends the content of a result that has no tap, or whose tap the client does not know: nothing of the tenant
// stands in it.
const itemOf = ({ title, text, pick, unasked }: FoundItem): unknown => ({
  contentType: THUMBNAIL,
  content: { title: 'Nothing was shared', text: unasked },
  preview: { contentType: THUMBNAIL, content: { title, text, tap: { type: 'invoke', value: pick } } },
});

/** The answer to `composeExtension/query`. */
export const searchResponse = (answer: SearchAnswer): ComposeResponse =>
  'message' in answer ? wordsResponse(answer.message) : results(answer.items.map(itemOf));

/** The answer to `composeExtension/selectItem`. Teams inserts an Adaptive Card only together with a preview. */
export const pickResponse = (answer: PickAnswer): ComposeResponse =>
  'message' in answer
    ? wordsResponse(answer.message)
    : results([
        {
          contentType: ADAPTIVE,
          content: answer.card,
          preview: { contentType: THUMBNAIL, content: { title: answer.summary } },
        },
      ]);
