import type { Token } from '../language/tokens.ts';
import { digitsEnd, isDigit, scanClock } from './scan.ts';

/** No time expression is longer; looking no further keeps reading linear. */
const LONGEST = 32;
const FAR = 8;

/** Tokens in which a joined range was split into its two ends and a "-". */
export interface SplitTokens {
  readonly tokens: readonly Token[];
  /** Index, in `tokens`, of the "-". */
  readonly joint: number;
}

const isShortNumber = (text: string): boolean => {
  const end = digitsEnd(text, 0);
  return end > 0 && end <= 2 && (end === text.length || text.length === end + 2);
};

const isEnd = (text: string): boolean => isShortNumber(text) || scanClock(text, 0) !== undefined;

/** Where a token joins two ends: "14:00..16:30", "9am-5pm", "1-3"; [0, 0] where it does not. */
const jointOf = (word: string, dashes: boolean): readonly [number, number] => {
  if (!isDigit(word, 0)) return [0, 0];
  const dots = word.indexOf('..');
  if (dots > 0)
    return word.length > dots + 2 ? [dots, word.indexOf('...') === dots ? dots + 3 : dots + 2] : [0, 0];
  const dash = word.indexOf('-');
  if (!dashes || dash <= 0 || word.indexOf('-', dash + 1) > 0) return [0, 0];
  return isEnd(word.slice(0, dash)) && isEnd(word.slice(dash + 1)) ? [dash, dash + 1] : [0, 0];
};

/** A stretch of a token; what stands before its end is ASCII, so offsets in `lower` and `text` are equal. */
const part = (token: Token, from: number, to?: number): Token => ({
  ...token,
  text: token.text.slice(from, to),
  lower: token.lower.slice(from, to),
  start: token.start + from,
  end: to === undefined ? token.end : token.start + to,
});

/**
 * The tokens from `at` on with the first joined range near it split; undefined when there is none.
 * Without `dashes` only ".." joins: in "since 14:00-05:00" the dash is the sign of an offset.
 */
export const splitRange = (
  tokens: readonly Token[],
  at: number,
  dashes: boolean,
): SplitTokens | undefined => {
  for (let index = at; index < at + FAR; index += 1) {
    const token = tokens[index];
    if (token === undefined || token.quoted) return undefined;
    const [end, begin] = jointOf(token.lower, dashes);
    if (end === 0) continue;
    const ends = [part(token, 0, end), { ...part(token, end, begin), lower: '-' }, part(token, begin)];
    return {
      tokens: [...tokens.slice(at, index), ...ends, ...tokens.slice(index + 1, at + LONGEST)],
      joint: index - at + 1,
    };
  }
  return undefined;
};
