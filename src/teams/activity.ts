import { z } from 'zod';
import { SIGN_IN_SEARCH } from '../entra/message-extension.ts';

// Only the fields that are used; everything else falls away here, so nothing of it reaches botbuilder or a door.
// Serializers write what is absent also as null.

const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

const id = z.string().min(1).max(1_000);

/** What every activity must show before anything else about it is read. */
export const Envelope = z.object({
  type: z.string().min(1).max(100),
  channelId: z.string(),
  serviceUrl: z.string().min(1).max(2_000),
  conversation: maybe(z.object({ tenantId: maybe(z.string()) })),
  channelData: z.object({ tenant: maybe(z.object({ id: maybe(z.string()) })) }).optional(),
});
export type Envelope = z.infer<typeof Envelope>;

const Conversation = z.object({
  id,
  conversationType: maybe(z.string()),
  isGroup: maybe(z.boolean()),
});

const Bot = z.object({ id, name: maybe(z.string()) });

// Entities come in many kinds; mentions, clientInfo and quotes are read, and none decides who may do what.
const Entity = z.object({
  text: z.string().optional().catch(undefined),
  timezone: z.string().optional().catch(undefined),
  mentioned: z
    .object({ id: z.string(), name: maybe(z.string()) })
    .optional()
    .catch(undefined),
  quotedReply: z.object({ messageId: id }).optional().catch(undefined),
});

// Of attachments only the markup of the text is read, for what it quotes.
const Attachment = z.object({ content: z.string().optional().catch(undefined) });

/** A message or an invoke: somebody acts. */
export const Spoken = z.object({
  type: z.enum(['message', 'invoke']),
  id,
  channelId: z.string(),
  serviceUrl: z.string(),
  name: maybe(z.string()),
  text: maybe(z.string()),
  value: z.unknown().optional(),
  conversation: Conversation,
  from: z.object({
    id,
    name: maybe(z.string()),
    aadObjectId: maybe(z.string()),
    role: maybe(z.string()),
  }),
  recipient: maybe(Bot),
  entities: maybe(z.array(Entity)),
  attachments: z.array(Attachment).optional().catch(undefined),
  localTimezone: maybe(z.string()),
  replyToId: maybe(z.string()),
});
export type Spoken = z.infer<typeof Spoken>;

/** The bot or somebody else was added or removed: nobody in particular acts. */
export const Update = z.object({
  type: z.enum(['installationUpdate', 'conversationUpdate']),
  id: maybe(id),
  channelId: z.string(),
  serviceUrl: z.string(),
  action: maybe(z.string()),
  conversation: Conversation,
  recipient: maybe(Bot),
  membersAdded: maybe(z.array(z.object({ id: maybe(z.string()) }))),
});
export type Update = z.infer<typeof Update>;

/** What Teams sends for a pressed Action.Execute. */
export const Execute = z.object({
  action: z.object({ verb: maybe(z.string()), data: z.unknown().optional() }),
  trigger: maybe(z.string()),
});

const OFFER = z.object({ offer: z.string().max(64) });

/** What Teams sends when somebody takes the file of a consent card, or does not. */
export const Consent = z.discriminatedUnion('action', [
  z.object({ action: z.literal('decline'), context: OFFER }),
  z.object({
    action: z.literal('accept'),
    context: OFFER,
    uploadInfo: z.object({
      uploadUrl: z.string().max(8_000),
      contentUrl: z.string().max(8_000),
      uniqueId: z.string().max(200),
      fileType: z.string().max(40),
    }),
  }),
]);

/** Results that Teams asks for at a time. */
const RESULTS = 25;

/** What Teams sends for what is typed into the search of the compose box. */
export const Query = z.object({
  commandId: z.literal(SIGN_IN_SEARCH.commandId),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown().optional() })).max(10),
  queryOptions: z
    .object({
      skip: z.number().int().min(0).max(1_000_000).default(0),
      count: z.number().int().min(1).default(RESULTS),
    })
    .default({ skip: 0, count: RESULTS })
    .transform(({ skip, count }) => ({ skip, count: Math.min(count, RESULTS) })),
});
