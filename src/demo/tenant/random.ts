/** Repeatable chance: the same seed gives the same values in the same order. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  pick<Value>(list: readonly [Value, ...Value[]]): Value;
  chance(probability: number): boolean;
  guid(): string;
}

/** The mulberry32 generator; `stream` gives each story its own values, so that one does not move another. */
export const randomFrom = (seed: number, stream: string): Random => {
  let state = [...stream].reduce(
    (hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193),
    seed,
  );
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    int,
    pick: (list) => list[int(0, list.length - 1)] ?? list[0],
    chance: (probability) => next() < probability,
    guid: () => guidFrom([next(), next(), next(), next()]),
  };
};

const guidFrom = (parts: readonly number[]): string => {
  const hex = parts
    .map((part) =>
      Math.floor(part * 4_294_967_296)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
