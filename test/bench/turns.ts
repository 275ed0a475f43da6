import type { BotProcess } from './process.ts';
import type { Stage } from './stage.ts';

const QUESTION = 'flagged for user@contoso.com since yesterday';
const WIDTH = 16;

interface Speed {
  readonly turnsPerSecond: number;
  /** Seconds of CPU that the load maker used, the pretend Connector included. */
  readonly loadMakerCpuSeconds: number;
}

const measure = async (stage: Stage, bot: BotProcess, turns: number): Promise<Speed> => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await stage.say(bot, turns, WIDTH, () => QUESTION);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { turnsPerSecond: turns / seconds, loadMakerCpuSeconds: (user + system) / 1e6 };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Turns a second of the full bot and of the bare echo bot, measured in turn so that both meet the same machine.
 * The full bot answers one coalesced question and remembers the asker's roles.
 */
export const benchTurns = async (
  stage: Stage,
  rounds: number,
  turns: number,
): Promise<Record<string, unknown>> => {
  const remembering = { FRESHNESS_SECONDS: '300', ROLE_MEMORY_SECONDS: '3600' };
  const flagman = await stage.start('flagman', remembering);
  const echo = await stage.start('echo');
  await measure(stage, flagman, turns);
  await measure(stage, echo, turns);
  const pairs: { flagman: Speed; echo: Speed }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({
      flagman: await measure(stage, flagman, turns),
      echo: await measure(stage, echo, turns),
    });
  }
  await Promise.all([flagman.stop(), echo.stop()]);
  return {
    about: 'one coalesced question of one person, roles remembered, equal cards made once a second',
    flagmanPerSecond: Math.round(median(pairs.map((pair) => pair.flagman.turnsPerSecond))),
    echoPerSecond: Math.round(median(pairs.map((pair) => pair.echo.turnsPerSecond))),
    ratio: median(pairs.map((pair) => pair.flagman.turnsPerSecond / pair.echo.turnsPerSecond)),
    loadMakerCpuSecondsPer1000Turns:
      (median(pairs.map((pair) => pair.flagman.loadMakerCpuSeconds)) / turns) * 1000,
  };
};

/** Resident memory after so many turns, and again after as many more; growth in percent. */
export const benchMemory = async (stage: Stage, turns: number): Promise<Record<string, unknown>> => {
  const bot = await stage.start('flagman', { FRESHNESS_SECONDS: '300', ROLE_MEMORY_SECONDS: '3600' });
  await stage.say(bot, turns, WIDTH, () => QUESTION);
  const first = bot.memory();
  await stage.say(bot, turns, WIDTH, () => QUESTION);
  const second = bot.memory();
  await bot.stop();
  const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
  return {
    turns: [turns, 2 * turns],
    megabytes: [megabytes(first), megabytes(second)],
    growthPercent: ((second - first) / first) * 100,
  };
};

/** Start-up time of both bots until they are ready, in turn; the medians and their ratio. */
export const benchStart = async (stage: Stage, rounds: number): Promise<Record<string, unknown>> => {
  const pairs: { flagman: number; echo: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const flagman = await stage.start('flagman');
    await flagman.stop();
    const echo = await stage.start('echo');
    await echo.stop();
    pairs.push({ flagman: flagman.startedIn, echo: echo.startedIn });
  }
  return {
    flagmanMs: Math.round(median(pairs.map((pair) => pair.flagman))),
    echoMs: Math.round(median(pairs.map((pair) => pair.echo))),
    ratio: median(pairs.map((pair) => pair.flagman / pair.echo)),
  };
};
