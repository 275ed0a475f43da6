/**
 * Kills processes that carry changes out, in every case and then at random moments, while one change in five goes
 * wrong, on SQLite and (with TEST_POSTGRES_URL) on PostgreSQL: `node test/soak/kills.ts [kills] [seed]`. Prints what it
 * did; exit 1 when anything was lost or doubled, or nothing of it would have been noticed.
 */
import { CASES } from '../kills/cases.ts';
import { STORES } from '../kills/form.ts';
import { isRight, killInCases, onLane } from '../kills/kills.ts';
import { type Result, runKills } from '../kills/run.ts';

const [, , count = '10000', chosen = String(Date.now())] = process.argv;
const KILLS = Number(count);
const seed = Number(chosen);

/** A lane asks its pretend Graph ever longer, so each round begins with fresh ones. */
const KILLS_A_ROUND = 1_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const problemsOf = ({ killed, random, findings }: Result): readonly string[] =>
  [...killed.filter((one) => !(one.isReached && isRight(one))), ...random.findings, ...findings].map((one) =>
    JSON.stringify(one),
  );

/** Whether a program that calls first and saves afterwards is found out. */
const isNoticed = async (): Promise<boolean> => {
  const careless = CASES.filter(({ moment, outcome }) => moment === 'performed' && outcome === 'done');
  const { value } = await onLane({ targets: 5, order: 'call-first' }, (lane) => killInCases(lane, careless));
  return value.some(({ findings }) => findings.some(({ what }) => what === 'doubled'));
};

const start = performance.now();
const problems: string[] = (await isNoticed()) ? [] : ['Whoever calls first is not found out.'];
let [kills, approvals, unknown] = [0, 0, 0];
say(`${KILLS} kills on ${STORES.join(' and ')}, seed ${seed}`);
for (let left = KILLS; left > 0; left -= KILLS_A_ROUND) {
  const result = await runKills({ kills: Math.min(left, KILLS_A_ROUND), stores: STORES, seed: seed + left });
  problems.push(...problemsOf(result));
  kills += result.killed.length + result.random.kills;
  approvals += result.killed.length + result.random.approvals;
  unknown += result.random.unknown;
  const seconds = (performance.now() - start) / 1000;
  const speed = (kills / seconds).toFixed(1);
  say(
    `${kills} kills, ${approvals} approvals (${unknown} without a known end), ${result.effects} effects in this round, ${problems.length} faults; ${seconds.toFixed(0)} s, ${speed} kills/s`,
  );
}
for (const problem of problems) say(`FAILED ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
