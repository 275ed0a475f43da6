import type { ProblemView, Suggestion, View } from '../cards/view.ts';
import type { Call, Powers } from '../commands/command.ts';
import { isProblem, type Problem } from '../commands/problem.ts';
import { readPhrase } from '../commands/read.ts';
import { GraphFailure } from '../entra/graph-problem.ts';
import { roleName } from '../entra/roles.ts';
import { authorize } from '../policy/authorize.ts';
import { type Asker, decide, type Needs, readRoles, zoneOf } from './asker.ts';
import type { Ports, Settings } from './ports.ts';
import { broken, graphFailed, notUnderstood, refused } from './problems.ts';

/** What a command may do: read, and remember what was shown. Nothing here reaches a function that changes the tenant. */
const powersFor = (
  ports: Ports,
  settings: Settings,
  asker: Asker,
  zone: string,
  now: number,
  aboutMe: boolean,
): Powers => ({
  ...asker,
  zone,
  now,
  readSignIns: (query) => ports.graph.readSignIns(query),
  async rememberShown({ first, ...shown }) {
    const personId = asker.person.id;
    const showing = { personId, conversationId: asker.place.conversationId, first };
    const { id } = await ports.store.results.show({ ...shown, personId, aboutMe }, showing, now);
    return { ...shown, first, resultId: id };
  },
  async lastShown() {
    const last = await ports.store.results.last(asker.person.id, asker.place.conversationId);
    return last && { ...last, resultId: last.id };
  },
  rememberZone: (chosen) => ports.store.preferences.setZone(asker.person.id, chosen),
  async standing() {
    const roles = await readRoles(ports, asker.person.id);
    const facts = { needs: 'reader', aboutMe: false, place: asker.place.kind, roles } as const;
    const { permitted } = authorize({ ...facts, readerRoles: settings.readerRoles });
    return { roles: roles?.map((role) => roleName(role) ?? role), mayRead: permitted };
  },
});

/**
 * People of the directory that an unfinished name may mean; only for those who may read about them, and undefined
 * where the directory was not asked or did not say.
 */
const lookUp = async (
  ports: Ports,
  settings: Settings,
  asker: Asker,
  { lookUp: name, at, asked }: Problem,
): Promise<readonly Suggestion[] | undefined> => {
  if (name === undefined || at === undefined || asked === undefined) return undefined;
  const decision = await decide(ports, settings, asker, { needs: 'reader', aboutMe: false });
  if (!decision.permitted) return undefined;
  const users = await ports.graph.findUsers(name);
  if (!users.ok) return undefined;
  return users.value.map((user) => ({
    title: user.displayName ? `${user.displayName} (${user.userPrincipalName})` : user.userPrincipalName,
    say: asked.slice(0, at.start) + user.userPrincipalName.toLowerCase() + asked.slice(at.start + at.length),
  }));
};

/** What going on from the last answer needs is what that answer needed. */
const needsOf = async (ports: Ports, { person, place }: Asker, call: Call): Promise<Needs> => {
  const { needs } = call.command;
  if (needs !== 'last-answer') return { needs, aboutMe: call.aboutMe };
  const last = await ports.store.results.last(person.id, place.conversationId);
  // Somebody else's own sign-ins are other people's sign-ins to whoever goes on from them.
  return last
    ? { needs: 'reader', aboutMe: last.aboutMe && last.personId === person.id }
    : { needs: 'nothing', aboutMe: false };
};

/** Reads a phrase, decides whether this person may have the answer, and makes it. Throws what nobody expected. */
const answerPhrase = async (ports: Ports, settings: Settings, asker: Asker, text: string): Promise<View> => {
  const now = ports.clock();
  const zone = await zoneOf(ports, asker.person);
  const reading = readPhrase(text, { now, zone, me: asker.person.id });
  if (isProblem(reading)) return notUnderstood(reading, await lookUp(ports, settings, asker, reading));
  const needs = await needsOf(ports, asker, reading);
  const decision = await decide(ports, settings, asker, needs);
  if (!decision.permitted) return refused(decision.why, text);
  return reading.run(powersFor(ports, settings, asker, zone, now, needs.aboutMe));
};

/**
 * Turns what was thrown into what a person can use: Graph's refusals in words, everything else as a reference.
 * `again` is the phrase that asks once more.
 */
export const viewOfFailure = (ports: Ports, error: unknown, again?: string): ProblemView => {
  const reference = ports.newId();
  if (error instanceof GraphFailure) {
    ports.log.warn('question.failed', { reference, problem: error.problem });
    return graphFailed(error.problem, reference, again);
  }
  ports.log.error('turn.failed', { reference, error });
  return broken(reference);
};

/** The answer to something typed; never throws. */
export const answer = async (ports: Ports, settings: Settings, asker: Asker, text: string): Promise<View> => {
  try {
    return await answerPhrase(ports, settings, asker, text);
  } catch (error) {
    return viewOfFailure(ports, error, text);
  }
};
