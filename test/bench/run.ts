/**
 * `npm run bench [-- --short]`: prints one JSON object with every figure, measured in one run. Ratios are what
 * counts: absolute times depend on the machine.
 */
import { benchApprovals } from './approvals.ts';
import { benchCards } from './cards.ts';
import { benchLedger } from './ledger.ts';
import { benchPhrases } from './phrases.ts';
import { benchDifferent, benchSame } from './requests.ts';
import { benchSearch } from './search.ts';
import { setStage } from './stage.ts';
import { benchMemory, benchStart, benchTurns } from './turns.ts';

const short = process.argv.includes('--short');

const AIMS = {
  'phrases.perSecond': 'at least 50,000',
  'phrases.timeFor10xText': 'at most 12',
  'cards.millisecondsPerTenRowCard': 'at most 1',
  'turns.ratio': 'at least 0.6',
  'sameQuestion.requests': 'exactly 1',
  'differentQuestions.ratio': 'at most 1.1',
  'differentQuestions.throttled': 'exactly 0',
  'search.known.milliseconds': 'at most 50',
  'search.typed.requests': 'at most 2',
  'search.typedWithAPause.requests': 'at most 2',
  'ledger.alone.percent': 'under 10',
  'ledger.sixteen.percent': 'under 10',
  'start.ratio': 'at most 1.5',
  'memory.growthPercent': 'at most 3 (long form)',
};

/** Three significant digits are more than any of these figures deserves. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(3)) : value;

const phrases = benchPhrases();
const cards = benchCards();
const stage = await setStage();
const figures = {
  form: short ? 'short' : 'long',
  node: process.version,
  phrases,
  cards,
  turns: await benchTurns(stage, short ? 3 : 7, short ? 1_000 : 3_000),
  sameQuestion: await benchSame(stage),
  differentQuestions: await benchDifferent(stage),
  search: await benchSearch(stage, short ? 100 : 1_000),
  ledger: await benchLedger(stage, short),
  approvalsPerSecond: await benchApprovals(stage, short),
  start: await benchStart(stage, short ? 3 : 7),
  ...(short ? {} : { memory: await benchMemory(stage, 10_000) }),
  aims: AIMS,
};
await stage.close();
process.stdout.write(`${JSON.stringify(figures, rounded, 2)}\n`);
