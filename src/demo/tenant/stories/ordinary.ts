import { APPS, MANAGED_IDENTITIES, type Program, RESOURCES, SERVICE_PRINCIPALS } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { home, mobile, type Origin, office, SITES } from '../places.ts';
import { applied } from '../policies.ts';
import type { Random } from '../random.ts';
import { type Row, signIn } from '../row.ts';
import type { DirectoryUser } from '../users.ts';
import { DAY, HOUR, MINUTE, type Stage, type Story } from './story.ts';

/** Everyday life, on which the other stories stand: work by day, little at night and on weekends. */
export const ordinary: Story = {
  name: 'ordinary',
  what: 'A month of ordinary work, with the usual typing mistakes.',
  tell: (stage) => [
    ...days(stage.now).flatMap((midnight) => stage.users.flatMap((user) => workday(stage, user, midnight))),
    ...SERVICE_PRINCIPALS.flatMap((program) => runs(stage, program, 'servicePrincipal', 7 * HOUR)),
    ...MANAGED_IDENTITIES.flatMap((program) => runs(stage, program, 'managedIdentity', 6 * HOUR)),
    ...lastMinutes(stage),
  ],
};

const ORDINARY_APPS = [
  APPS.teams,
  APPS.outlook,
  APPS.exchange,
  APPS.sharepoint,
  APPS.portal,
  APPS.vpn,
] as const;
const ODD_CODES = [50126, 50126, 50140, 50140, 50074, 50058, 50055, 50125, 65001, 500121] as const;

const days = (now: number): readonly number[] => {
  const today = now - (now % DAY);
  return Array.from({ length: 32 }, (_, ago) => today + DAY - ago * DAY);
};

const workday = ({ random }: Stage, user: DirectoryUser, midnight: number): readonly Row[] => {
  const weekend = [0, 6].includes(new Date(midnight).getUTCDay());
  // A guest visits now and then; the accounts that are switched off cannot.
  const visits = user.userType === 'Guest' ? 0.25 : 1;
  if (!user.accountEnabled || !random.chance(weekend ? 0.25 * visits : 0.95 * visits)) return [];
  const local = midnight - SITES[user.site].ahead * HOUR;
  const times = Array.from({ length: random.int(1, weekend ? 2 : 5) }, () => local + workHour(random));
  return times.map((at) => everyday(user, at, random));
};

/** Most of work lies between eight and six, some in the evening. */
const workHour = (random: Random): number => {
  const [first, hours] = random.chance(0.9) ? [8, 10] : [18, 5];
  return Math.floor((first + random.next() * hours) * 3600) * 1000;
};

const placeOf = (user: DirectoryUser, random: Random): Origin => {
  if (user.device === 'iphone' || random.chance(0.08)) return mobile(user.site, user.number);
  return random.chance(0.7) ? office(user.site) : home(user.site, user.number);
};

const everyday = (user: DirectoryUser, at: number, random: Random): Row => {
  const silent = random.chance(0.35);
  const failed = !silent && random.chance(0.07);
  const app = random.pick(ORDINARY_APPS);
  return signIn(
    {
      at,
      who: user,
      app,
      resource: random.pick([RESOURCES.graph, RESOURCES.exchange, RESOURCES.sharepoint]),
      from: placeOf(user, random),
      device: DEVICES[random.chance(0.04) ? 'linux' : user.device],
      event: silent ? 'nonInteractiveUser' : 'interactiveUser',
      code: failed ? random.pick(ODD_CODES) : 0,
      policies:
        app === APPS.vpn
          ? []
          : [applied('mfa', failed ? 'failure' : 'success'), applied('risk', 'notApplied')],
    },
    random,
  );
};

const runs = (
  { now, random }: Stage,
  program: Program,
  event: 'servicePrincipal' | 'managedIdentity',
  every: number,
): readonly Row[] => {
  const count = Math.floor((30 * DAY) / every);
  const from: Origin | undefined =
    event === 'servicePrincipal' ? { ...office('oslo'), ip: '192.0.2.200' } : undefined;
  return Array.from({ length: count }, (_, run) =>
    signIn(
      {
        at: wholeSecond(now - 20 * MINUTE - run * every - random.int(0, 90) * 1000),
        who: program,
        ...(from === undefined ? {} : { from }),
        event,
        also: { clientCredentialType: event === 'servicePrincipal' ? 'clientSecret' : 'managedIdentity' },
      },
      random,
    ),
  );
};

/** Whatever the hour is, somebody has just signed in. */
const lastMinutes = ({ now, random, users }: Stage): readonly Row[] =>
  [2, 4, 7, 11, 16, 23, 34, 47].flatMap((minutes, index) => {
    const user = users[(index * 7) % users.length];
    return user?.accountEnabled ? [everyday(user, wholeSecond(now - minutes * MINUTE), random)] : [];
  });

const wholeSecond = (time: number): number => time - (time % 1000);
