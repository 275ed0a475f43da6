import type { ProblemView, Suggestion, View } from '../cards/view.ts';
import { type Call, isChange, type Powers, type Shown } from '../commands/command.ts';
import { isProblem, type Problem } from '../commands/problem.ts';
import { readPhrase } from '../commands/read.ts';
import { GraphFailure } from '../entra/graph-problem.ts';
import type { ShownAnswer } from '../entra/kept-answer.ts';
import { LedgerFailure } from '../entra/ledger-event.ts';
import { roleName } from '../entra/roles.ts';
import { authorize } from '../policy/authorize.ts';
import { type Asker, decide, type Needs, readRoles, zoneOf } from './asker.ts';
import { mayChange } from './authority.ts';
import { changeNotRecorded } from './changes/problems.ts';
import { viewOf } from './changes/show.ts';
import { answerWish, type Typed } from './changes/wish.ts';
import { answerMeant } from './meant.ts';
import type { Middle } from './middle.ts';
import type { Ports, Settings } from './ports.ts';
import { broken, graphFailed, notRecorded, notUnderstood, refused, unsure } from './problems.ts';
import { askGraph, type Recording, recordingOf } from './recording.ts';

/** A phrase that was understood and permitted, on its way to an answer. */
interface Running {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly asker: Asker;
  readonly zone: string;
  readonly now: number;
  readonly aboutMe: boolean;
  readonly recording: Recording;
  /** The answer that the phrase goes on from; the same one, however often it is asked for. */
  readonly meant: () => Promise<ShownAnswer | undefined>;
}

/** The answer that is gone on from, of which only the row with this index is meant, if there is one. */
const lastShown = async ({ meant, recording }: Running, row?: number): Promise<Shown | undefined> => {
  const shown = await meant();
  if (!shown) return undefined;
  const { answer } = shown;
  recording.shown(row === undefined ? answer : { ...answer, rows: answer.rows.slice(row, row + 1) });
  return { ...shown, resultId: shown.id };
};

/**
 * What a command may do: read, and remember what was shown. Nothing here reaches a function that changes the tenant,
 * and whatever tells of other people is recorded.
 */
const powersFor = (running: Running): Powers => {
  const { ports, settings, asker, zone, now, aboutMe, recording } = running;
  return {
    ...asker,
    zone,
    now,
    readSignIns: (query) => askGraph(ports, recording, query),
    async rememberShown({ first, ...shown }) {
      const personId = asker.person.id;
      const showing = { personId, conversationId: asker.place.conversationId, first };
      const { id } = await ports.store.results.show({ ...shown, personId, aboutMe }, showing, now);
      return { ...shown, first, resultId: id };
    },
    lastShown: (row) => lastShown(running, row),
    rememberZone: (chosen) => ports.store.preferences.setZone(asker.person.id, chosen),
    async askedAbout(user) {
      const found = await ports.ledger.askedAbout(user);
      recording.lookedUp(user, found.length);
      return found;
    },
    async standing() {
      const { id } = asker.person;
      const [roles, changes] = await Promise.all([
        readRoles(ports, id),
        mayChange(ports, settings.changes, id),
      ]);
      const facts = { needs: 'reader', aboutMe: false, place: asker.place.kind, roles } as const;
      const { permitted } = authorize({ ...facts, readerRoles: settings.readerRoles });
      const names = roles?.map((role) => roleName(role) ?? role);
      return { roles: names, mayRead: permitted, ...(roles && changes) };
    },
    async openApprovals() {
      const open = await ports.approvals.open();
      recording.saw(open);
      return open;
    },
    async approval(number) {
      const found = await ports.approvals.find(number);
      recording.saw(found ? [found] : []);
      return found;
    },
    async historyOf(number) {
      const entries = await ports.approvals.history(number);
      recording.lookedUp(`cr-${number}`, entries.length);
      return entries;
    },
    approvalView: (approval) => viewOf(approval, settings.changes, { zone, now }),
  };
};

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
  const recording = recordingOf(ports, asker, 'find a user');
  recording.lookedUp(name, users.value.length);
  await recording.written();
  return users.value.map((user) => ({
    title: user.displayName ? `${user.displayName} (${user.userPrincipalName})` : user.userPrincipalName,
    say: asked.slice(0, at.start) + user.userPrincipalName.toLowerCase() + asked.slice(at.start + at.length),
  }));
};

/** What going on from an answer needs is what that answer needed. */
const needsOf = async ({ asker, meant }: Pick<Running, 'asker' | 'meant'>, call: Call): Promise<Needs> => {
  const { needs } = call.command;
  if (needs !== 'last-answer')
    return { needs: needs === 'nothing' ? needs : 'reader', aboutMe: call.aboutMe };
  const shown = await meant();
  // Somebody else's own sign-ins are other people's sign-ins to whoever goes on from them.
  return shown
    ? { needs: 'reader', aboutMe: shown.aboutMe && shown.personId === asker.person.id }
    : { needs: 'nothing', aboutMe: false };
};

/** Runs what was understood, if this person may have it; gives nothing that is not on record. */
const run = async (running: Omit<Running, 'aboutMe' | 'recording' | 'meant'>, call: Call): Promise<View> => {
  const { ports, settings, asker } = running;
  let found: Promise<ShownAnswer | undefined> | undefined;
  const meant = () => (found ??= answerMeant(ports.store, asker));
  const needs = await needsOf({ asker, meant }, call);
  const decision = await decide(ports, settings, asker, needs);
  const recording = recordingOf(ports, asker, call.command.name);
  try {
    if (decision.permitted)
      return await call.run(powersFor({ ...running, aboutMe: needs.aboutMe, recording, meant }));
    recording.refused(decision.why, call.query);
    return refused(decision.why, call.asked);
  } finally {
    await recording.written();
  }
};

/** Reads a phrase, decides whether this person may have the answer, and makes it. Throws what nobody expected. */
const answerPhrase = async (middle: Middle, asker: Typed, text: string): Promise<View | undefined> => {
  const { ports, settings } = middle;
  const now = ports.clock();
  const zone = await zoneOf(ports, asker.person);
  const reading = readPhrase(text, { now, zone, me: asker.person.id });
  if (isProblem(reading)) return notUnderstood(reading, await lookUp(ports, settings, asker, reading));
  if (!isChange(reading)) return run({ ports, settings, asker, zone, now }, reading);
  try {
    return await answerWish(middle, asker, reading);
  } catch (error) {
    return viewOfFailedChange(ports, error);
  }
};

/** What was thrown while something was to be changed or decided: it must not be said that nothing was. */
export const viewOfFailedChange = (ports: Ports, error: unknown): ProblemView => {
  const view = viewOfFailure(ports, error);
  if (error instanceof GraphFailure) return view;
  const { reference = '' } = view;
  return error instanceof LedgerFailure ? changeNotRecorded(reference) : unsure(reference);
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
  if (error instanceof LedgerFailure) {
    ports.log.error('ledger.failed', { reference, error: error.cause });
    return notRecorded(reference);
  }
  ports.log.error('turn.failed', { reference, error });
  return broken(reference);
};

/** The answer to something typed, undefined where it stands in the chat already; never throws. */
export const answer = async (middle: Middle, asker: Typed, text: string): Promise<View | undefined> => {
  try {
    return await answerPhrase(middle, asker, text);
  } catch (error) {
    return viewOfFailure(middle.ports, error, text);
  }
};
