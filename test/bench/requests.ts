import { SPEED, type Stage } from './stage.ts';

const LIMIT = 5;
const WINDOW_MS = 10_000 / SPEED;

const settled = async (stage: Stage, answers: number): Promise<void> => {
  const deadline = Date.now() + 60_000;
  while (stage.answers() < answers && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 2));
};

/** Requests that 100 people asking the same thing at the same moment cost Graph. */
export const benchSame = async (stage: Stage): Promise<Record<string, unknown>> => {
  const bot = await stage.start('flagman');
  await stage.say(bot, 1, 1, () => 'help');
  const before = stage.signInRequests().count;
  await stage.say(bot, 100, 100, () => 'flagged last 3 days');
  const requests = stage.signInRequests().count - before;
  await bot.stop();
  return { questions: 100, requests };
};

/**
 * Time that 100 different questions take against the ideal schedule of Graph's limit, and the 429s met. The ideal
 * sends as many requests as the limit allows at once and the next ones the moment the window is free again.
 */
export const benchDifferent = async (stage: Stage): Promise<Record<string, unknown>> => {
  const questions = 100;
  const bot = await stage.start('flagman');
  await stage.say(bot, 1, 1, () => 'flagged last 4 days');
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS * 2));
  const before = stage.signInRequests();
  const answers = stage.answers();
  const start = performance.now();
  await stage.say(bot, questions, questions, (index) => `flagged for user${index}@contoso.com last 3 days`);
  await settled(stage, answers + questions);
  const took = performance.now() - start;
  const after = stage.signInRequests();
  await bot.stop();
  const ideal = (Math.ceil(questions / LIMIT) - 1) * WINDOW_MS;
  return {
    questions,
    requests: after.count - before.count,
    throttled: after.throttled - before.throttled,
    seconds: took / 1000,
    idealSeconds: ideal / 1000,
    ratio: took / ideal,
  };
};
