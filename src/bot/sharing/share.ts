import type { View } from '../../cards/view.ts';
import type { ShareWish } from '../../commands/command.ts';
import type { Incident } from '../../entra/incident.ts';
import type { KeptAnswer, ShownAnswer } from '../../entra/kept-answer.ts';
import type { Place } from '../../entra/place.ts';
import type { GivenUp, Share, Snapshot } from '../../entra/share.ts';
import { redactedIn } from '../../policy/redactions.ts';
import type { Asker } from '../asker.ts';
import type { Typed } from '../changes/wish.ts';
import { answerMeant } from '../meant.ts';
import type { Middle } from '../middle.ts';
import type { Ports } from '../ports.ts';
import { refusalOf } from '../refusal.ts';
import {
  MOST_ROWS,
  noSuchIncident,
  noSuchRow,
  nothingToShare,
  placeGone,
  shared,
  whichIncident,
} from './problems.ts';

/** So many incidents are offered to choose from. */
const MOST_OFFERED = 6;

/** Rows of a kept answer, by their numbers from 1. */
export const snapshotOf = (
  { asked, notes, answer }: KeptAnswer,
  numbers: readonly number[],
  readingId: string,
): Snapshot => {
  const rows = numbers.flatMap((number) => answer.rows[number - 1] ?? []);
  // It is an answer of its own: a reply to its card means these rows and no others.
  return { asked, notes, answer: { ...answer, rows, readingId }, of: answer.rows.length };
};

/** The rows that one card shows from this one on, by their numbers. */
export const shownNumbers = ({ answer, first }: Pick<ShownAnswer, 'answer' | 'first'>): readonly number[] =>
  answer.rows.slice(first, first + MOST_ROWS).map((_, index) => first + index + 1);

interface Target {
  readonly incident: Incident;
  readonly place: Place;
}

/** The thread of the incident that is named, else of that whose thread this is; or why there is none. */
const targetOf = async (
  { incidents, store }: Ports,
  { place }: Asker,
  name: string | undefined,
  asked: string,
): Promise<Target | View> => {
  const incident = await (name === undefined ? incidents.in(place.conversationId) : incidents.find(name));
  if (!incident)
    return name === undefined
      ? whichIncident(await incidents.list(MOST_OFFERED), asked)
      : noSuchIncident(name);
  const there = await store.places.find(incident.conversationId);
  return there ? { incident, place: there } : placeGone(incident.name);
};

/** What is to be shared, and what it came from, as a share of that incident: the same source never makes a second one. */
export interface ToShare {
  readonly answer: KeptAnswer;
  readonly numbers: readonly number[];
  readonly incident: string | undefined;
  readonly source: (incident: Incident) => string;
  readonly asked: string;
}

/**
 * What was shared where, and how its card stands: `edited` where what is stored was changed, even if the card had been
 * posted. Not `isNew` when the same had been shared before.
 */
export interface Made {
  readonly share: Share;
  readonly incident: Incident;
  readonly isNew: boolean;
  readonly state: 'posted' | 'waiting' | GivenUp;
}

/**
 * Shares rows into the thread of an incident, for somebody who may; or says why not. The card is on its way when this
 * resolves, and nothing is lost if the process dies.
 */
export const shareRows = async (
  { ports, settings, tending }: Middle,
  asker: Asker,
  { answer, numbers, incident: name, source, asked }: ToShare,
): Promise<Made | { readonly view: View }> => {
  const missing = numbers.filter((number) => answer.answer.rows[number - 1] === undefined);
  if (missing.length > 0) return { view: noSuchRow(missing, answer.answer.rows.length) };
  const target = await targetOf(ports, asker, name, asked);
  if ('card' in target) return { view: target };
  const { id, name: by, teamsId } = asker.person;
  const at = await ports.now();
  const sharing = {
    at,
    by: { id, name: by },
    incident: target.incident.name,
    conversationId: target.incident.conversationId,
    redacted: redactedIn(settings.redactions, target.place),
    snapshot: snapshotOf(answer, numbers, ports.newId()),
  };
  const from = { teamsId, conversationId: asker.place.conversationId };
  const share = await ports.shares.create(source(target.incident), sharing, from);
  await tending.soon();
  const state = share.isEdited ? 'edited' : await ports.sharePosts.stateOf(share.number);
  return { share, incident: target.incident, isNew: share.at === at, state };
};

/** Shares what somebody typed to be shared; undefined where the card of the share stands in this very thread. */
export const shareByText = async (
  middle: Middle,
  asker: Typed,
  { rows, incident }: Extract<ShareWish, { readonly wish: 'share' }>,
  asked: string,
): Promise<View | undefined> => {
  const { place, activityId } = asker;
  const answer = await answerMeant(middle.ports.store, asker);
  if (!answer) return nothingToShare;
  const { query } = answer.answer;
  const refusal = await refusalOf(middle, asker, { command: 'share', query, asked });
  if (refusal) return refusal;
  const source = (): string => `${place.conversationId} ${activityId}`;
  const numbers = rows ?? shownNumbers(answer);
  const made = await shareRows(middle, asker, { answer, numbers, incident, source, asked });
  if ('view' in made) return made.view;
  const { state } = made;
  const isHere = made.incident.conversationId === place.conversationId;
  return isHere && (state === 'posted' || state === 'waiting') ? undefined : shared(made);
};
