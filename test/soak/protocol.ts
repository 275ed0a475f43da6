/**
 * Plays random lives of approvals for so many minutes, ten if none are said: `node test/soak/protocol.ts [minutes]`.
 * Each round has a seed of its own, counted on from `SEED`. Ends with 1 when an invariant is broken, and says by which
 * seed and by which commands.
 */
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { runs } from '../protocol/chance.ts';
import type { Run } from '../protocol/commands.ts';
import { problemsOf } from '../protocol/invariants.ts';
import { play } from '../protocol/play.ts';

const [, , minutes = '10'] = process.argv;
const { SEED = String(randomInt(2 ** 30)) } = process.env;

const RUNS_A_ROUND = 2_000;

const holds = async (run: Run): Promise<void> => {
  const problems = await play(run, (powers) => powers, problemsOf);
  if (problems.length > 0) throw new Error(problems.join('\n'));
};

/** Whether every invariant held. */
const round = async (seed: number): Promise<boolean> => {
  const start = performance.now();
  const result = await fc.check(fc.asyncProperty(runs, holds), { numRuns: RUNS_A_ROUND, seed });
  const each = (result.numRuns / (performance.now() - start)) * 1_000;
  process.stdout.write(`seed ${seed}: ${result.numRuns} runs, ${each.toFixed(0)} a second\n`);
  const report = fc.defaultReportMessage(result);
  if (report !== undefined) process.stdout.write(`FAILED ${report}\n${String(result.errorInstance)}\n`);
  return !result.failed;
};

const end = performance.now() + Number(minutes) * 60_000;
let seed = Number(SEED);
let isWell = true;
do {
  isWell = await round(seed);
  seed += 1;
} while (isWell && performance.now() < end);
process.stdout.write(`${seed - Number(SEED)} seeds from ${SEED} on\n`);
process.exitCode = isWell ? 0 : 1;
