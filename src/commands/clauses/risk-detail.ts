import { RISK_DETAIL_SYNONYMS, RISK_DETAILS } from '../../entra/risk-terms.ts';
import { PhraseTable } from '../language/phrase-table.ts';
import { placeOf, sayings } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import type { Clause, ClauseReading, Phrase } from './clause.ts';
import { eq } from './conditions.ts';
import { inWords } from './enumeration.ts';

const details = new PhraseTable<string>();
for (const detail of RISK_DETAILS) for (const said of inWords(detail)) details.add(said, detail);
for (const [said, detail] of RISK_DETAIL_SYNONYMS) details.add(said, detail);

const match = (phrase: Phrase, at: number): ClauseReading => {
  const list = readList(phrase, at, ({ tokens }, from) => details.valueAt(tokens, from));
  if (list === undefined || 'problem' in list) return list;
  return { next: list.next, topic: 'detail', either: list.values.map((value) => eq('riskDetail', value)) };
};

const GENERAL = new Set(['none', 'hidden', 'unknownFutureValue']);

/** "risk detail adminDismissedAllRiskForUser": why the risk state is what it is. */
export const riskDetail: Clause = {
  name: 'risk detail',
  doc: "Why the risk state is what it is, in Graph's words or everyday ones.",
  examples: [
    'sign-ins with risk detail adminDismissedAllRiskForUser last 7 days',
    'risk detail user performed secured password reset last 7 days',
  ],
  words: ['risk detail', 'risk details', 'riskdetail', 'detail', 'details', 'risk reason'],
  read: (phrase, at, said) => {
    const start = skipArticles(phrase, at);
    const found = match(phrase, start);
    if (found !== undefined || !said.startsWith('risk')) return found;
    const token = phrase.tokens[start];
    const example = 'risk detail adminDismissedAllRiskForUser last 7 days';
    if (token === undefined) return missing(phrase, at, 'a detail', example);
    return {
      problem: 'bad-value',
      what: `"${token.text}" is not a risk detail.`,
      why: `The details are ${RISK_DETAILS.join(', ')}.`,
      next: `For example: ${example}`,
      suggestions: sayings(example),
      at: placeOf(token, token),
    };
  },
};

/** "userPassedMFADrivenByRiskBasedPolicy": a detail that needs no word before it. */
export const riskDetailAlone: Clause = {
  name: 'risk detail alone',
  variant: true,
  doc: "A risk detail in Graph's own spelling.",
  examples: ['userPassedMFADrivenByRiskBasedPolicy last 7 days'],
  words: [
    ...RISK_DETAILS.filter((detail) => !GENERAL.has(detail)).flatMap(inWords),
    ...[...RISK_DETAIL_SYNONYMS.keys()].filter((said) => /confirmed|dismissed|revoked/.test(said)),
  ],
  read: (phrase, _at, _said, start) => match(phrase, start),
};
