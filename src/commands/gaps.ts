import type { Gap } from '../entra/clouds.ts';
import { type Problem, sayings } from './problem.ts';

const WORDS: Readonly<Record<Gap, string>> = {
  'user-risk':
    'This Microsoft cloud has no lists of risky users and no risk detections. The risk of sign-ins is there.',
  'flags-unproven':
    'Whether this Microsoft cloud marks flagged sign-ins is not known: that none is found may mean that it does not.',
};

/** What people should know of the cloud that they are in, one sentence a gap. */
export const gapLines = (gaps: readonly Gap[] = []): readonly string[] => gaps.map((gap) => WORDS[gap]);

/** Says that the cloud is without something; `what` is the sentence that says what. */
export const notHere = (what: string, ...instead: readonly string[]): Problem => ({
  problem: 'not-here',
  what,
  why: 'In this Microsoft cloud, Graph holds no risk of users and no risk detections, so nothing was asked.',
  next: 'The risk of sign-ins is there:',
  suggestions: sayings(...instead),
});
