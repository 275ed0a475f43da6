import type { ProblemView, Suggestion, View } from '../cards/view.ts';
import { type Call, isChange } from '../commands/command.ts';
import { isProblem, type Problem } from '../commands/problem.ts';
import { readPhrase } from '../commands/read.ts';
import { GraphFailure } from '../entra/graph-problem.ts';
import type { ShownAnswer } from '../entra/kept-answer.ts';
import { LedgerFailure } from '../entra/ledger-event.ts';
import { type Asker, decide, type Needs, zoneOf } from './asker.ts';
import { changeNotRecorded } from './changes/problems.ts';
import type { Typed } from './changes/wish.ts';
import { answerMeant } from './meant.ts';
import type { Middle } from './middle.ts';
import type { Ports, Settings } from './ports.ts';
import { powersFor, type Running } from './powers.ts';
import { broken, graphFailed, notRecorded, notUnderstood, unsure } from './problems.ts';
import { recordingOf } from './recording.ts';
import { refusalOf } from './refusal.ts';
import { answerWish } from './wish.ts';

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
  const { ports, asker } = running;
  let found: Promise<ShownAnswer | undefined> | undefined;
  const meant = () => (found ??= answerMeant(ports.store, asker));
  const { query, asked, command } = call;
  const needed = await needsOf({ asker, meant }, call);
  const refusal = await refusalOf(running, asker, { command: command.name, ...needed, query, asked });
  if (refusal) return refusal;
  const recording = recordingOf(ports, asker, command.name);
  try {
    return await call.run(powersFor({ ...running, aboutMe: needed.aboutMe, recording, meant }));
  } finally {
    await recording.written();
  }
};

/** Reads a phrase, decides whether this person may have the answer, and makes it. Throws what nobody expected. */
const answerPhrase = async (middle: Middle, asker: Typed, text: string): Promise<View | undefined> => {
  const { ports, settings } = middle;
  const now = ports.clock();
  const zone = await zoneOf(ports, asker.person);
  const reading = readPhrase(text, { now, zone, me: asker.person.id, gaps: settings.gaps });
  if (isProblem(reading)) return notUnderstood(reading, await lookUp(ports, settings, asker, reading));
  if (!isChange(reading)) return run({ ports, settings, asker, zone, now }, reading);
  try {
    return await answerWish(middle, asker, reading);
  } catch (error) {
    // A file changes nothing, so nothing is left in doubt.
    return reading.wish.wish === 'file' ? viewOfFailure(ports, error) : viewOfFailedChange(ports, error);
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
