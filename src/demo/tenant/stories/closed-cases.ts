import { APPS } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { TROUBLE } from '../places.ts';
import { type Risk, signIn } from '../row.ts';
import { DAY, HOUR, SECOND, type Story } from './story.ts';

/** Risk that somebody or something has dealt with already: every state that a verdict can leave behind. */
export const closedCases: Story = {
  name: 'closed cases',
  what: 'Older risky sign-ins that were dismissed, remediated, confirmed safe or confirmed compromised.',
  tell: ({ now, random, user }) =>
    VERDICTS.map(({ who, days, ...risk }) =>
      signIn(
        {
          at: now - (now % SECOND) - days * DAY - 3 * HOUR,
          who: user(who),
          app: APPS.sharepoint,
          from: TROUBLE.nowhere,
          device: DEVICES.linux,
          risk: { atSignIn: 'medium', ...risk },
        },
        random,
      ),
    ),
};

const verdict = (
  who: string,
  days: number,
  state: string,
  detail: string,
  aggregated: string,
  event: string,
) => ({
  who: `${who}@contoso.com`,
  days,
  state,
  detail,
  aggregated,
  events: [event],
});

const VERDICTS: readonly (Partial<Risk> & { readonly who: string; readonly days: number })[] = [
  verdict('user', 4, 'remediated', 'userPassedMFADrivenByRiskBasedPolicy', 'none', 'unfamiliarFeatures'),
  verdict('zoe.strom', 5, 'remediated', 'userPerformedSecuredPasswordReset', 'none', 'leakedCredentials'),
  verdict('kim', 2, 'atRisk', 'none', 'medium', 'unfamiliarFeatures'),
  verdict('bob.li', 8, 'dismissed', 'adminDismissedAllRiskForUser', 'none', 'anonymizedIPAddress'),
  // The next two details come after the enum's sentinel.
  verdict('y.tanaka', 9, 'dismissed', 'adminDismissedRiskForSignIn', 'none', 'unlikelyTravel'),
  verdict('a.haddad', 10, 'confirmedSafe', 'adminConfirmedAccountSafe', 'none', 'newCountry'),
  verdict('s.kovac', 12, 'confirmedSafe', 'aiConfirmedSigninSafe', 'none', 'unfamiliarFeatures'),
  verdict(
    'henrik.dahl',
    13,
    'confirmedCompromised',
    'adminConfirmedSigninCompromised',
    'high',
    'maliciousIPAddress',
  ),
  // Without the licence for details Graph hides them.
  { ...verdict('bob.hart', 15, 'atRisk', 'hidden', 'hidden', 'generic'), atSignIn: 'hidden' },
  { ...verdict('jose.nunez', 16, 'none', 'hidden', 'hidden', 'generic'), atSignIn: 'hidden' },
];
