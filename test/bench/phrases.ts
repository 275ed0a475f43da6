import { readFileSync } from 'node:fs';
import { readPhrase } from '../../src/commands/read.ts';

interface Sample {
  readonly phrase: string;
  readonly entity: string;
}

const file = new URL('../data/phrases.json', import.meta.url);
const { phrases }: { phrases: readonly Sample[] } = JSON.parse(readFileSync(file, 'utf8'));
const context = {
  now: Date.parse('2026-11-21T12:00:00Z'),
  zone: 'UTC',
  me: '0a1b2c3d-1001-4f00-8a00-000000000001',
};

/** Milliseconds that reading each text so many times takes. */
const timed = (texts: readonly string[], rounds: number): number => {
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) for (const text of texts) readPhrase(text, context);
  return performance.now() - start;
};

const best = (runs: number, run: () => number): number => Math.min(...Array.from({ length: runs }, run));

/** A question with so many users in it: the same kind of text, as long as wanted. */
const longQuestion = (users: number): string =>
  `flagged for ${Array.from({ length: users }, (_, index) => `user${index}@contoso.com`).join(', ')} since 2026-11-01`;

/** How fast people's phrases are read, and how the time grows with the length of the text. */
export const benchPhrases = (): { readonly perSecond: number; readonly timeFor10xText: number } => {
  const texts = phrases.map((sample) => sample.phrase);
  const rounds = Math.ceil(20_000 / texts.length);
  timed(texts, rounds);
  const milliseconds = best(3, () => timed(texts, rounds));
  const short = [longQuestion(10)];
  const long = [longQuestion(100)];
  timed(short, 500);
  timed(long, 50);
  return {
    perSecond: Math.round((texts.length * rounds * 1000) / milliseconds),
    timeFor10xText: best(5, () => timed(long, 200)) / best(5, () => timed(short, 200)),
  };
};
