import { type Approval, isOpen } from '../actions/approval.ts';
import { render, summaryOf } from '../cards/render.ts';
import type { View } from '../cards/view.ts';
import { ConnectorFailure } from '../entra/connector-problem.ts';
import { type Place, roomOf, threadOf } from '../entra/place.ts';
import type { Post } from './change-ports.ts';
import { viewOf } from './changes/show.ts';
import { pauseAfter, TAKEN_MS } from './delivery-times.ts';
import type { Ports, Settings } from './ports.ts';

/** The moments at which a process may die while it delivers. */
export type DeliveryMoment = 'begun' | 'sent' | 'shown';

/** Brings the messages about approvals to where they belong, and keeps their cards as the approvals are. */
export interface Deliverer {
  /** Delivers what is due by now, once. Gives how much there was. */
  run(): Promise<number>;
}

const AT_ONCE = 20;

/** How often it is said at most that a conversation is not known. */
const WARN_EVERY_MS = 60_000;

const viewOfPost = async (
  ports: Ports,
  settings: Settings,
  { kind, isDoubtful, activityId }: Post,
  approval: Approval,
): Promise<View> => {
  const now = await ports.now();
  // Posted and perhaps lost is posted again: a lost request is worse than one that stands there twice.
  const again = isDoubtful && activityId === undefined ? { isRepeat: true } : {};
  if (kind !== 'card') return { card: 'notice', kind, approval, now, ...again };
  const zone = (await ports.store.preferences.zoneOf(approval.requester.id)) ?? 'UTC';
  return { ...viewOf(approval, settings.changes, { zone, now }), ...again };
};

// What is posted into a channel itself opens a thread, in which everything else about it belongs.
const isChannel = ({ kind, conversationId }: Place): boolean =>
  kind === 'channel' && roomOf(conversationId) === conversationId;

/** Makes the deliverer. An edit may be repeated freely; a post is repeated only when it may be lost, and then says so. */
export const createDeliverer = (
  ports: Ports,
  settings: Settings,
  observe: (moment: DeliveryMoment, approval: number) => void,
): Deliverer => {
  const { posts, store } = ports;
  let quietUntil = 0;

  const tryLater = async (post: Post, isDoubtful: boolean): Promise<void> =>
    posts.later(post, (await ports.now()) + pauseAfter(post.tries), isDoubtful);

  /** Nobody may see a request before the bot is let in where it belongs, so there is time until it is closed. */
  const awaitPlace = async (post: Post, approval: Approval): Promise<void> => {
    if (ports.clock() >= quietUntil) {
      quietUntil = ports.clock() + WARN_EVERY_MS;
      const { conversationId: conversation } = post;
      ports.log.warn('post.nowhere', { approval: post.number, conversation, why: 'no such place' });
    }
    return isOpen(approval) ? tryLater(post, false) : posts.drop(post);
  };

  /** Where it belongs: in the thread that the card has opened, if it has. */
  const placeOf = async ({ number, kind, conversationId }: Post): Promise<Place | undefined> => {
    const place = await store.places.find(conversationId);
    if (!place || !isChannel(place) || kind === 'card') return place;
    const cards = await posts.places(number);
    const thread = cards.find((card) => card.startsWith(threadOf(conversationId, '')));
    return thread === undefined ? place : { ...place, conversationId: thread };
  };

  const postCard = async (post: Post, place: Place, view: View, edition: number): Promise<void> => {
    const id = await ports.chatIn(place).send(render(view), summaryOf(view));
    observe('sent', post.number);
    if (id === undefined || post.kind !== 'card' || !isChannel(place)) return posts.shown(post, id, edition);
    const conversationId = threadOf(place.conversationId, id);
    await store.places.remember({ ...place, conversationId }, ports.clock());
    await posts.add(post.number, conversationId, id, edition);
    await posts.drop(post);
  };

  const send = async (post: Post, approval: Approval): Promise<void> => {
    const place = await placeOf(post);
    if (!place) return awaitPlace(post, approval);
    const view = await viewOfPost(ports, settings, post, approval);
    const { activityId } = post;
    if (activityId === undefined) return postCard(post, place, view, approval.edition);
    await ports.chatIn(place).update(activityId, render(view), summaryOf(view));
    observe('sent', post.number);
    await posts.shown(post, activityId, approval.edition);
  };

  /** Who was let in nowhere yet may be let in while the request is open: its first card is not given up. */
  const mayComeBack = async ({ number, kind, activityId }: Post): Promise<boolean> => {
    if (kind !== 'card' || activityId !== undefined) return false;
    const approval = await ports.approvals.find(number);
    return approval !== undefined && isOpen(approval);
  };

  const failed = async (post: Post, error: unknown): Promise<void> => {
    const problem = error instanceof ConnectorFailure ? error.problem : undefined;
    ports.log.warn('post.failed', { approval: post.number, kind: post.kind, problem, error });
    if (problem === 'foreign-host') return posts.drop(post);
    if (problem === 'gone' && !(await mayComeBack(post))) return posts.drop(post);
    // What Teams certainly did not post is no doubt.
    const isDoubtful = problem === undefined || problem === 'ambiguous';
    await tryLater(post, isDoubtful && post.activityId === undefined);
  };

  const deliver = async (post: Post): Promise<void> => {
    try {
      if (!(await posts.begin(post, await ports.now(), TAKEN_MS))) return;
      observe('begun', post.number);
      const approval = await ports.approvals.find(post.number);
      await (approval ? send(post, approval) : posts.drop(post));
      observe('shown', post.number);
    } catch (error) {
      // A store that fails here too leaves the post taken for a minute, and doubtful.
      await failed(post, error).catch((cause: unknown) => ports.log.error('post.lost', { error: cause }));
    }
  };

  return {
    async run() {
      const due = await posts.due(await ports.now(), AT_ONCE);
      await Promise.all(due.map(deliver));
      return due.length;
    },
  };
};
