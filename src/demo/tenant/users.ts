import type { DeviceName } from './devices.ts';
import { COLLEAGUES, CROWD, EXAMPLE_USER, GUESTS, type Name } from './names.ts';
import { type DemoPerson, PEOPLE } from './people.ts';
import type { SiteName } from './places.ts';
import { type Random, randomFrom } from './random.ts';

/** A user as the directory holds it, with the habits that the log shows. */
export interface DirectoryUser {
  readonly id: string;
  readonly displayName: string;
  /** A guest's has `#EXT#`. */
  readonly userPrincipalName: string;
  /** The name in the sign-in log: lower case, and a guest's home address. */
  readonly signInName: string;
  readonly mail: string;
  readonly userType: 'Member' | 'Guest';
  readonly accountEnabled: boolean;
  readonly jobTitle: string;
  /** Two accounts of one person share it; a guest has none. */
  readonly employeeId: string | null;
  readonly site: SiteName;
  readonly device: DeviceName;
  /** Place in the list: gives each user an address at home. */
  readonly number: number;
}

type Unnumbered = Omit<DirectoryUser, 'number' | 'employeeId'> & { readonly employeeId?: string };

/** The user id that Microsoft's own sample sign-in carries. */
const SAMPLE_USER_ID = '26be570a-ae82-4189-b4e2-a37c6808512d';

/** All users: the people to be, colleagues, guests, and one second account at the end; 61. */
export const createUsers = (seed: number): readonly DirectoryUser[] => {
  const random = randomFrom(seed, 'users');
  const { analystAdmin, ...people } = PEOPLE;
  const users: readonly Unnumbered[] = [
    ...Object.values(people).map(personToBe),
    ...[...COLLEAGUES, ...CROWD].map((name) => colleague(name, random)),
    ...GUESTS.map(([home, shown, enabled]) => ({
      ...guest(home, shown),
      id: random.guid(),
      accountEnabled: enabled,
    })),
    personToBe(analystAdmin),
  ];
  return users.map((user, number) => ({ employeeId: employeeIdOf(user, number), ...user, number }));
};

const employeeIdOf = (user: Unnumbered, number: number): string | null =>
  user.userType === 'Guest' ? null : `C-${2000 + number}`;

const member = (address: string, displayName: string, site: SiteName): Omit<Unnumbered, 'id'> => ({
  displayName,
  userPrincipalName: address,
  signInName: address.toLowerCase(),
  mail: address,
  userType: 'Member',
  accountEnabled: true,
  jobTitle: 'Security',
  site,
  device: 'windows11',
});

const guest = (home: string, displayName: string): Omit<Unnumbered, 'id'> => ({
  ...member(`${home.replace('@', '_')}#EXT#@contoso.com`, displayName, 'london'),
  signInName: home,
  mail: home,
  userType: 'Guest',
  jobTitle: 'Consultant',
});

const SITE_OF_ZONE: Readonly<Record<string, SiteName>> = {
  'Asia/Kolkata': 'pune',
  'America/Los_Angeles': 'seattle',
  'America/New_York': 'seattle',
  'America/Sao_Paulo': 'saoPaulo',
  'Europe/London': 'london',
};

const personToBe = (person: DemoPerson): Unnumbered => {
  const [home, external] = person.userPrincipalName.split('#EXT#');
  const site = SITE_OF_ZONE[person.zone] ?? 'oslo';
  return {
    ...(external === undefined || home === undefined
      ? member(person.userPrincipalName, person.name, site)
      : guest(home.replace('_', '@'), person.name)),
    id: person.oid,
    ...(person.employeeId === undefined ? {} : { employeeId: person.employeeId }),
  };
};

const JOBS = ['Engineer', 'Accountant', 'Sales Manager', 'Nurse', 'Designer', 'Buyer'] as const;
const USUAL = ['windows11', 'windows11', 'windows10', 'mac', 'iphone'] as const;

const colleague = ([address, shown, site]: Name, random: Random): Unnumbered => {
  const isExample = address === EXAMPLE_USER;
  return {
    ...member(`${address}@contoso.com`, shown, site),
    id: isExample ? SAMPLE_USER_ID : random.guid(),
    device: isExample ? 'windows10' : random.pick(USUAL),
    jobTitle: random.pick(JOBS),
  };
};
