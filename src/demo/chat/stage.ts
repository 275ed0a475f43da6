import type { Scene } from './activity.ts';
import { channelOf } from './conversations.ts';
import type { Delivery, Line } from './deliver.ts';
import type { Seen } from './messages.ts';
import type { Rooms } from './rooms.ts';
import { settle, type Turn, type Until } from './turn.ts';

/** The rooms, and the line to the bot (which throws while there is no bot). */
export interface Stage {
  readonly rooms: Rooms;
  readonly line: () => Line;
}

/** Who speaks, where and when. Throws when the person is not in the conversation. */
export const sceneOf = ({ rooms, line }: Stage, personId: string, conversationId: string): Scene => {
  const { appId, tenantId, people, conversations, clock } = rooms;
  const person = people.find(({ oid }) => oid === personId);
  const conversation = conversations.find(({ id }) => id === channelOf(conversationId));
  if (person === undefined || conversation?.memberIds.includes(personId) !== true)
    throw new Error(`${personId} is not in the conversation ${conversationId}.`);
  const { serviceUrl } = line();
  return { person, conversation, conversationId, tenantId, appId, serviceUrl, now: clock() };
};

/** A message as the person sees it. Throws when there is none. */
export const messageOf = ({ rooms }: Stage, { person, conversationId }: Scene, id: string): Seen => {
  const message = rooms.messages.list(conversationId, person.oid).find((one) => one.id === id);
  if (message === undefined) throw new Error(`There is no message ${id} in ${conversationId}.`);
  return message;
};

/** Lets something happen and tells what the person saw of it. */
export const playTurn = async (
  { rooms }: Stage,
  { person, conversationId }: Scene,
  options: Until,
  happen: () => Promise<{ readonly delivery: Delivery | null; readonly toast?: string }>,
): Promise<Turn> => {
  const since = rooms.messages.revision;
  const { delivery, toast = null } = await happen();
  const answers = await settle(rooms.messages, { personId: person.oid, conversationId, since }, options);
  return { status: delivery?.status ?? null, conversationId, answers, toast };
};
