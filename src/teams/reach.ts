import { CloudAdapter } from 'botbuilder';
import type { Cloud } from '../entra/clouds.ts';
import { type Place, roomOf } from '../entra/place.ts';
import { BotAuthentication } from './bot-authentication.ts';
import { createChat } from './chat.ts';
import { createHttpClient } from './http-client.ts';
import { LIMITS } from './limits.ts';

export interface ReachOptions {
  readonly appId: string;
  readonly cloud: Cloud;
  /** Gives a token of the bot for the cloud's Bot Framework. */
  readonly getToken: () => Promise<string>;
}

/** Tries out whether the bot can speak somewhere, without a server of its own. What fails is a `ConnectorFailure`. */
export interface Reach {
  /** Reads the members of a conversation, which only whoever is in it may; nobody sees anything of it. */
  visit(place: Place): Promise<void>;
  /** Says a line, which everybody there sees. */
  say(place: Place, text: string): Promise<void>;
  close(): void;
}

export const createReach = ({ appId, cloud, getToken }: ReachOptions): Reach => {
  const http = createHttpClient({ cloud, limits: LIMITS });
  const authentication = new BotAuthentication({ appId, cloud, getToken, http });
  const connectors = authentication.createConnectorFactory();
  const adapter = new CloudAdapter(authentication);
  return {
    visit: async (place) => {
      const connector = await connectors.create(place.serviceUrl);
      // Members belong to the channel; a thread of it has none of its own.
      const id = roomOf(place.conversationId);
      await connector.conversations.getConversationPagedMembers(id);
    },
    say: (place, text) => createChat(adapter, appId, place).say(text),
    close: () => http.close(),
  };
};
