import { z } from 'zod';
import type { Content } from './messages.ts';

/** What a bot may send to the Connector, as far as the page can show it. */
export const OutboundActivity = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  summary: z.string().nullish(),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.string(),
        content: z.unknown().optional(),
        name: z.string().nullish(),
        contentUrl: z.string().nullish(),
      }),
    )
    .nullish(),
  /** Who alone sees a targeted message. */
  recipient: z.looseObject({ id: z.string() }).nullish(),
  suggestedActions: z
    .looseObject({ actions: z.array(z.looseObject({ type: z.string(), value: z.unknown().optional() })) })
    .nullish(),
});
export type OutboundActivity = z.infer<typeof OutboundActivity>;

/** A request to open a personal chat or a new thread in a channel. */
export const ConversationRequest = z.looseObject({
  members: z.array(z.looseObject({ id: z.string() })).nullish(),
  activity: OutboundActivity.nullish(),
  channelData: z.looseObject({ channel: z.looseObject({ id: z.string() }).nullish() }).nullish(),
});
export type ConversationRequest = z.infer<typeof ConversationRequest>;

/** Adaptive Card JSON: an object of any shape. */
export const CardJson = z.record(z.string(), z.unknown());

/** A card that wants to be kept fresh, and for whom (everybody when nobody is named). */
export const Refreshing = z.looseObject({
  refresh: z.looseObject({
    action: z.looseObject({ type: z.string() }),
    userIds: z.array(z.string()).optional(),
  }),
});

/** Data of a submit button that makes the client say something instead. */
export const SpeakingData = z.looseObject({
  msteams: z.looseObject({
    type: z.enum(['imBack', 'messageBack']),
    value: z.unknown().optional(),
    text: z.unknown().optional(),
  }),
});

const CARD = 'application/vnd.microsoft.card.adaptive';
const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const FILE = 'application/vnd.microsoft.teams.card.file.info';

const Consent = z.looseObject({
  description: z.string(),
  sizeInBytes: z.number(),
  acceptContext: z.unknown(),
  declineContext: z.unknown(),
});

const File = z.looseObject({ uniqueId: z.string(), fileType: z.string() });

/** A file that is offered, or one that was taken. */
const filesOf = ({ attachments }: OutboundActivity): Pick<Content, 'offered' | 'file'> => {
  for (const { contentType, content, name } of attachments ?? []) {
    if (contentType === CONSENT && name) {
      const { description, sizeInBytes, acceptContext, declineContext } = Consent.parse(content);
      return { offered: { name, description, size: sizeInBytes, acceptContext, declineContext } };
    }
    if (contentType === FILE && name) return { file: { name, id: File.parse(content).uniqueId } };
  }
  return {};
};

/** What people see of an activity. Teams takes text as Markdown unless told otherwise. */
export const contentOf = (activity: OutboundActivity): Content => {
  const card = activity.attachments?.find(({ contentType }) => contentType === CARD)?.content;
  const parsed = CardJson.safeParse(card);
  return {
    text: activity.text ?? '',
    format: activity.textFormat === 'plain' ? 'plain' : 'markdown',
    card: parsed.success ? parsed.data : null,
    summary: activity.summary ?? '',
    ...filesOf(activity),
    suggestions: (activity.suggestedActions?.actions ?? [])
      .filter(({ type }) => type === 'imBack')
      .map(({ value }) => String(value)),
  };
};
