import { APPS } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { office, TROUBLE } from '../places.ts';
import { applied } from '../policies.ts';
import { signIn } from '../row.ts';
import { HOUR, MINUTE, SECOND, type Story } from './story.ts';

/** Oslo, and forty minutes later Lagos: no aeroplane does that. */
export const impossibleTraveller: Story = {
  name: 'impossible traveller',
  what: 'Henrik Dahl signs in from Oslo and 40 minutes later from Lagos, once with success.',
  tell: ({ now, random, user }) => {
    const who = user('henrik.dahl@contoso.com');
    const start = now - (now % SECOND) - 6 * HOUR;
    const lagos = (minutes: number, code: number) =>
      signIn(
        {
          at: start + minutes * MINUTE,
          who,
          app: APPS.portal,
          from: TROUBLE.lagos,
          device: DEVICES.android,
          code,
          policies: code === 0 ? [] : [applied('mfa', 'failure')],
          risk: {
            state: 'atRisk',
            atSignIn: code === 0 ? 'high' : 'medium',
            aggregated: 'high',
            events: ['unlikelyTravel'],
          },
        },
        random,
      );
    return [
      signIn({ at: start, who, app: APPS.teams, from: office('oslo'), device: DEVICES.windows11 }, random),
      lagos(40, 500121),
      lagos(43, 500121),
      lagos(47, 0),
    ];
  },
};
