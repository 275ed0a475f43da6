import { RISK_STATE_SYNONYMS, RISK_STATES } from '../../entra/risk-terms.ts';
import { PhraseTable } from '../language/phrase-table.ts';
import { placeOf, sayings } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import type { Clause, ClauseReading, Match, Phrase } from './clause.ts';
import { eq } from './conditions.ts';

const EVERYDAY: ReadonlyMap<string, string> = new Map([
  ...RISK_STATE_SYNONYMS,
  ...[
    'unhandled',
    'not handled',
    'not resolved',
    'unresolved',
    'open risk',
    'active risk',
    'risk open',
    'atrisk',
    'not yet resolved',
    'not triaged',
    'untriaged',
    'not yet triaged',
    'currently at risk',
  ].map((said): [string, string] => [said, 'atRisk']),
  ...['dismissed', 'remediated', 'confirmed safe', 'confirmed compromised'].flatMap(
    (said): [string, string][] => {
      const state = RISK_STATE_SYNONYMS.get(said) ?? said;
      return [
        [`${said} risk`, state],
        [`${said} risks`, state],
        [`risk ${said}`, state],
        [`risk was ${said}`, state],
        [`with ${said} risk`, state],
      ];
    },
  ),
  ...['confirmed as compromised', 'marked compromised', 'marked as compromised', 'confirmedcompromised'].map(
    (said): [string, string] => [said, 'confirmedCompromised'],
  ),
  ...['confirmed as safe', 'marked safe', 'marked as safe', 'confirmedsafe'].map((said): [string, string] => [
    said,
    'confirmedSafe',
  ]),
  ...['not risky', 'without risk', 'without any risk', 'non-risky'].map((said): [string, string] => [
    said,
    'none',
  ]),
]);

const states = new PhraseTable<string>();
for (const state of RISK_STATES) states.add(state.toLowerCase(), state);
for (const [said, state] of EVERYDAY) states.add(said, state);

const readState = ({ tokens }: Phrase, at: number) => states.valueAt(tokens, at);

const match = (values: readonly string[], next: number): ClauseReading => ({
  next,
  topic: 'risk state',
  either: values.map((value) => eq('riskState', value)),
});

/** "risky": open risk, unless the phrase names a state. */
export const atRisk = (next: number): Match => ({
  next,
  topic: 'risk state',
  either: [eq('riskState', 'atRisk')],
  loose: true,
});

/** "at risk", "dismissed risk", "not yet handled". */
export const riskState: Clause = {
  name: 'at risk',
  doc: 'The risk state in everyday words: at risk, not yet handled, dismissed, remediated, confirmed safe, confirmed compromised.',
  examples: [
    "sign-ins at risk for o'brien@contoso.com",
    'dismissed risk sign-ins last 30 days',
    'high risk sign-ins not yet handled last 24h',
  ],
  words: [...EVERYDAY.keys()],
  read: (phrase, _at, _said, start) => {
    const list = readList(phrase, start, readState);
    return list === undefined || 'problem' in list ? list : match(list.values, list.next);
  },
};

/** "risk state remediated": a state in Graph's words. */
export const riskStateNamed: Clause = {
  name: 'risk state',
  variant: true,
  doc: 'The risk state: none, atRisk, remediated, dismissed, confirmedSafe or confirmedCompromised.',
  examples: ['sign-ins with risk state remediated last 7 days'],
  words: ['risk state', 'risk states', 'riskstate', 'risk status', 'state of risk'],
  read: (phrase, at) => {
    const start = skipArticles(phrase, at);
    const list = readList(phrase, start, readState);
    if (list !== undefined && !('problem' in list)) return match(list.values, list.next);
    const token = phrase.tokens[start];
    if (token === undefined)
      return missing(phrase, at, 'a state', 'sign-ins with risk state remediated last 7 days');
    return {
      problem: 'bad-value',
      what: `"${token.text}" is not a risk state.`,
      why: 'The states are none, atRisk, remediated, dismissed, confirmedSafe and confirmedCompromised.',
      next: 'For example: risk state remediated last 7 days',
      suggestions: sayings('risk state atRisk last 24h', 'risk state remediated last 7 days'),
      at: placeOf(token, token),
    };
  },
};
