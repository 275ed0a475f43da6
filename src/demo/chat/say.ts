import { editActivity, installActivities, messageActivity } from './activity.ts';
import { type Conversation, isThread, threadId } from './conversations.ts';
import { deliver } from './deliver.ts';
import { messageOf, playTurn, type Stage, sceneOf } from './stage.ts';
import type { Turn, Until } from './turn.ts';

/** How something is said. */
export interface SayOptions extends Until {
  /** Whether the bot is mentioned in a group or channel, where it hears nothing else. True when absent. */
  readonly mention?: boolean;
  /** The message that this one answers. */
  readonly replyToId?: string;
}

/** Says something. In a channel without a thread it opens one, whose id the answer carries. */
export const say = (
  stage: Stage,
  personId: string,
  conversationId: string,
  text: string,
  { mention = true, replyToId, ...options }: SayOptions = {},
): Promise<Turn> => {
  const { rooms, line } = stage;
  const id = rooms.nextId();
  const { conversation } = sceneOf(stage, personId, conversationId);
  const opensThread = conversation.kind === 'channel' && !isThread(conversationId);
  const place = opensThread ? threadId(conversationId, id) : conversationId;
  const scene = sceneOf(stage, personId, place);
  const mentions = mention && conversation.kind !== 'personal';
  const hears = mentions || conversation.kind === 'personal';
  return playTurn(stage, scene, options, async () => {
    rooms.messages.add({
      id,
      conversationId: place,
      authorId: personId,
      mention: mentions,
      at: new Date(scene.now).toISOString(),
      text,
      format: 'plain',
      card: null,
      summary: '',
      suggestions: [],
      edited: false,
    });
    if (!hears) return { delivery: null };
    const typed = { id, text, mention: mentions, ...(replyToId === undefined ? {} : { replyToId }) };
    return { delivery: await deliver(messageActivity(scene, typed), line()) };
  });
};

/** Changes an own earlier message. */
export const edit = (
  stage: Stage,
  personId: string,
  conversationId: string,
  messageId: string,
  text: string,
): Promise<Turn> => {
  const scene = sceneOf(stage, personId, conversationId);
  const { authorId, mention } = messageOf(stage, scene, messageId);
  if (authorId !== personId) throw new Error('Only own messages can be changed.');
  return playTurn(stage, scene, {}, async () => {
    stage.rooms.messages.edit(conversationId, messageId, { text });
    return { delivery: await deliver(editActivity(scene, { id: messageId, text, mention }), stage.line()) };
  });
};

/** Adds the bot to a conversation; its first member is the one who did it. */
export const install = async (stage: Stage, conversation: Conversation): Promise<void> => {
  const [personId = ''] = conversation.memberIds;
  const scene = sceneOf(stage, personId, conversation.id);
  const { nextId } = stage.rooms;
  for (const activity of installActivities(scene, [`f:${nextId()}`, `f:${nextId()}`]))
    await deliver(activity, stage.line());
};
