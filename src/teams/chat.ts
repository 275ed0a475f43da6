import type { Activity, CloudAdapter, ConversationReference, TurnContext } from 'botbuilder';
import type { Place } from '../entra/place.ts';
import { cardMessage, consentMessage, fileMessage } from './attachments.ts';
import type { Chat } from './doors.ts';

const referenceTo = (place: Place): Partial<ConversationReference> => ({
  channelId: 'msteams',
  serviceUrl: place.serviceUrl,
  // botbuilder asks for more than Teams needs to be told.
  conversation: {
    id: place.conversationId,
    tenantId: place.tenantId,
  } as ConversationReference['conversation'],
  bot: { id: place.botId, name: '' },
});

/**
 * Speaks in a place, now or after the turn. In a channel the place's conversation id names the thread
 * (`;messageid=…`), so answers stay in it. `replyTo` is the activity that is answered, if there is one.
 */
export const createChat = (
  adapter: CloudAdapter,
  appId: string,
  place: Place,
  replyTo?: string,
): Omit<Chat, 'only'> => {
  const reference = referenceTo(place);

  const within = async <Value>(act: (context: TurnContext) => Promise<Value>): Promise<Value | undefined> => {
    let value: Value | undefined;
    await adapter.continueConversationAsync(appId, reference, async (context) => {
      // A continued conversation begins with an invented activity; an answer must not name that one.
      Object.assign(context.activity, { id: replyTo });
      value = await act(context);
    });
    return value;
  };

  const post = (activity: Partial<Activity>): Promise<string | undefined> =>
    within(async (context) => (await context.sendActivity(activity))?.id || undefined);

  return {
    send: (card, summary) => post(cardMessage(card, summary)),
    say: async (text) => {
      await within((context) => context.sendActivity({ type: 'message', text, textFormat: 'plain' }));
    },
    update: async (activityId, card, summary) => {
      await within((context) => context.updateActivity({ ...cardMessage(card, summary), id: activityId }));
    },
    remove: async (activityId) => {
      await within((context) => context.deleteActivity(activityId));
    },
    offerFile: (offer) => post(consentMessage(offer)),
    showFile: async (name, upload) => {
      await post(fileMessage(name, upload));
    },
    typing: async () => {
      await within((context) => context.sendActivity({ type: 'typing' }));
    },
  };
};
