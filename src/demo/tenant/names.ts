import type { SiteName } from './places.ts';

/** Somebody who works at the company: address before the `@`, display name, site. */
export type Name = readonly [address: string, shown: string, site: SiteName];

/** The user of Microsoft's own example query. */
export const EXAMPLE_USER = 'user';

/** Names that are easy, foreign, full of apostrophes, or chosen to deceive. */
export const COLLEAGUES: readonly Name[] = [
  [EXAMPLE_USER, 'Sam Porter', 'oslo'],
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
  // Right-to-left override: what follows is shown turned round.
  ['rolf.tide', 'Rolf \u202Egpj.exe', 'oslo'],
  ['z.algo', 'Z\u0351\u0489a\u0334\u0300l\u0337\u0301g\u0335\u0302o\u0336\u0303', 'pune'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a hostile display name, not a template.
  ['root.cause', '${$root} {{name}}', 'saoPaulo'],
];

const FIRST = ['Anna', 'Emil', 'Ravi', 'Chloé', 'Noah', 'Ingrid', 'Paulo', 'Meera', 'Oskar', 'Leila'];
const LAST = ['Holm', 'Patel', 'Silva', 'Moreau', 'Clarke', 'Young'];
const WHERE: readonly SiteName[] = ['oslo', 'oslo', 'london', 'seattle', 'pune', 'saoPaulo'];

/** The rest of the company. */
export const CROWD: readonly Name[] = Array.from({ length: 26 }, (_, index) => {
  const [first, last] = [FIRST[index % FIRST.length] ?? '', LAST[index % LAST.length] ?? ''];
  const address = `${first}.${last}${index}`
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return [address, `${first} ${last}`, WHERE[(index * 5) % WHERE.length] ?? 'oslo'];
});

/** Guests: home address, display name, and whether their account is switched on. */
export const GUESTS: readonly (readonly [home: string, shown: string, enabled: boolean])[] = [
  ['adelevance@fabrikam.com', 'Adele Vance (Fabrikam Labs)', true],
  ["m.d'souza@adatum.example", "Maya D'Souza", true],
  ['auditor@woodgrove.example', 'External Auditor', false],
  ['lea.roth@proseware.example', 'Léa Röth', true],
];
