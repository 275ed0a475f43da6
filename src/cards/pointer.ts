import { z } from 'zod';
import { showText } from '../lib/text.ts';
import { Colour, Text } from './template.ts';
import type { ProblemView } from './view.ts';

/** A line of what was typed, the word that was not understood in colour, and a caret under it. */
export const Pointer = z.strictObject({
  line: z.array(z.strictObject({ text: Text, colour: Colour })),
  caret: Text,
});

export type Pointer = z.infer<typeof Pointer>;

// The line must not wrap on a phone, or the caret points at nothing.
const BESIDE = 12;
const WORD = 14;

// Renderers swallow ordinary spaces at the start of a line and in a row of them.
const NBSP = '\u00a0';

/** Harmless and of fixed width; the bars keep the spaces at both ends from being trimmed. */
const fixed = (text: string): string => showText(`|${text}|`, 200).slice(1, -1).replaceAll(' ', NBSP);

const startOf = (text: string, max: number): string => {
  const letters = [...fixed(text.slice(0, 100))];
  return letters.length <= max ? letters.join('') : `${letters.slice(0, max - 1).join('')}…`;
};

const endOf = (text: string, max: number): string => {
  const letters = [...fixed(text.slice(-100))];
  return letters.length <= max ? letters.join('') : `…${letters.slice(1 - max).join('')}`;
};

/** The words around the trouble, cut on both sides. `at` and `length` count UTF-16 units of the text. */
export const pointerOf = ({ text, at, length }: NonNullable<ProblemView['pointer']>): Pointer => {
  const before = endOf(text.slice(0, at), BESIDE);
  const word = startOf(text.slice(at, at + length), WORD);
  const after = startOf(text.slice(at + length), BESIDE);
  const line = [
    { text: before, colour: 'Default' as const },
    { text: word, colour: 'Attention' as const },
    { text: after, colour: 'Default' as const },
  ].filter((run) => run.text !== '');
  return { line, caret: NBSP.repeat([...before].length) + '^'.repeat(Math.max(1, [...word].length)) };
};
