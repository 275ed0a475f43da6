import { showText } from '../lib/text.ts';
import type { GraphProblem, GraphProblemKind } from './graph-problem.ts';

/** What happened, why, and what to do, each one or two sentences for a person on call. */
export interface GraphProblemWords {
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

const AGAIN = 'Ask again in a few minutes; a shorter time window helps.';
const RAISE = 'If it persists, open a case with Microsoft';

const WORDS: Readonly<Record<GraphProblemKind, GraphProblemWords>> = {
  'no-licence': {
    what: 'Microsoft Graph will not hand out the sign-in log of this tenant.',
    why: 'It says that the tenant has no Microsoft Entra ID P1 or P2 licence. Now and then it says so by mistake.',
    next: 'Ask once more. If it repeats, have an administrator check the licences of the tenant.',
  },
  'permission-missing': {
    what: 'Flagman may not read this.',
    why: 'The application lacks the Graph permission that the question needs, or nobody has consented to it.',
    next: 'Have an administrator grant the permission to the app registration and give admin consent.',
  },
  'directory-permission-missing': {
    what: 'Microsoft Graph could not check the licence of the tenant.',
    why: 'In some tenants that check also needs the permission Directory.Read.All, which the application lacks.',
    next: 'Have an administrator add Directory.Read.All to the app registration and give admin consent.',
  },
  denied: {
    what: 'Microsoft Graph refused the request.',
    why: 'A permission or a role is missing, or the account in question holds a role that Flagman may not touch.',
    next: 'Have an administrator compare the permissions of the app registration with the list in the README.',
  },
  'feature-not-licensed': {
    what: 'This tenant has no access to risk data.',
    why: 'Risky users and detections need Microsoft Entra ID P2.',
    next: 'Ask about sign-ins instead, or have an administrator check the licences of the tenant.',
  },
  'invalid-filter': {
    what: 'Microsoft Graph did not accept the filter.',
    why: 'It refuses some combinations of conditions, and dates from before the log begins.',
    next: 'Leave out one condition, or ask for a more recent time.',
  },
  'skip-token': {
    what: 'Microsoft Graph lost its place between two pages.',
    why: 'The marker for the next page was no longer valid; this happens now and then.',
    next: 'Ask again; a shorter time window has fewer pages.',
  },
  'not-risky': {
    what: 'Microsoft Graph refused to judge this sign-in.',
    why: 'It is not known in the tenant, or Entra ID Protection does not consider it risky (yet).',
    next: 'If it is recent, try again in a few minutes. Otherwise act on the user instead of the sign-in.',
  },
  'too-many-results': {
    what: 'The answer would be too large.',
    why: 'The directory does not return more than 11,000 entries at once.',
    next: 'Ask about fewer users or groups.',
  },
  'advanced-query': {
    what: 'The directory did not accept this kind of search.',
    why: 'It counts as an advanced query and must be asked in a special way.',
    next: 'Tell the people who run Flagman, with the reference of this message.',
  },
  'not-found': {
    what: 'There is no such entry.',
    why: 'It was deleted, is older than the log reaches back, or the id is wrong.',
    next: 'Check the id. Sign-ins are kept for 30 days at most.',
  },
  throttled: {
    what: 'Microsoft Graph asks to slow down.',
    why: 'The tenant has used up its share of requests; other applications may draw on the same share.',
    next: 'Wait a minute, then ask again. A narrower question needs fewer requests.',
  },
  'gateway-timeout': {
    what: 'Microsoft Graph gave up on the question.',
    why: 'Searching that many sign-ins took it too long.',
    next: 'Halve the time window, or name a user or an application.',
  },
  'token-rejected': {
    what: 'Microsoft Graph did not accept how Flagman signed in.',
    why: 'The access token has expired or was revoked, or the credentials of the application were changed.',
    next: 'Ask once more. If it repeats, have an administrator check the secret or certificate of the app registration.',
  },
  'claims-required': {
    what: 'A Conditional Access policy keeps Flagman out.',
    why: 'The policy demands a further step that only a person can take in a browser.',
    next: 'Have an administrator exclude the application from that policy, or do this step in the Entra admin center.',
  },
  conflict: {
    what: 'Somebody else was changing the same entry.',
    why: 'The directory lets only one change through at a time.',
    next: 'Wait a few seconds, check the current state, then try again.',
  },
  'not-applicable': {
    what: 'The tenant does not offer this.',
    why: 'The licence or the kind of tenant lacks the feature.',
    next: 'Have an administrator check the licences. Asking differently will not help.',
  },
  unreachable: {
    what: 'Microsoft Graph could not be reached.',
    why: 'The connection failed before an answer came: network, name resolution, proxy, or an outage.',
    next: 'Try again in a minute. If it persists, check the Microsoft service status and the network of the bot.',
  },
  timeout: {
    what: 'Microsoft Graph did not answer in time.',
    why: 'The question covers a great many sign-ins, or the service is slow.',
    next: AGAIN,
  },
  'not-json': {
    what: 'The answer did not come from Microsoft Graph as it should.',
    why: 'Something else answered, most often a proxy or a sign-in page on the way.',
    next: 'Try again. If it repeats, have whoever runs Flagman check the proxy between it and Microsoft.',
  },
  'wrong-shape': {
    what: 'The answer of Microsoft Graph cannot be read.',
    why: 'It is not built as the documentation says, so nothing can be concluded from it.',
    next: 'Tell the people who run Flagman, with the reference of this message.',
  },
  'foreign-link': {
    what: 'Microsoft Graph pointed somewhere else.',
    why: 'A redirect or the link to the next page led to a host other than Microsoft Graph, and Flagman follows no such link.',
    next: 'Nothing was sent there. Tell the people who run Flagman: an answer like this is never normal.',
  },
  'looping-link': {
    what: 'Reading stopped between two pages.',
    why: 'The link to the next page led back to a page that was already read.',
    next: `Ask again with a shorter time window. ${RAISE}.`,
  },
  'server-error': {
    what: 'Microsoft Graph failed.',
    why: 'The service reported an error of its own.',
    next: `${AGAIN} ${RAISE}.`,
  },
  other: {
    what: 'Microsoft Graph refused the request.',
    why: 'It gave a reason that Flagman does not know.',
    next: `Ask in a different way. ${RAISE}.`,
  },
};

const whyOf = (problem: GraphProblem, why: string): string => {
  if (problem.permission !== undefined) return `${why} Graph names ${showText(problem.permission, 80)}.`;
  if (problem.kind !== 'other') return why;
  return `${why} Status ${problem.status ?? 'unknown'}, code ${showText(problem.code, 60)}.`;
};

const nextOf = (problem: GraphProblem, next: string): string =>
  problem.kind === 'throttled' && problem.retryAfter !== undefined
    ? `Ask again in ${Math.ceil(problem.retryAfter)} seconds. A narrower question needs fewer requests.`
    : problem.requestId !== undefined && next.endsWith(`${RAISE}.`)
      ? `${next.slice(0, -1)} and give the request id ${showText(problem.requestId, 40)}.`
      : next;

/** The problem in words: of Graph's own words only a permission's name and an unknown code are repeated. */
export const explainGraphProblem = (problem: GraphProblem): GraphProblemWords => {
  const words = WORDS[problem.kind];
  return { what: words.what, why: whyOf(problem, words.why), next: nextOf(problem, words.next) };
};
