import { render, summaryOf } from '../../cards/render.ts';
import type { ShareView } from '../../cards/view.ts';
import { ConnectorFailure, type ConnectorProblem } from '../../entra/connector-problem.ts';
import type { GivenUp, Share } from '../../entra/share.ts';
import { asSeenIn } from '../../policy/redactions.ts';
import { pauseAfter, TAKEN_MS } from '../delivery-times.ts';
import type { Ports, Settings } from '../ports.ts';
import type { SharePost, ShareWord } from '../share-ports.ts';
import type { Chore } from '../tending.ts';
import { isHopeless, type TellingPorts, wordTo } from './tell.ts';

const AT_ONCE = 20;

/** Who was let out of a chat may be let in again; half an hour is long enough to wait for it. */
const MOST_REPEATS = 12;

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

/** Something else than Teams failed. */
const NO_PROBLEM = { problem: undefined, status: undefined };

/** Why a card is given up that failed like this, so often; undefined: it is tried again. */
const whyOver = (problem: ConnectorProblem | undefined, tries: number): GivenUp | undefined => {
  if (problem === 'foreign-host') return 'address';
  if (tries < MOST_REPEATS) return undefined;
  if (problem === 'gone') return 'gone';
  return problem === 'refused' || problem === 'too-big' ? 'refused' : undefined;
};

type Send = () => Promise<void>;

/** Prepares to post a card, or says why it must not be. */
const prepareCard = async (
  ports: DeliveryPorts,
  redactions: Settings['redactions'],
  post: SharePost,
): Promise<Send | GivenUp> => {
  const { shares, store, sharePosts } = ports;
  const { number, conversationId, isDoubtful } = post;
  const [share, place] = await Promise.all([shares.find(number), store.places.find(conversationId)]);
  if (!share || share.isEdited) return 'edited';
  if (!place) return 'gone';
  const zone = (await store.preferences.zoneOf(share.by.id)) ?? 'UTC';
  const shown = asSeenIn(share, redactions, place);
  const view: ShareView = { card: 'share', share: shown, zone, ...(isDoubtful && { isRepeat: true }) };
  return async () => {
    const cardId = await ports.chatIn(place).send(render(view), summaryOf(view));
    await sharePosts.posted(post, cardId);
    await rememberRows(ports, share, conversationId, cardId);
  };
};

const prepareWord = async (ports: DeliveryPorts, post: SharePost, word: ShareWord): Promise<Send> => {
  const say = await wordTo(ports, post, word);
  return async () => {
    await say();
    await ports.sharePosts.drop(post);
  };
};

/**
 * Brings the cards of shares to the threads of their incidents, and tells whoever shared which of them it gave up. A
 * post is repeated only when it may be lost, and then says so.
 */
export const createShareDeliverer = (
  ports: DeliveryPorts,
  { redactions }: Pick<Settings, 'redactions'>,
): Chore => {
  const { sharePosts, log } = ports;

  const giveUp = async (post: SharePost, why: GivenUp): Promise<void> => {
    if (why === 'edited') log.error('share.edited', { share: post.number });
    else log.warn('share.given-up', { share: post.number, why });
    await sharePosts.giveUp(post, why, await ports.now());
  };

  const failed = async (post: SharePost, error: unknown, wasSending: boolean): Promise<void> => {
    const { number: share, tries, word } = post;
    const { problem, status } = error instanceof ConnectorFailure ? error : NO_PROBLEM;
    log.warn('share.unposted', { share, problem, status, error });
    if (word && (isHopeless(problem) || tries >= MOST_REPEATS)) {
      log.error('share.untold', { share, problem, status });
      return sharePosts.drop(post);
    }
    const why = word ? undefined : whyOver(problem, tries);
    if (why) return giveUp(post, why);
    // What Teams certainly did not post is no doubt.
    const isDoubtful = wasSending && (problem === undefined || problem === 'ambiguous');
    await sharePosts.later(post, (await ports.now()) + pauseAfter(tries), isDoubtful);
  };

  const deliver = async (post: SharePost): Promise<void> => {
    let send: Send | undefined;
    try {
      if (!(await sharePosts.begin(post, await ports.now(), TAKEN_MS))) return;
      const ready = await (post.word
        ? prepareWord(ports, post, post.word)
        : prepareCard(ports, redactions, post));
      if (typeof ready === 'string') return await giveUp(post, ready);
      send = ready;
      await send();
    } catch (error) {
      // A store that fails here too leaves the post taken for a minute, and doubtful.
      await failed(post, error, send !== undefined).catch((cause: unknown) =>
        log.error('share.lost', { error: cause }),
      );
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
