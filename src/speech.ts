import type { Ports } from './bot/ports.ts';
import type { Teams } from './teams/server.ts';

/** What the bot sends of its own accord. */
export type Speech = Pick<Ports, 'chatIn' | 'personalChat' | 'putFile'>;

/** The bot speaks through Teams, and Teams opens the doors of the bot: so one of them is there first. */
export const speechThrough = (teams: () => Teams | undefined): Speech => {
  const there = (): Teams => {
    const found = teams();
    if (!found) throw new Error('Nothing can be said before Teams is there.');
    return found;
  };
  return {
    chatIn: (place) => there().chatIn(place),
    personalChat: (person, near) => there().personalChat(person, near),
    putFile: (upload, size, pieces) => there().putFile(upload, size, pieces),
  };
};
