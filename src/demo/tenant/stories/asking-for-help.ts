import { APPS, type App } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { home } from '../places.ts';
import { type AppliedPolicy, applied } from '../policies.ts';
import { type Facts, type Row, signIn } from '../row.ts';
import { DAY, HOUR, MINUTE, SECOND, type Stage, type Story } from './story.ts';

/** Users who met an error, turned flagging on, and tried again: a call for help, and no verdict. */
export const askingForHelp: Story = {
  name: 'asking for help',
  what: 'Sam Porter (user@contoso.com) and others could not sign in, and flagged it for their administrators.',
  tell: (stage) => [
    ...EXAMPLE_USER.map((entry) => flag(stage, entry)),
    ...OTHERS.map((entry) => flag(stage, entry)),
  ],
};

interface Flag extends Omit<Facts, 'at' | 'who'> {
  readonly who: string;
  /** Milliseconds before now. */
  readonly ago: number;
}

const example = (ago: number, app: App, code: number, policies: readonly AppliedPolicy[] = []): Flag => ({
  who: 'user@contoso.com',
  ago,
  app,
  code,
  policies,
});

const NEEDS_DEVICE = [applied('compliant', 'failure'), applied('mfa', 'success')];
const NEEDS_MFA = [applied('mfa', 'failure')];

const EXAMPLE_USER: readonly Flag[] = [
  example(18 * MINUTE, APPS.sharepoint, 53003, NEEDS_DEVICE),
  example(23 * MINUTE, APPS.sharepoint, 53003, NEEDS_DEVICE),
  {
    ...example(5 * HOUR, APPS.explorer, 50105),
    // The ids of Microsoft's own sample, so that its error footer can be pasted.
    id: '66ea54eb-6301-4ee5-be62-ff5a759b0100',
    also: { correlationId: 'd79f5bee-5860-4832-928f-3133e22ae912' },
  },
  example(26 * HOUR, APPS.teams, 50074, NEEDS_MFA),
  example(26 * HOUR + 4 * MINUTE, APPS.teams, 500121, NEEDS_MFA),
  example(41 * HOUR, APPS.exchange, 53003, NEEDS_DEVICE),
  example(6 * DAY, APPS.expenses, 50105),
  example(11 * DAY, APPS.portal, 50074, NEEDS_MFA),
  example(20 * DAY, APPS.teams, 50126),
];

const other = (who: string, ago: number, app: App, code: number): Flag => ({ who, ago, app, code });

const OTHERS: readonly Flag[] = [
  other("o'brien@contoso.com", 7 * HOUR, APPS.vpn, 50076),
  other("d'arcy.o'neil@contoso.com", 30 * HOUR, APPS.expenses, 65001),
  other('adele.vance@fabrikam.com', 3 * DAY, APPS.sharepoint, 53011),
  other('alex+test@contoso.com', 2 * HOUR, APPS.teams, 50126),
  other('security.team@contoso.com', 3 * HOUR, APPS.portal, 50074),
];

const flag = ({ now, random, user }: Stage, { who: name, ago, ...facts }: Flag): Row => {
  const who = user(name);
  const at = now - (now % SECOND) - ago;
  const from = home(who.site, who.number);
  return signIn({ ...facts, at, who, from, device: DEVICES[who.device], flagged: true }, random);
};
