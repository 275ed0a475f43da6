import type { Phrase } from '../clauses/clause.ts';
import { notHere } from '../gaps.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, sayings } from '../problem.ts';
import { readUpn } from '../values/upn.ts';

const USERS = new Set(wordsIn('user, users, account, accounts, person, people, identity, guest, guests'));

/** "confirm user compromised o'brien@contoso.com", "dismiss user risk for …": changes of whole users come later. */
export const ofUsers = (phrase: Phrase, at: number): Problem | undefined => {
  const { tokens } = phrase;
  if (!USERS.has(wordAt(tokens, at)) && !tokens[at]?.text.includes('@')) return undefined;
  const named = tokens.findIndex(({ text }, index) => index >= at && text.includes('@'));
  const upn = readUpn(phrase, named);
  const whose = upn === undefined || isProblem(upn) ? '' : ` for ${upn.value.upn}`;
  const what = 'The risk of users cannot be changed here.';
  const instead = `risky sign-ins${whose} last 7 days`;
  if (phrase.context.gaps?.includes('user-risk')) return notHere(what, instead, 'help confirm compromised');
  return {
    problem: 'not-yet',
    what: 'Changes of the risk of users cannot be asked for yet.',
    why: 'Today single sign-ins can be confirmed compromised, confirmed safe, or have their risk dismissed.',
    next: 'Ask for the sign-ins of the user, and name their rows or ids.',
    suggestions: sayings(instead, 'help confirm compromised'),
  };
};
