import type { Person } from '../entra/person.ts';
import type { Place } from '../entra/place.ts';
import { authorize, type Decision, needsRoles } from '../policy/authorize.ts';
import type { Ports, Settings } from './ports.ts';

/** Who asks, and where. */
export interface Asker {
  readonly person: Person;
  readonly place: Place;
  /** The message or card that they reply to, or the card whose button they pressed. */
  readonly cardId?: string;
  /** Nobody else may see the answer, whatever `ANSWERS_IN_CHANNELS` says. */
  readonly isAlone?: boolean;
  /** What they may see is decided by the roles that they hold at this moment, none of them remembered. */
  readonly needsFreshRoles?: boolean;
}

/** What a question asks of its asker. */
export interface Needs {
  readonly needs: 'nothing' | 'reader';
  readonly aboutMe: boolean;
}

/** The zone that times are read and shown in: chosen, else the client's, else UTC. */
export const zoneOf = async (ports: Ports, person: Person): Promise<string> =>
  (await ports.store.preferences.zoneOf(person.id)) ?? person.clientZone ?? 'UTC';

/** Role template ids of the person, or undefined when Graph does not say. */
export const readRoles = async (
  ports: Ports,
  personId: string,
  fresh = false,
): Promise<readonly string[] | undefined> => {
  const { graph } = ports;
  const roles = await (fresh ? graph.freshRolesOf(personId) : graph.rolesOf(personId));
  if (roles.ok) return roles.value;
  ports.log.warn('roles.unknown', { person: personId, problem: roles.error });
  return undefined;
};

/** Gathers the facts that the policy needs, and lets it decide. */
export const decide = async (
  ports: Ports,
  settings: Settings,
  { person, place, needsFreshRoles }: Asker,
  { needs, aboutMe }: Needs,
): Promise<Decision> => {
  const facts = { needs, aboutMe, place: place.kind };
  const roles = needsRoles(facts) ? await readRoles(ports, person.id, needsFreshRoles) : [];
  const decision = authorize({ ...facts, roles, readerRoles: settings.readerRoles });
  if (!decision.permitted) ports.log.info('read.refused', { person: person.id, why: decision.why });
  return decision;
};
