import { setTimeout as sleep } from 'node:timers/promises';
import { composeActivity } from '../../src/demo/chat/activity.ts';
import { type DemoPerson, PEOPLE } from '../../src/demo/tenant/people.ts';
import { SIGN_IN_SEARCH } from '../../src/entra/message-extension.ts';
import type { BotProcess } from './process.ts';
import type { Stage } from './stage.ts';

/** Twenty letters, the first seven of which are a question too. */
const SEARCH = 'at risk ann@demo.com';

/** People type a letter in 80 to 240 milliseconds; this is the same for everybody and in each run. */
const gapAfter = (letter: number): number => 80 + ((letter * 73) % 161);

/** Longer than the pause at which what is typed counts as a question. */
const THINKING_MS = 900;

let serial = 0;

const look = async (
  stage: Stage,
  bot: BotProcess,
  person: DemoPerson,
  text: string,
): Promise<{ readonly type: string; readonly text?: string }> => {
  serial += 1;
  const value = {
    commandId: SIGN_IN_SEARCH.commandId,
    parameters: [{ name: SIGN_IN_SEARCH.parameter, value: text }],
    queryOptions: { skip: 0, count: 25 },
  };
  const activity = composeActivity(stage.scene(person), { id: `f:bench-${serial}`, name: 'query', value });
  return Object(await stage.invoke(bot, activity)).composeExtension;
};

/** What somebody costs Graph who types the whole search and waits for its answer; roles are read, too. */
const typeAll = async (
  stage: Stage,
  bot: BotProcess,
  person: DemoPerson,
  pauseAfter: number,
): Promise<Record<string, unknown>> => {
  const before = stage.requests();
  const answers: Promise<{ readonly type: string; readonly text?: string }>[] = [];
  for (let letters = 1; letters <= SEARCH.length; letters += 1) {
    answers.push(look(stage, bot, person, SEARCH.slice(0, letters)));
    await sleep(letters === pauseAfter ? THINKING_MS : gapAfter(letters));
  }
  const last = (await Promise.all(answers)).at(-1);
  if (!last?.text?.startsWith('No ')) throw new Error(`The search was not answered: ${JSON.stringify(last)}`);
  return { letters: SEARCH.length, invokes: answers.length, requests: stage.requests() - before };
};

const at = (share: number, times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;

/** Milliseconds of the whole turn for an answer that is known, by the longer question as well as by the same one. */
const benchKnown = async (stage: Stage, bot: BotProcess, count: number): Promise<Record<string, unknown>> => {
  const person = PEOPLE.globalAdmin;
  await look(stage, bot, person, 'failed last 24h');
  const requests = stage.requests();
  const times: number[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const start = performance.now();
    const { type } = await look(stage, bot, person, `failed last 24h${nth % 2 === 0 ? '' : ' not from NO'}`);
    times.push(performance.now() - start);
    if (type !== 'result') throw new Error(`A known answer was not shown, but ${type}.`);
  }
  if (stage.requests() > requests) throw new Error('Graph was asked for what is known.');
  return {
    answers: count,
    milliseconds: at(0.95, times),
    median: at(0.5, times),
    slowest: Math.max(...times),
  };
};

/** The search of the compose box: what typing costs Graph, and how soon what is known is there (95 of 100 answers). */
export const benchSearch = async (stage: Stage, count: number): Promise<Record<string, unknown>> => {
  // So that a slow machine forgets nothing between two answers.
  const bot = await stage.start('flagman', { ROLE_MEMORY_SECONDS: '3600' });
  const typed = await typeAll(stage, bot, PEOPLE.analyst, 0);
  const typedWithAPause = await typeAll(stage, bot, PEOPLE.secondAnalyst, 'at risk'.length);
  const known = await benchKnown(stage, bot, count);
  await bot.stop();
  return { typed, typedWithAPause, known };
};
