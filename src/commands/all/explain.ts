import type { HelpView } from '../../cards/view.ts';
import { explainErrorCode } from '../../entra/error-codes.ts';
import {
  explainRiskTerm,
  RISK_DETAILS,
  RISK_EVENT_TYPES,
  RISK_LEVELS,
  RISK_STATES,
  type RiskTerm,
} from '../../entra/risk-terms.ts';
import type { Phrase } from '../clauses/clause.ts';
import { codeIn } from '../clauses/codes.ts';
import type { Call, Command } from '../command.ts';
import { nearest } from '../language/did-you-mean.ts';
import { type Token, wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

const STARTS = wordsIn(`
  what is, what are, whats, what's, what does, what do, what did, what means, what, explain,
  define, describe, meaning of, the meaning of, what is the meaning of, definition of,
  tell me about, explain me, explain to me, look up, lookup, what about, why, why do i get,
  why error, describe the, help with, help me with
`);

/** Words around the one that is to be explained. */
const AROUND = new Set(
  wordsIn(`
    the, a, an, error, errors, code, codes, aadsts, mean, means, meaning, stand, for, is, this,
    that, what, does, about, sign-in, signin, status, number, message
  `),
);

const KINDS: ReadonlyMap<string, RiskTerm['kind']> = new Map<string, RiskTerm['kind']>([
  ['risk state', 'risk state'],
  ['riskstate', 'risk state'],
  ['risklevel', 'risk level'],
  ['riskdetail', 'risk detail'],
  ['risk level', 'risk level'],
  ['risk detail', 'risk detail'],
  ['risk event type', 'risk event type'],
  ['risk event', 'risk event type'],
  ['detection', 'risk event type'],
  ['risk', 'risk level'],
]);

const call = (command: Command, phrase: Phrase, view: HelpView): Call => ({
  command,
  asked: phrase.text,
  aboutMe: false,
  notes: [],
  run: () => Promise.resolve(view),
});

/** The words that are explained: what is left without "the", "error", "mean". */
const subjectOf = ({ tokens, text }: Phrase, at: number): Pick<Token, 'text' | 'start' | 'end'> => {
  let [first, last] = [at, tokens.length - 1];
  while (first <= last && AROUND.has(wordAt(tokens, first))) first += 1;
  while (last >= first && AROUND.has(wordAt(tokens, last))) last -= 1;
  const [from, to] = [tokens[first], tokens[last]];
  if (from === undefined || to === undefined || first > last) return { text: '', start: 0, end: text.length };
  return first === last ? from : { text: text.slice(from.start, to.end), start: from.start, end: to.end };
};

/**
 * An AADSTS code in words. What Entra ID wrote beside the code tells apart the causes that share it: pass
 * `failureReason` and `additionalDetails` of the sign-in where there is one.
 */
export const codeView = (
  code: number,
  failureReason?: string | null,
  additionalDetails?: string | null,
): HelpView => {
  const known = explainErrorCode(code, failureReason, additionalDetails);
  const lookUp = `Microsoft's own words: https://login.microsoftonline.com/error?code=${code}`;
  return {
    card: 'help',
    isGeneral: true,
    title: known && known.name !== `AADSTS${code}` ? `AADSTS${code} ${known.name}` : `AADSTS${code}`,
    paragraphs: known
      ? [known.meaning, `Next: ${known.next}`, lookUp]
      : ['Flagman has no explanation of its own for this code.', lookUp],
    sections: [],
    suggestions: sayings(`errors ${code} last 24h`),
  };
};

/** "what is 50126": an AADSTS code in words, with the next step. */
export const explainCode: Command = {
  name: 'explain a code',
  summary: 'What an AADSTS error code means, and what to do next.',
  examples: ['what is 50126', 'explain error AADSTS50053', 'what does 53003 mean'],
  details: [],
  needs: 'nothing',
  listed: { title: 'what is 50126' },
  starts: STARTS,
  read: (phrase, at) => {
    const code = codeIn(subjectOf(phrase, at).text.toLowerCase(), true);
    return code === undefined ? undefined : call(explainCode, phrase, codeView(code));
  },
};

const termView = ({ term, kind, meaning }: RiskTerm): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: `${term} (${kind})`,
  paragraphs: [meaning],
  sections: [],
  suggestions: term === 'unknownFutureValue' ? [] : sayings(`sign-ins with ${kind} ${term} last 24h`),
});

/** "risk state remediated" and "high risk" name the enumeration that the word is looked for in. */
const termNamed = (subject: string): RiskTerm | undefined => {
  const plain = explainRiskTerm(subject) ?? explainRiskTerm(subject.replaceAll('-', ' '));
  if (plain) return plain;
  for (const [words, kind] of KINDS) {
    const term = subject.startsWith(`${words} `)
      ? explainRiskTerm(subject.slice(words.length + 1), kind)
      : subject.endsWith(` ${words}`) && explainRiskTerm(subject.slice(0, -words.length - 1), kind);
    if (term) return term;
  }
  return undefined;
};

const ASKS = new Set(['mean', 'means', 'meaning', 'explain', 'define']);

/** Whether the phrase can be nothing but a wish for an explanation. */
const asksForMeaning = ({ tokens }: Phrase): boolean =>
  ASKS.has(wordAt(tokens, 0)) || ASKS.has(wordAt(tokens, tokens.length - 1));

const TERMS = [...RISK_STATES, ...RISK_LEVELS, ...RISK_DETAILS, ...RISK_EVENT_TYPES].map((term) =>
  term.toLowerCase(),
);

const unexplained = (subject: Pick<Token, 'text' | 'start' | 'end'>): Problem => ({
  problem: 'unknown-command',
  what: subject.text === '' ? 'There is nothing to explain.' : `Flagman cannot explain "${subject.text}".`,
  why: 'It explains AADSTS codes and the words of the risk vocabulary.',
  next: 'For example: what does unlikelyTravel mean',
  suggestions: sayings(
    ...nearest(subject.text.toLowerCase(), TERMS).map((term) => `what does ${term} mean`),
    'what does unlikelyTravel mean',
    'what is 50126',
  ),
  at: placeOf(subject, subject),
});

/** "what does unlikelyTravel mean": a word of the risk vocabulary in one sentence. */
export const explainTerm: Command = {
  name: 'explain a term',
  summary: 'What a risk state, level, detail or event type means.',
  examples: [
    'what does unlikelyTravel mean',
    'what is atRisk',
    'explain risk detail adminDismissedAllRiskForUser',
  ],
  details: [],
  needs: 'nothing',
  listed: false,
  starts: STARTS,
  read: (phrase, at) => {
    const subject = subjectOf(phrase, at);
    const term = termNamed(subject.text.toLowerCase());
    if (term) return call(explainTerm, phrase, termView(term));
    return asksForMeaning(phrase) ? unexplained(subject) : undefined;
  },
};
