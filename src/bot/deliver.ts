import type { Approval } from '../actions/approval.ts';
import { render, summaryOf } from '../cards/render.ts';
import type { View } from '../cards/view.ts';
import { ConnectorFailure } from '../entra/connector-problem.ts';
import type { Post } from './change-ports.ts';
import { viewOf } from './changes/show.ts';
import type { Ports, Settings } from './ports.ts';

/** The moments at which a process may die while it delivers. */
export type DeliveryMoment = 'begun' | 'sent' | 'shown';

/** Brings the messages about approvals to where they belong, and keeps their cards as the approvals are. */
export interface Deliverer {
  /** Delivers what is due by now, once. Gives how much there was. */
  run(): Promise<number>;
}

const AT_ONCE = 20;

/** Longer than one call to Teams takes, with its repeats. */
const TAKEN_MS = 60_000;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

const pauseAfter = (tries: number): number => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);

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

/** Makes the deliverer. An edit may be repeated freely; a post is repeated only when it may be lost, and then says so. */
export const createDeliverer = (
  ports: Ports,
  settings: Settings,
  observe: (moment: DeliveryMoment, approval: number) => void,
): Deliverer => {
  const send = async (post: Post, approval: Approval): Promise<void> => {
    const place = await ports.store.places.find(post.conversationId);
    if (!place) {
      ports.log.warn('post.dropped', { approval: post.number, why: 'no such place' });
      return ports.posts.drop(post);
    }
    const view = await viewOfPost(ports, settings, post, approval);
    const chat = ports.chatIn(place);
    const { activityId } = post;
    if (activityId === undefined) {
      const id = await chat.send(render(view), summaryOf(view));
      observe('sent', post.number);
      return ports.posts.shown(post, id, approval.edition);
    }
    await chat.update(activityId, render(view), summaryOf(view));
    observe('sent', post.number);
    await ports.posts.shown(post, activityId, approval.edition);
  };

  const failed = async (post: Post, error: unknown): Promise<void> => {
    const problem = error instanceof ConnectorFailure ? error.problem : undefined;
    ports.log.warn('post.failed', { approval: post.number, kind: post.kind, problem, error });
    if (problem === 'gone' || problem === 'foreign-host') return ports.posts.drop(post);
    // What Teams certainly did not post is no doubt.
    const isDoubtful = problem === undefined || problem === 'ambiguous';
    const later = (await ports.now()) + pauseAfter(post.tries);
    await ports.posts.later(post, later, isDoubtful && post.activityId === undefined);
  };

  const deliver = async (post: Post): Promise<void> => {
    try {
      if (!(await ports.posts.begin(post, await ports.now(), TAKEN_MS))) return;
      observe('begun', post.number);
      const approval = await ports.approvals.find(post.number);
      await (approval ? send(post, approval) : ports.posts.drop(post));
      observe('shown', post.number);
    } catch (error) {
      // A store that fails here too leaves the post taken for a minute, and doubtful.
      await failed(post, error).catch((cause: unknown) => ports.log.error('post.lost', { error: cause }));
    }
  };

  return {
    async run() {
      const due = await ports.posts.due(await ports.now(), AT_ONCE);
      await Promise.all(due.map(deliver));
      return due.length;
    },
  };
};
