import type { DeviceName } from './devices.ts';
import { type DemoPerson, PEOPLE } from './people.ts';
import type { SiteName } from './places.ts';
import { randomFrom } from './random.ts';

/** A user as the directory holds it, with the habits that the log shows. */
export interface DirectoryUser {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** The name in the sign-in log: lower case, and a guest's home address. */
  readonly signInName: string;
  readonly mail: string | null;
  readonly userType: 'Member' | 'Guest';
  readonly accountEnabled: boolean;
  readonly jobTitle: string | null;
  readonly site: SiteName;
  readonly device: DeviceName;
  /** Place in the list: gives each user an address at home. */
  readonly number: number;
}

const SITE_OF_ZONE: Readonly<Record<string, SiteName>> = {
  'Asia/Kolkata': 'pune',
  'America/Los_Angeles': 'seattle',
  'America/New_York': 'seattle',
  'America/Sao_Paulo': 'saoPaulo',
  'Europe/London': 'london',
};

/** Colleagues: address before the `@`, display name, site. The mission's example user is the first. */
const COLLEAGUES: readonly (readonly [string, string, SiteName])[] = [
  ['user', 'Sam Porter', 'oslo'],
  ['maria.lopez', 'María López', 'angely'],
  ['kim', 'Kim Nguyễn', 'seattle'],
  ["o'brien", "Niamh O'Brien", 'london'],
  ["d'arcy.o'neil", "D'Arcy O'Neil", 'london'],
  ['alex+test', 'Alex Wilber', 'seattle'],
  ['henrik.dahl', 'Henrik Dahl', 'oslo'],
  ['bob.hart', 'Bob Hart', 'seattle'],
  ['bob.li', 'Bob Li', 'pune'],
  ['zoe.strom', 'Zoë Strøm', 'oslo'],
  ['jose.nunez', 'José Núñez', 'saoPaulo'],
  ['y.tanaka', '田中 陽子', 'seattle'],
  ['a.haddad', 'أمل حداد', 'london'],
  ['s.kovac', 'Šárka Kováčová', 'angely'],
  ['security.team', '<at>Security Team</at>', 'london'],
  ['ciso.office', '✅ Approved by CISO', 'seattle'],
  ['it.notice', '[Sign in again](https://evil.example)', 'london'],
  // Right-to-left override: shows as "gpj.exe" turned round.
  ['rolf.tide', 'Rolf \u202Egpj.exe', 'oslo'],
  ['z.algo', 'Z\u0351\u0489a\u0334\u0300l\u0337\u0301g\u0335\u0302o\u0336\u0303', 'pune'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a hostile display name, not a template.
  ['root.cause', '${$root} {{name}}', 'saoPaulo'],
];

const FIRST = [
  'Anna',
  'Emil',
  'Ravi',
  'Chloé',
  'Noah',
  'Ingrid',
  'Paulo',
  'Meera',
  'Oskar',
  'Leila',
] as const;
const LAST = ['Holm', 'Patel', 'Silva', 'Moreau', 'Clarke', 'Young'] as const;
const JOBS = ['Engineer', 'Accountant', 'Sales Manager', 'Nurse', 'Designer', 'Buyer'] as const;
const USUAL: readonly [DeviceName, ...DeviceName[]] = [
  'windows11',
  'windows11',
  'windows10',
  'mac',
  'iphone',
];
const CROWD_SITES: readonly [SiteName, ...SiteName[]] = [
  'oslo',
  'oslo',
  'london',
  'seattle',
  'pune',
  'saoPaulo',
];

/** The id that Microsoft's own sample sign-in carries; here it belongs to the mission's example user. */
const SAMPLE_USER_ID = '26be570a-ae82-4189-b4e2-a37c6808512d';

/** All users: the people to be, named colleagues, a crowd and the guests; about sixty. */
export const createUsers = (seed: number): readonly DirectoryUser[] => {
  const random = randomFrom(seed, 'users');
  const person = (somebody: DemoPerson, number: number): DirectoryUser => ({
    ...member(somebody.userPrincipalName, somebody.name, SITE_OF_ZONE[somebody.zone] ?? 'oslo', number),
    ...(somebody === PEOPLE.guest ? guestPart('adele.vance@fabrikam.com') : {}),
    id: somebody.oid,
  });
  const colleague = ([name, shown, site]: (typeof COLLEAGUES)[number], number: number): DirectoryUser => ({
    ...member(`${name}@contoso.com`, shown, site, number),
    id: number === 10 ? SAMPLE_USER_ID : random.guid(),
    device: number === 10 ? 'windows10' : random.pick(USUAL),
    jobTitle: random.pick(JOBS),
  });
  const people = Object.values(PEOPLE).map(person);
  const named = COLLEAGUES.map((entry, index) => colleague(entry, people.length + index));
  const crowd = Array.from({ length: 26 }, (_, index) => {
    const [first, last] = [FIRST[index % FIRST.length] ?? 'Anna', LAST[index % LAST.length] ?? 'Holm'];
    const name = `${first}.${last}${index}`
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase();
    return colleague([name, `${first} ${last}`, random.pick(CROWD_SITES)], 30 + index);
  });
  return [...people, ...named, ...crowd, ...guests(56).map((guest) => ({ ...guest, id: random.guid() }))];
};

const member = (upn: string, displayName: string, site: SiteName, number: number): DirectoryUser => ({
  id: '',
  displayName,
  userPrincipalName: upn,
  signInName: upn.toLowerCase(),
  mail: upn,
  userType: 'Member',
  accountEnabled: true,
  jobTitle: null,
  site,
  device: 'windows11',
  number,
});

const guestPart = (home: string): Pick<DirectoryUser, 'signInName' | 'mail' | 'userType'> => ({
  signInName: home,
  mail: home,
  userType: 'Guest',
});

const guests = (from: number): readonly DirectoryUser[] =>
  [
    ['adelevance@fabrikam.com', 'Adele Vance (Fabrikam Labs)'],
    ["m.d'souza@adatum.example", "Maya D'Souza"],
    ['auditor@woodgrove.example', 'External Auditor'],
    ['lea.roth@proseware.example', 'Léa Röth'],
  ].map(([home = '', shown = ''], index) => ({
    ...member(`${home.replace('@', '_')}#EXT#@contoso.com`, shown, 'london', from + index),
    ...guestPart(home),
    accountEnabled: index !== 2,
  }));
