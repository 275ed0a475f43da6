import type { ReadContext } from '../command.ts';
import type { Token } from '../language/tokens.ts';
import type { Problem, ProblemCode } from '../problem.ts';

/** What reading a time expression needs to know; `text` is the cleaned phrase that the tokens point into. */
export type WhenContext = ReadContext & { readonly text: string };

/** The phrase being read and the moment it was said. */
export interface Scene {
  readonly tokens: readonly Token[];
  readonly context: WhenContext;
}

/** A stretch of tokens: from `start` up to, not including, `next`. */
export interface Stretch {
  readonly start: number;
  readonly next: number;
}

/** A correction: what to put in the place of the trouble, and what the button says (the phrase if absent). */
export interface Correction {
  readonly put: string;
  readonly title?: string;
}

/** The phrase with the text at a place replaced. */
export const splice = (
  text: string,
  at: { readonly start: number; readonly length: number },
  replacement: string,
): string => text.slice(0, at.start) + replacement + text.slice(at.start + at.length);

/** The text of a stretch as it was typed. */
export const saidText = ({ tokens, context }: Scene, stretch: Stretch): string => {
  const first = tokens[stretch.start];
  const last = tokens[stretch.next - 1];
  return first === undefined || last === undefined ? '' : context.text.slice(first.start, last.end);
};

/** A problem with a stretch of the phrase, and the whole phrase corrected in each way. */
export const problemAt = (
  scene: Scene,
  stretch: Stretch,
  problem: ProblemCode,
  words: { readonly what: string; readonly why: string; readonly next: string },
  corrections: readonly Correction[],
): Problem => {
  const start = scene.tokens[stretch.start]?.start ?? scene.context.text.length;
  const end = scene.tokens[stretch.next - 1]?.end ?? start;
  const at = { start, length: Math.max(0, end - start) };
  const suggestions = corrections.map(({ put, title }) => {
    const say = splice(scene.context.text, at, put);
    return { title: title ?? say, say };
  });
  return { problem, ...words, suggestions, at };
};
