import { render, summaryOf } from '../../cards/render.ts';
import type { ShareView } from '../../cards/view.ts';
import { ConnectorFailure } from '../../entra/connector-problem.ts';
import type { GivenUp, Share } from '../../entra/share.ts';
import { asSeenIn } from '../../policy/redactions.ts';
import { pauseAfter, TAKEN_MS } from '../delivery-times.ts';
import type { Ports, Settings } from '../ports.ts';
import type { SharePost } from '../share-ports.ts';
import type { Chore } from '../tending.ts';
import { type TellingPorts, tellSharer } from './tell.ts';

const AT_ONCE = 20;

/** Who was let out of a thread may be let in again; half an hour is long enough to wait for it. */
const MOST_TRIES = 12;

type DeliveryPorts = Pick<Ports, 'sharePosts' | 'store' | 'clock' | 'now'> & TellingPorts;

/** Remembers what the card shows: a reply to it means its rows, whoever replies. */
const rememberRows = async (
  { store, clock }: DeliveryPorts,
  { by, snapshot }: Share,
  conversationId: string,
  cardId: string | undefined,
): Promise<void> => {
  if (!snapshot || cardId === undefined) return;
  const { asked, notes, answer } = snapshot;
  // Nobody's last answer becomes another one by it: only a reply to the card means its rows.
  const shown = { personId: by.id, asked, notes, aboutMe: false, answer };
  const { id: resultId } = await store.results.keep(shown, clock());
  await store.results.showOn({ conversationId, cardId, resultId, first: 0 }, clock());
};

/**
 * Brings the cards of shares to the threads of their incidents, and tells whoever shared which of them it gave up. A
 * post is repeated only when it may be lost, and then says so.
 */
export const createShareDeliverer = (
  ports: DeliveryPorts,
  { redactions }: Pick<Settings, 'redactions'>,
): Chore => {
  const { shares, sharePosts, store, log } = ports;

  const giveUp = async (post: SharePost, why: GivenUp): Promise<void> => {
    if (why === 'edited') log.error('share.edited', { share: post.number });
    else log.warn('share.given-up', { share: post.number, why });
    await sharePosts.giveUp(post, why, await ports.now());
  };

  const send = async (post: SharePost): Promise<void> => {
    const { number, conversationId, isDoubtful } = post;
    const [share, place] = await Promise.all([shares.find(number), store.places.find(conversationId)]);
    if (!share || share.isEdited) return giveUp(post, 'edited');
    if (!place) return giveUp(post, 'gone');
    const zone = (await store.preferences.zoneOf(share.by.id)) ?? 'UTC';
    const shown = asSeenIn(share, redactions, place);
    const view: ShareView = { card: 'share', share: shown, zone, ...(isDoubtful && { isRepeat: true }) };
    const cardId = await ports.chatIn(place).send(render(view), summaryOf(view));
    await sharePosts.posted(post, cardId);
    await rememberRows(ports, share, conversationId, cardId);
  };

  const tell = async (post: SharePost): Promise<void> => {
    await tellSharer(ports, post);
    await sharePosts.drop(post);
  };

  const failed = async (post: SharePost, error: unknown): Promise<void> => {
    const problem = error instanceof ConnectorFailure ? error.problem : undefined;
    log.warn('share.unposted', { share: post.number, problem, error });
    const isCard = post.givenUp === undefined;
    if (isCard && problem === 'foreign-host') return giveUp(post, 'address');
    if (isCard && problem === 'gone' && post.tries >= MOST_TRIES) return giveUp(post, 'gone');
    // What Teams certainly did not post is no doubt, and the word about a card is no card.
    const isDoubtful = isCard && (problem === undefined || problem === 'ambiguous');
    await sharePosts.later(post, (await ports.now()) + pauseAfter(post.tries), isDoubtful);
  };

  const deliver = async (post: SharePost): Promise<void> => {
    try {
      if (!(await sharePosts.begin(post, await ports.now(), TAKEN_MS))) return;
      await (post.givenUp === undefined ? send(post) : tell(post));
    } catch (error) {
      // A store that fails here too leaves the post taken for a minute, and doubtful.
      await failed(post, error).catch((cause: unknown) => log.error('share.lost', { error: cause }));
    }
  };

  return {
    async run() {
      const due = await sharePosts.due(await ports.now(), AT_ONCE);
      await Promise.all(due.map(deliver));
      return due.length;
    },
  };
};
