import type { Suggestion, View } from '../cards/view.ts';
import type { Call, Powers } from '../commands/command.ts';
import type { Problem } from '../commands/problem.ts';
import { readPhrase } from '../commands/read.ts';
import { GraphFailure } from '../entra/graph-problem.ts';
import { roleName } from '../entra/roles.ts';
import { type Asker, decide, readRoles, zoneOf } from './asker.ts';
import type { Ports, Settings } from './ports.ts';
import { broken, graphFailed, notUnderstood, refused } from './problems.ts';

/** What a command may do: read, and remember what was shown. Nothing here reaches a function that changes the tenant. */
const powersFor = (ports: Ports, asker: Asker, zone: string, now: number, call: Call): Powers => ({
  ...asker,
  zone,
  now,
  readSignIns: (query) => ports.graph.readSignIns(query),
  async rememberShown(shown) {
    const id = ports.newId();
    await ports.store.results.save(
      {
        ...shown,
        id,
        personId: asker.person.id,
        conversationId: asker.place.conversationId,
        aboutMe: call.aboutMe,
      },
      now,
    );
    return { ...shown, resultId: id };
  },
  async lastShown() {
    const last = await ports.store.results.last(asker.person.id, asker.place.conversationId);
    return last && { ...last, resultId: last.id };
  },
  rememberZone: (chosen) => ports.store.preferences.setZone(asker.person.id, chosen),
  async rolesOf(person) {
    const roles = await readRoles(ports, person.id);
    return roles?.map((role) => roleName(role) ?? role);
  },
});

/** People of the directory that an unfinished name may mean; only for those who may read about them. */
const lookUp = async (
  ports: Ports,
  settings: Settings,
  asker: Asker,
  problem: Problem,
  text: string,
): Promise<readonly Suggestion[]> => {
  const { lookUp: name, at } = problem;
  if (name === undefined || at === undefined) return [];
  const decision = await decide(ports, settings, asker, { needs: 'reader', aboutMe: false });
  if (!decision.permitted) return [];
  const users = await ports.graph.findUsers(name);
  if (!users.ok) return [];
  return users.value.map((user) => ({
    title: user.displayName ? `${user.displayName} (${user.userPrincipalName})` : user.userPrincipalName,
    say: text.slice(0, at.start) + user.userPrincipalName.toLowerCase() + text.slice(at.start + at.length),
  }));
};

/** Reads a phrase, decides whether this person may have the answer, and makes it. Throws what nobody expected. */
const answerPhrase = async (ports: Ports, settings: Settings, asker: Asker, text: string): Promise<View> => {
  const now = ports.clock();
  const zone = await zoneOf(ports, asker.person);
  const reading = readPhrase(text, { now, zone, me: asker.person.id });
  if (!reading.ok) {
    const found = await lookUp(ports, settings, asker, reading.error, reading.text);
    return notUnderstood(reading.error, reading.text, found);
  }
  const call = reading.value;
  const decision = await decide(ports, settings, asker, { needs: call.command.needs, aboutMe: call.aboutMe });
  if (!decision.permitted) return refused(decision.why);
  return call.run(powersFor(ports, asker, zone, now, call));
};

/** Turns what was thrown into what a person can use: Graph's refusals in words, everything else as a reference. */
export const viewOfFailure = (ports: Ports, error: unknown, again: string): View => {
  if (error instanceof GraphFailure) {
    ports.log.warn('graph.failed', { problem: error.problem });
    return graphFailed(error.problem, again);
  }
  const reference = ports.newId();
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
