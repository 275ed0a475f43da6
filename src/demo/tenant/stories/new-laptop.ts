import { APPS, RESOURCES } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { home } from '../places.ts';
import { applied } from '../policies.ts';
import { signIn } from '../row.ts';
import { HOUR, SECOND, type Story } from './story.ts';

/** Somebody's new laptop: low risk that an analyst can confirm as safe. */
export const newLaptop: Story = {
  name: 'new laptop',
  what: 'Šárka Kováčová signs in from home on a laptop that nobody has seen before: low risk.',
  tell: ({ now, random, user }) => {
    const who = user('s.kovac@contoso.com');
    return [
      signIn(
        {
          at: now - (now % SECOND) - 27 * HOUR,
          who,
          app: APPS.sharepoint,
          resource: RESOURCES.sharepoint,
          from: home(who.site, who.number),
          device: DEVICES.linux,
          policies: [applied('mfa', 'success'), applied('risk', 'notApplied')],
          risk: { state: 'atRisk', atSignIn: 'low', aggregated: 'low', events: ['unfamiliarFeatures'] },
        },
        random,
      ),
    ];
  },
};
