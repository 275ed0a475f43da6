import { APPS, RESOURCES } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { home } from '../places.ts';
import { applied } from '../policies.ts';
import { type Row, signIn } from '../row.ts';
import type { DirectoryUser } from '../users.ts';
import { HOUR, MINUTE, SECOND, type Stage, type Story } from './story.ts';

/** A rule leaves report-only and locks out everybody whose device is not managed. */
export const breakingPolicy: Story = {
  name: 'breaking policy',
  what: '"Require compliant device for Office 365" was switched on three days ago: a wave of 53003.',
  tell: (stage) =>
    affected(stage).flatMap((user, index) => [rehearsal(stage, user), ...blocked(stage, user, index)]),
};

const changed = (now: number): number => now - (now % SECOND) - 70 * HOUR;

const affected = ({ users }: Stage): readonly DirectoryUser[] => users.slice(28, 50);

/** The day before, the same rule only reported; that member comes after the enum's sentinel. */
const rehearsal = ({ now, random }: Stage, user: DirectoryUser): Row =>
  signIn(
    {
      at: changed(now) - 20 * HOUR + random.int(0, 300) * MINUTE,
      who: user,
      app: APPS.outlook,
      resource: RESOURCES.exchange,
      from: home(user.site, user.number),
      device: DEVICES.android,
      policies: [applied('mfa', 'success'), applied('compliant', 'reportOnlyFailure')],
    },
    random,
  );

const blocked = ({ now, random }: Stage, user: DirectoryUser, index: number): readonly Row[] =>
  Array.from({ length: random.int(2, 4) }, (_, attempt) =>
    signIn(
      {
        at: changed(now) + (index * 13 + attempt * 3) * MINUTE,
        who: user,
        app: attempt % 2 === 0 ? APPS.outlook : APPS.teams,
        resource: RESOURCES.exchange,
        from: home(user.site, user.number),
        device: DEVICES.android,
        code: 53003,
        // Every seventh calls for help, in the twenty minutes that flagging stays on.
        flagged: index % 7 === 0 && attempt > 0,
        policies: [applied('mfa', 'success'), applied('compliant', 'failure')],
      },
      random,
    ),
  );
