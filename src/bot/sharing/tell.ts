import { render, summaryOf } from '../../cards/render.ts';
import type { HelpView } from '../../cards/view.ts';
import { ConnectorFailure } from '../../entra/connector-problem.ts';
import type { Place } from '../../entra/place.ts';
import type { Chat, Ports } from '../ports.ts';
import type { SharePost } from '../share-ports.ts';
import { unposted } from './unposted.ts';

export type TellingPorts = Pick<Ports, 'log' | 'personalChat'> & {
  readonly shares: Pick<Ports['shares'], 'find'>;
  readonly store: { readonly places: Pick<Ports['store']['places'], 'find'> };
  chatIn(place: Place): Pick<Chat, 'send'>;
};

type Way = () => Promise<Place>;

/** In the personal chat, else where they shared, unless that is the thread that could not be spoken in. */
const waysTo = async (
  { store, personalChat }: TellingPorts,
  { from, conversationId }: SharePost,
): Promise<readonly Way[]> => {
  const asked = from && (await store.places.find(from.conversationId));
  if (!from || !asked) return [];
  const there = async (): Promise<Place> => asked;
  if (asked.kind === 'personal') return [there];
  const alone = (): Promise<Place> => personalChat({ teamsId: from.teamsId }, asked);
  return asked.conversationId === conversationId ? [alone] : [alone, there];
};

// It was posted for certain nowhere, and it is no use to try that again.
const isClosed = (error: unknown): boolean =>
  error instanceof ConnectorFailure && ['gone', 'refused', 'foreign-host'].includes(error.problem);

const wordOf = async ({ shares }: TellingPorts, post: SharePost): Promise<HelpView> => {
  const { number, tries, isDoubtful, givenUp = 'gone' } = post;
  const share = await shares.find(number);
  const isGenuine = share !== undefined && !share.isEdited;
  return unposted({
    number,
    incident: share?.incident,
    why: isGenuine ? givenUp : 'edited',
    isDoubtful,
    isRepeat: tries > 0,
  });
};

/**
 * Tells whoever shared that the card was given up. Resolves too where they can be told nowhere, which the log then says;
 * throws a `ConnectorFailure` where it has to be tried again.
 */
export const tellSharer = async (ports: TellingPorts, post: SharePost): Promise<void> => {
  const view = await wordOf(ports, post);
  for (const way of await waysTo(ports, post)) {
    try {
      await ports.chatIn(await way()).send(render(view), summaryOf(view));
      return;
    } catch (error) {
      if (!isClosed(error)) throw error;
    }
  }
  ports.log.error('share.untold', { share: post.number });
};
