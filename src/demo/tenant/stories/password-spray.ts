import { APPS, RESOURCES } from '../apps.ts';
import { MALICIOUS_ADDRESS } from '../codes.ts';
import { DEVICES } from '../devices.ts';
import { TROUBLE } from '../places.ts';
import { applied } from '../policies.ts';
import { type Row, signIn } from '../row.ts';
import { HOUR, SECOND, type Stage, type Story } from './story.ts';

/** One password tried on many accounts from few addresses; one of them has it. */
export const passwordSpray: Story = {
  name: 'password spray',
  what: 'From 203.0.113.7, .8 and .9 nearly everybody is tried with wrong passwords; one sign-in succeeds.',
  tell: (stage) => [...attempts(stage), ...hit(stage)],
};

const SOURCES = [TROUBLE.sprayA, TROUBLE.sprayB, TROUBLE.sprayC] as const;
const began = (now: number): number => now - (now % SECOND) - 20 * HOUR;

const attempts = ({ now, random, users }: Stage): readonly Row[] =>
  users
    .filter((user) => user.userType === 'Member')
    .slice(0, 48)
    .flatMap((user, index) =>
      [0, 1].map((round) =>
        signIn(
          {
            at: began(now) + round * HOUR + index * 41 * SECOND,
            who: user,
            app: APPS.portal,
            resource: RESOURCES.management,
            from: SOURCES[(index + round) % 3] ?? TROUBLE.sprayA,
            device: DEVICES.script,
            code: round === 0 ? 50126 : random.pick([50126, 50126, 50053, MALICIOUS_ADDRESS]),
            also: { authenticationProtocol: 'ropc' },
          },
          random,
        ),
      ),
    );

const hit = ({ now, random, user }: Stage): readonly Row[] =>
  [0, 9, 31].map((minutes) =>
    signIn(
      {
        at: began(now) + 2 * HOUR + minutes * 60 * SECOND,
        who: user('kim@contoso.com'),
        app: APPS.exchange,
        resource: RESOURCES.exchange,
        from: TROUBLE.sprayB,
        device: DEVICES.script,
        code: minutes === 0 ? 0 : 50076,
        policies: minutes === 0 ? [] : [applied('mfa', 'failure')],
        risk: {
          state: 'atRisk',
          atSignIn: 'medium',
          aggregated: minutes === 0 ? 'high' : 'medium',
          events: ['passwordSpray', 'unfamiliarFeatures'],
        },
      },
      random,
    ),
  );
