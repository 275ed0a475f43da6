/** More edits than this and it is another word. */
const FURTHEST = 2;

/**
 * How many letters must be added, dropped, changed or swapped with their neighbour to make one word of the
 * other; anything beyond `limit` comes back as `limit + 1`.
 */
const editDistance = (one: string, other: string, limit = FURTHEST): number => {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? limit) + 1 : limit + 1,
      );
    }
    if (Math.min(...current) > limit) return limit + 1;
    before = last;
    last = current;
  }
  return Math.min(last[other.length] ?? 0, limit + 1);
};

/** Which letters a word has, one bit each. */
const letters = (word: string): number => {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
};

/** How many letters only one of two words has; an edit adds one and removes one at most. */
const strangers = (one: number, other: number): number => {
  let count = 0;
  for (let bits = one ^ other; bits !== 0; bits &= bits - 1) count += 1;
  return count;
};

/** The words that are at most two edits away (one for short words), nearest first; at most three. */
export const nearest = (word: string, words: Iterable<string>): readonly string[] => {
  if (word.length < 3 || word.length > 40) return [];
  const limit = word.length < 5 ? 1 : FURTHEST;
  const close: { readonly candidate: string; readonly distance: number }[] = [];
  const mine = letters(word);
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    if (strangers(mine, letters(candidate)) > 2 * limit) continue;
    const distance = editDistance(word, candidate, limit);
    if (distance <= limit && distance < candidate.length - 1) close.push({ candidate, distance });
  }
  close.sort((one, other) => one.distance - other.distance);
  return close.slice(0, 3).map(({ candidate }) => candidate);
};
