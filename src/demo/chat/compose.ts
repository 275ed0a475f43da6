import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SIGN_IN_SEARCH } from '../../entra/message-extension.ts';
import { composeActivity } from './activity.ts';
import { isThread, threadId } from './conversations.ts';
import { deliver } from './deliver.ts';
import type { Content, Seen } from './messages.ts';
import { CardJson } from './outbound.ts';
import { type Stage, sceneOf } from './stage.ts';

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

const Preview = z.object({
  title: z.string(),
  text: z.string().optional(),
  tap: z.object({ type: z.literal('invoke'), value: z.unknown() }).optional(),
});

const Attachment = z.object({
  contentType: z.string(),
  content: z.record(z.string(), z.unknown()),
  preview: z.object({ content: Preview }).optional(),
});

type Attachment = z.infer<typeof Attachment>;

const Body = z.object({
  composeExtension: z.discriminatedUnion('type', [
    z.object({ type: z.literal('message'), text: z.string() }),
    z.object({
      type: z.literal('result'),
      attachmentLayout: z.enum(['list', 'grid']),
      attachments: z.array(Attachment),
    }),
  ]),
});

/** One result of a search, as the client lists it. */
export interface Listed {
  readonly title: string;
  readonly text: string;
  /** What picking it sends to the bot; null where the client takes its content at once. */
  readonly tap: unknown;
}

/** What a search came to: results, or the words in their place. */
export type Looked = { readonly results: readonly Listed[] } | { readonly words: string };

/** What stands in the search, and how much of its results the client has. */
export interface Typing {
  readonly text: string;
  readonly skip?: number;
  /** The search was just opened. */
  readonly first?: boolean;
}

/** What picking came to: the message that was sent, or the words in its place. */
export type Sent = { readonly sent: Seen } | { readonly words: string };

const UNREACHABLE = 'Unable to reach app. Please try again.';

/** Teams asks for so many results at a time. */
const COUNT = 25;

const invoke = async (
  stage: Stage,
  [personId, conversationId]: readonly [string, string],
  name: 'query' | 'selectItem',
  value: unknown,
): Promise<{ readonly attachments: readonly Attachment[] } | { readonly words: string }> => {
  const scene = sceneOf(stage, personId, conversationId);
  const activity = composeActivity(scene, { id: `f:${randomUUID()}`, name, value });
  const { status, body } = await deliver(activity, stage.line());
  const answer = Body.safeParse(body);
  if (status !== 200 || !answer.success) return { words: UNREACHABLE };
  const { composeExtension } = answer.data;
  return composeExtension.type === 'message' ? { words: composeExtension.text } : composeExtension;
};

/** Sends what stands in the search; Teams does so with every letter. */
export const search = async (
  stage: Stage,
  personId: string,
  conversationId: string,
  { text, skip = 0, first = false }: Typing,
): Promise<Looked> => {
  const parameter = first
    ? { name: 'initialRun', value: 'true' }
    : { name: SIGN_IN_SEARCH.parameter, value: text };
  const found = await invoke(stage, [personId, conversationId], 'query', {
    commandId: SIGN_IN_SEARCH.commandId,
    parameters: [parameter],
    queryOptions: { skip, count: COUNT },
  });
  if ('words' in found) return found;
  const results = found.attachments.map(({ content, preview }) => {
    const { title, text: line = '', tap } = Preview.parse(preview?.content ?? content);
    return { title, text: line, tap: tap?.value ?? null };
  });
  return { results };
};

const contentOf = (card: unknown): Content | undefined => {
  const parsed = CardJson.safeParse(card);
  if (!parsed.success) return undefined;
  return { text: '', format: 'plain', card: parsed.data, summary: '', suggestions: [] };
};

/** Picks a result and sends what the bot makes of it, as the person's own message. In a channel it opens a thread. */
export const pick = async (
  stage: Stage,
  personId: string,
  conversationId: string,
  tap: unknown,
): Promise<Sent> => {
  const found = await invoke(stage, [personId, conversationId], 'selectItem', tap);
  if ('words' in found) return found;
  const [attachment] = found.attachments;
  // Without a preview Teams inserts no Adaptive Card, and says nothing.
  const isInserted = attachment?.contentType === ADAPTIVE && attachment.preview !== undefined;
  const content = isInserted ? contentOf(attachment.content) : undefined;
  if (content === undefined) return { words: UNREACHABLE };
  const { rooms } = stage;
  const { conversation, now } = sceneOf(stage, personId, conversationId);
  const id = rooms.nextId();
  const opensThread = conversation.kind === 'channel' && !isThread(conversationId);
  const sent: Seen = {
    ...content,
    id,
    conversationId: opensThread ? threadId(conversationId, id) : conversationId,
    authorId: personId,
    viaBot: true,
    mention: false,
    at: new Date(now).toISOString(),
    edited: false,
  };
  rooms.messages.add(sent);
  return { sent };
};
