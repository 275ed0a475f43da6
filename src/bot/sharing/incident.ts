import type { View } from '../../cards/view.ts';
import type { ShareWish } from '../../commands/command.ts';
import { type Incident, incidentsIn } from '../../entra/incident.ts';
import type { Asker } from '../asker.ts';
import type { Middle } from '../middle.ts';
import type { Ports } from '../ports.ts';
import { refusalOf } from '../refusal.ts';
import { declared, elsewhere, needsThread, taken } from './problems.ts';

type Declares = Extract<ShareWish, { readonly wish: 'incident' }>;

/** Why the thread cannot become the place of the incident; undefined where it can, or is it already. */
const obstacleTo = async (
  { incidents }: Pick<Ports, 'incidents'>,
  { name, moves }: Declares,
  here: Incident | undefined,
): Promise<View | undefined> => {
  if (moves) return undefined;
  if (here && here.name !== name) return taken(here, name);
  const found = await incidents.find(name);
  return found && !here ? elsewhere(found) : undefined;
};

/** The requests that were asked for in a thread, but for those whose reasons name another incident that is known. */
const requestsOf = async (
  { posts, approvals, incidents }: Ports,
  conversationId: string,
  name: string,
): Promise<readonly number[]> => {
  const found: number[] = [];
  for (const number of await posts.numbersIn(conversationId)) {
    const approval = await approvals.find(number);
    if (approval?.conversationId !== conversationId) continue;
    const named = incidentsIn(approval.reason).filter((other) => other !== name);
    const others = await Promise.all(named.map((other) => incidents.find(other)));
    if (!others.some(Boolean)) found.push(number);
  }
  return found;
};

/** Makes this thread the place of an incident, for whoever may read sign-ins. On record either way. */
export const declareIncident = async (
  middle: Middle,
  asker: Asker,
  wish: Declares,
  asked: string,
): Promise<View> => {
  const { ports } = middle;
  const { person, place } = asker;
  const { conversationId } = place;
  const { name } = wish;
  if (place.kind === 'personal') return needsThread(name);
  const refusal = await refusalOf(middle, asker, { command: 'this is incident', asked });
  if (refusal) return refusal;
  const here = await ports.incidents.in(conversationId);
  const obstacle = await obstacleTo(ports, wish, here);
  if (obstacle) return obstacle;
  const requests = await requestsOf(ports, conversationId, name);
  if (here?.name === name) return declared(name, requests, false);
  const by = { id: person.id, name: person.name };
  const incident = { name, conversationId, at: await ports.now(), by };
  const isDone = await ports.incidents.declare(incident, wish.moves, requests);
  // Somebody else named it at the same moment: what is so now is told.
  return isDone ? declared(name, requests, true) : declareIncident(middle, asker, wish, asked);
};
