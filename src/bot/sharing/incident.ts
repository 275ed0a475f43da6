import type { View } from '../../cards/view.ts';
import type { ShareWish } from '../../commands/command.ts';
import type { Incident } from '../../entra/incident.ts';
import type { Asker } from '../asker.ts';
import { decide } from '../asker.ts';
import type { Middle } from '../middle.ts';
import type { Ports } from '../ports.ts';
import { refused } from '../problems.ts';
import { recordingOf } from '../recording.ts';
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

/** Makes this thread the place of an incident, for whoever may read sign-ins. On record either way. */
export const declareIncident = async (
  { ports, settings }: Middle,
  asker: Asker,
  wish: Declares,
  asked: string,
): Promise<View> => {
  const { person, place } = asker;
  const { conversationId } = place;
  const { name } = wish;
  if (place.kind === 'personal') return needsThread(name);
  const permit = await decide(ports, settings, asker, { needs: 'reader', aboutMe: false });
  if (!permit.permitted) {
    const recording = recordingOf(ports, asker, 'this is incident');
    recording.refused(permit.why);
    await recording.written();
    return refused(permit.why, asked);
  }
  const here = await ports.incidents.in(conversationId);
  const obstacle = await obstacleTo(ports, wish, here);
  if (obstacle) return obstacle;
  const requests = await ports.posts.numbersIn(conversationId);
  if (here?.name === name) return declared(name, requests, false);
  const by = { id: person.id, name: person.name };
  await ports.incidents.declare({ name, conversationId, at: await ports.now(), by }, requests);
  return declared(name, requests, true);
};
