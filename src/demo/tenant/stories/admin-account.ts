import { APPS, RESOURCES } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { office } from '../places.ts';
import { applied } from '../policies.ts';
import { signIn } from '../row.ts';
import { DAY, HOUR, SECOND, type Story } from './story.ts';

/** A second account for administration, used once a week and from the office only. */
export const adminAccount: Story = {
  name: 'admin account',
  what: "Maya Okafor's second account holds a role and signs in once a week.",
  tell: ({ now, random, user }) =>
    [1, 2, 3, 4].map((week) =>
      signIn(
        {
          at: now - (now % SECOND) - week * 7 * DAY - 2 * HOUR,
          who: user('adm.maya.okafor@contoso.com'),
          app: APPS.portal,
          resource: RESOURCES.management,
          from: office('oslo'),
          device: DEVICES.windows11,
          policies: [applied('mfa', 'success')],
        },
        random,
      ),
    ),
};
