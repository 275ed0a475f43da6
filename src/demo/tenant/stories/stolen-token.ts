import { APPS, RESOURCES } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { home, TROUBLE } from '../places.ts';
import { type Row, signIn } from '../row.ts';
import { HOUR, MINUTE, SECOND, type Stage, type Story } from './story.ts';

/** A session's token is used from elsewhere, without anybody signing in: only non-interactive rows show it. */
export const stolenToken: Story = {
  name: 'stolen token',
  what: "María López's session goes on from 203.0.113.99, non-interactively, with anomalousToken.",
  tell: (stage) => [origin(stage), ...uses(stage)],
};

const SESSION = '00c5f2a1-7d38-4be4-9a61-f3b80d9e2c47';
const began = (now: number): number => now - (now % SECOND) - 9 * HOUR;

const origin = ({ now, random, user }: Stage): Row =>
  signIn(
    {
      at: began(now),
      who: user('maria.lopez@contoso.com'),
      app: APPS.outlook,
      from: home('angely', 11),
      device: DEVICES.windows11,
      also: { sessionId: SESSION },
    },
    random,
  );

const uses = ({ now, random, user }: Stage): readonly Row[] =>
  Array.from({ length: 16 }, (_, use) =>
    signIn(
      {
        at: began(now) + 2 * HOUR + use * 11 * MINUTE,
        who: user('maria.lopez@contoso.com'),
        app: APPS.outlook,
        resource: use % 2 === 0 ? RESOURCES.exchange : RESOURCES.graph,
        from: TROUBLE.torExit,
        device: DEVICES.linux,
        event: 'nonInteractiveUser',
        risk: {
          state: 'atRisk',
          atSignIn: 'medium',
          aggregated: 'high',
          events: use < 3 ? ['anomalousToken'] : ['anomalousToken', 'anonymizedIPAddress'],
        },
        also: { sessionId: SESSION },
      },
      random,
    ),
  );
