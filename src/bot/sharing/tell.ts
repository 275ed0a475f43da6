import { render, summaryOf } from '../../cards/render.ts';
import type { HelpView } from '../../cards/view.ts';
import { ConnectorFailure, type ConnectorProblem } from '../../entra/connector-problem.ts';
import type { Place } from '../../entra/place.ts';
import type { Chat, Ports } from '../ports.ts';
import type { SharePost, ShareWord } from '../share-ports.ts';
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
  const near = asked ?? (await store.places.find(conversationId));
  if (!from || !near) return [];
  if (asked?.kind === 'personal') return [async () => asked];
  const alone = (): Promise<Place> => personalChat({ teamsId: from.teamsId }, near);
  return asked && asked.conversationId !== conversationId ? [alone, async () => asked] : [alone];
};

/** What another try does not mend. */
const HOPELESS: ReadonlySet<ConnectorProblem | undefined> = new Set(['gone', 'foreign-host', 'too-big']);

/** Whether there is no use in trying once more to tell somebody, after this. */
export const isHopeless = (problem: ConnectorProblem | undefined): boolean => HOPELESS.has(problem);

// It certainly was not posted there, nor will be in a moment.
const isClosed = (error: unknown): error is ConnectorFailure =>
  error instanceof ConnectorFailure && (isHopeless(error.problem) || error.problem === 'refused');

const wordOf = async (
  { shares }: TellingPorts,
  { number, isDoubtful }: SharePost,
  { why, isDoubtful: isRepeat }: ShareWord,
): Promise<HelpView> => {
  const share = await shares.find(number);
  const isGenuine = share !== undefined && !share.isEdited;
  return unposted({
    number,
    incident: share?.incident,
    isDoubtful,
    isRepeat,
    why: isGenuine ? why : 'edited',
  });
};

/**
 * Prepares to tell whoever shared that the card was given up. What it gives does so, and throws a `ConnectorFailure`
 * where they could not be told: of all ways that are closed, the one that may open again.
 */
export const wordTo = async (
  ports: TellingPorts,
  post: SharePost,
  word: ShareWord,
): Promise<() => Promise<void>> => {
  const [view, ways] = await Promise.all([wordOf(ports, post, word), waysTo(ports, post)]);
  return async () => {
    // Who shared from nobody knows where is nowhere.
    let closed = new ConnectorFailure('gone');
    for (const way of ways) {
      try {
        await ports.chatIn(await way()).send(render(view), summaryOf(view));
        return;
      } catch (error) {
        if (!isClosed(error)) throw error;
        const { problem, status } = error;
        ports.log.info('share.way-closed', { share: post.number, problem, status });
        if (isHopeless(closed.problem)) closed = error;
      }
    }
    throw closed;
  };
};
