import { atRisk } from '../clauses/risk-state.ts';
import { question } from '../question/question.ts';

/** Sign-ins that Entra ID Protection scored and nobody has handled. */
export const risky = question({
  name: 'risky sign-ins',
  summary: 'Sign-ins that Entra ID Protection considers risky and nobody has handled.',
  examples: [
    'risky sign-ins last 24h',
    'high risk sign-ins for user@contoso.com',
    'successful high risk sign-ins not yet handled last 24h',
    'sign-ins with risk state remediated last 7 days',
  ],
  details: [
    '"Risky" alone means risk state atRisk; a level, a state, a detail or a detection says more.',
    'The level is the one known today; "at sign-in time" asks for the level as it was then.',
  ],
  listed: { title: 'risky sign-ins last 24h' },
  words: ['risky', 'suspicious', 'risky sign-in', 'flagged as'],
  // "flagged as anonymous IP": here "flagged" is not what a user did.
  means: (_phrase, at, said) => (said === 'flagged as' ? { next: at } : atRisk(at)),
});
