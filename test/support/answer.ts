import type { Query, SignInAnswer } from '../../src/entra/query.ts';
import type { SignIn } from '../../src/entra/sign-in.ts';

const ANY: Query = { entity: 'signIns', where: [], window: {} };

/** A whole, finished answer of the default window that holds these sign-ins. Tests change the one thing they are about. */
export const answerWith = (signIns: readonly SignIn[], change: Partial<SignInAnswer> = {}): SignInAnswer => ({
  readingId: 'reading-1',
  query: ANY,
  rows: signIns.map((signIn) => ({ signIn, confirmed: true })),
  read: signIns.length,
  dropped: 0,
  unreadable: 0,
  scope: {
    from: '2026-11-20T12:00:00Z',
    to: '2026-11-21T12:00:00Z',
    why: 'default',
    untilNow: true,
    settling: true,
    eventTypes: ['interactiveUser'],
  },
  verdict: { finished: true },
  filter: 'createdDateTime ge 2026-11-20T12:00:00Z',
  secondPass: [],
  notes: [],
  fetchedAt: '2026-11-21T12:00:00Z',
  pages: 1,
  ...change,
});
