import { ConnectorFailure } from '../entra/connector-problem.ts';
import type { Person } from '../entra/person.ts';
import type { Place } from '../entra/place.ts';
import { cardMessage } from './attachments.ts';
import type { Chat } from './doors.ts';
import type { Rest } from './rest.ts';

/**
 * A conversation as one person alone sees it: targeted messages, which Teams keeps for 24 hours. They are edited the
 * same way. Source: Teams' page on targeted messages.
 */
export const chatWithOne = (
  rest: Rest,
  place: Place,
  { teamsId }: Pick<Person, 'teamsId'>,
): ReturnType<Chat['only']> => {
  const { serviceUrl, conversationId, botId } = place;
  const path = `/${encodeURIComponent(conversationId)}/activities`;
  const message = (...card: Parameters<Chat['send']>) => ({
    ...cardMessage(...card),
    from: { id: botId },
    conversation: { id: conversationId },
    recipient: { id: teamsId },
  });
  return {
    send: (...card) =>
      rest({ serviceUrl, method: 'POST', path: `${path}?isTargetedActivity=true`, body: message(...card) }),
    update: async (id, ...card) => {
      const one = `${path}/${encodeURIComponent(id)}?isTargetedActivity=true`;
      await rest({ serviceUrl, method: 'PUT', path: one, body: { ...message(...card), id } });
    },
  };
};

/** Opens the personal chat with somebody who speaks elsewhere; Teams gives the same one each time. */
export const openPersonalChat = async (
  rest: Rest,
  { teamsId }: Pick<Person, 'teamsId'>,
  { serviceUrl, tenantId, botId }: Place,
): Promise<Place> => {
  const body = {
    bot: { id: botId },
    members: [{ id: teamsId }],
    isGroup: false,
    tenantId,
    channelData: { tenant: { id: tenantId } },
  };
  const conversationId = await rest({ serviceUrl, method: 'POST', path: '', body });
  // Teams says 2xx and nothing else where it cannot tell.
  if (conversationId === undefined) throw new ConnectorFailure('refused');
  return { kind: 'personal', conversationId, serviceUrl, tenantId, botId };
};
