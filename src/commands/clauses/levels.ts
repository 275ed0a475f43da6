import { PhraseTable } from '../language/phrase-table.ts';
import { type Token, wordAt } from '../language/tokens.ts';
import type { ClauseReading, Phrase } from './clause.ts';
import { eq } from './conditions.ts';

export type Level = 'low' | 'medium' | 'high' | 'none' | 'hidden';

export const LEVELS: ReadonlyMap<string, Level> = new Map<string, Level>([
  ['low', 'low'],
  ['medium', 'medium'],
  ['med', 'medium'],
  ['moderate', 'medium'],
  ['high', 'high'],
  ['none', 'none'],
  ['hidden', 'hidden'],
]);

/** "medium+" and "medium-or-higher" as one word. */
export const OR_MORE: ReadonlyMap<string, Level> = new Map(
  (['low', 'medium', 'high'] as const).flatMap((level) =>
    ['+', '-or-higher', '-or-above', '-and-above', '-or-more'].map((more) => [level + more, level] as const),
  ),
);

/** What can be compared, weakest first; `none` and `hidden` are no steps of it. */
const STEPS: readonly Level[] = ['low', 'medium', 'high'];

const table = (words: readonly string[]): PhraseTable<true> =>
  words.reduce((phrases, said) => phrases.add(said, true), new PhraseTable<true>());

const AT_LEAST = table(['at least', 'minimum', 'min', '>=', 'not below', 'no less than']);
const AT_MOST = table(['at most', 'maximum', 'max', '<=', 'not above', 'no more than']);
const ABOVE = table(['above', 'over', 'more than', 'higher than', 'greater than', '>']);
const BELOW = table(['below', 'under', 'less than', 'lower than', '<']);
const JOINT = table(['or', 'and', '&', '/']);
const OR_HIGHER = table(
  ['or', 'and'].flatMap((joint) =>
    ['higher', 'above', 'more', 'greater', 'up', 'over', 'worse'].map((word) => `${joint} ${word}`),
  ),
)
  .add('+', true)
  .add('upwards', true);
const OR_LOWER = table(
  ['or', 'and'].flatMap((joint) => ['lower', 'below', 'less', 'under'].map((word) => `${joint} ${word}`)),
);

/** The level as it was when the user signed in, not as it grew afterwards. */
const DURING = table([
  ...['at', 'during', 'at the time of', 'at time of', 'during the', 'at the'].flatMap((word) => [
    `${word} sign-in`,
    `${word} sign-in time`,
    `${word} login`,
    `${word} logon`,
  ]),
  'at the time',
  'at that time',
  'at login time',
  'when signing in',
  'while signing in',
  'in real-time',
  'real-time',
]);

const SINCE = table(['aggregated', 'aggregate', 'overall', 'total', 'sign-in', 'identity']);

/** Some levels, and the index of the first token after them. */
export interface Levels {
  readonly levels: readonly Level[];
  readonly next: number;
}

const skip = (words: PhraseTable<true>, tokens: readonly Token[], at: number): number =>
  at + (words.at(tokens, at)?.words.length ?? 0);

const levelAt = (tokens: readonly Token[], at: number): Level | undefined => {
  const word = tokens[at]?.text.toLowerCase() ?? '';
  return LEVELS.get(word) ?? OR_MORE.get(word);
};

/** "medium", "low or medium", without what follows. */
const listAt = (tokens: readonly Token[], at: number): Levels | undefined => {
  const first = levelAt(tokens, at);
  if (first === undefined) return undefined;
  const levels = [first];
  let next = at + 1;
  for (;;) {
    const joined = skip(JOINT, tokens, next);
    const further = joined > next || tokens[next]?.comma === true ? levelAt(tokens, joined) : undefined;
    if (further === undefined) return { levels, next };
    levels.push(further);
    next = joined + 1;
  }
};

const from = (level: Level): readonly Level[] =>
  STEPS.includes(level) ? STEPS.slice(STEPS.indexOf(level)) : [level];

const upTo = (level: Level): readonly Level[] =>
  STEPS.includes(level) ? STEPS.slice(0, STEPS.indexOf(level) + 1) : [level];

/** "… or higher", which may stand before or after the word "risk". */
const stretched = (tokens: readonly Token[], { levels, next }: Levels): Levels => {
  const last = levels[levels.length - 1] ?? 'none';
  const higher = skip(OR_HIGHER, tokens, next);
  if (higher > next) return { levels: from(last), next: higher };
  const lower = skip(OR_LOWER, tokens, next);
  return lower > next ? { levels: upTo(last), next: lower } : { levels, next };
};

/** What words before a level make of it: "at least medium", "below high". */
const BEFORE: readonly (readonly [PhraseTable<true>, (level: Level) => readonly Level[]])[] = [
  [AT_LEAST, from],
  [AT_MOST, upTo],
  [ABOVE, (level) => from(level).slice(1)],
  [BELOW, (level) => upTo(level).slice(0, -1)],
];

/** "medium", "low or medium", "at least medium", "medium or higher". */
export const levelsAt = (tokens: readonly Token[], at: number): Levels | undefined => {
  const before = BEFORE.find(([words]) => words.at(tokens, at));
  const list = listAt(tokens, before ? skip(before[0], tokens, at) : at);
  if (list === undefined) return undefined;
  const first = list.levels[0] ?? 'none';
  if (before) {
    const levels = before[1](first);
    return levels.length === 0 ? undefined : { ...list, levels };
  }
  return OR_MORE.has(wordAt(tokens, list.next - 1))
    ? { ...list, levels: from(first) }
    : stretched(tokens, list);
};

const match = ({ levels, next }: Levels, during: boolean): ClauseReading => ({
  next,
  topic: during ? 'level then' : 'level',
  either: levels.map((level) => eq(during ? 'riskLevelDuringSignIn' : 'riskLevelAggregated', level)),
});

/** After the level and the word "risk": "or higher", "at sign-in time". */
export const finish = (tokens: readonly Token[], list: Levels, during: boolean): ClauseReading => {
  const whole = stretched(tokens, list);
  const next = skip(DURING, tokens, whole.next);
  return match({ ...whole, next }, during || next > whole.next);
};

/** "high risk", "medium or higher real-time risk": the level first. */
export const levelFirst = ({ tokens }: Phrase, at: number): ClauseReading => {
  const list = levelsAt(tokens, at);
  if (list === undefined) return undefined;
  const real = skip(DURING, tokens, list.next);
  const kind = skip(SINCE, tokens, real);
  const noun = wordAt(tokens, kind);
  if (noun !== 'risk' && noun !== 'risks' && noun !== 'risk-level') return undefined;
  const next = ['level', 'levels'].includes(wordAt(tokens, kind + 1)) ? kind + 2 : kind + 1;
  return finish(tokens, { ...list, next }, real > list.next);
};
