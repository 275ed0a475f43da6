import { wordsIn } from '../language/words-in.ts';
import { isProblem } from '../problem.ts';
import type { Clause } from './clause.ts';
import { eq } from './conditions.ts';
import { readUpns } from './user.ts';

/** "guests", "members": the kind of account, which Graph cannot filter. */
export const userType: Clause = {
  name: 'guests',
  doc: 'Only guests, or only members.',
  examples: ['guest sign-ins today', 'sign-ins for guest adele.vance@fabrikam.com today'],
  words: wordsIn(`
    guest, guests, guest user, guest users, guest accounts, external users, external user, external,
    members only, member, members, internal users
  `),
  read: (phrase, at, said) => {
    const type = said.startsWith('member') || said.startsWith('internal') ? 'member' : 'guest';
    const who = readUpns(phrase, at);
    return isProblem(who) ? who : { ...(who ?? { next: at }), must: [eq('userType', type)] };
  },
};
