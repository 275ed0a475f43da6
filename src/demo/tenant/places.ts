/** Where a sign-in came from, as the log resolves an address. */
export interface Origin {
  /** Always from the ranges that are set aside for documentation, so nobody real is shown. */
  readonly ip: string;
  readonly city: string | null;
  readonly state: string | null;
  /** ISO 3166 two-letter code. */
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Autonomous system number, from the documentation ranges too. */
  readonly asn: number | null;
}

interface Site extends Omit<Origin, 'ip'> {
  readonly office: string;
  /** Hours that local time is ahead of UTC; the company keeps no summer time. */
  readonly ahead: number;
}

const site = (
  office: string,
  [city, state, country]: readonly [string, string, string],
  [latitude, longitude]: readonly [number, number],
  asn: number,
  ahead: number,
): Site => ({ office, city, state, country, latitude, longitude, asn, ahead });

/** The company's sites. */
export const SITES = {
  oslo: site('192.0.2.10', ['Oslo', 'Oslo', 'NO'], [59.91, 10.75], 64_500, 1),
  london: site('192.0.2.20', ['London', 'England', 'GB'], [51.51, -0.13], 64_501, 0),
  seattle: site('192.0.2.30', ['Seattle', 'Washington', 'US'], [47.61, -122.33], 64_502, -8),
  pune: site('192.0.2.40', ['Pune', 'Maharashtra', 'IN'], [18.52, 73.86], 64_503, 5.5),
  angely: site('192.0.2.50', ["Saint-Jean-d'Angély", 'Charente-Maritime', 'FR'], [45.94, -0.52], 64_504, 1),
  saoPaulo: site('192.0.2.60', ['São Paulo', 'São Paulo', 'BR'], [-23.55, -46.63], 64_505, -3),
} as const satisfies Record<string, Site>;

export type SiteName = keyof typeof SITES;

/** The site's own gateway. */
export const office = (name: SiteName): Origin => {
  const { office: ip, ahead: _, ...where } = SITES[name];
  return { ip, ...where };
};

/** An address at home: 60 users have one each in 198.51.100.0/24, above .100. */
export const home = (name: SiteName, user: number): Origin => ({
  ...office(name),
  ip: `198.51.100.${101 + (user % 150)}`,
  asn: 64_510,
});

/** A phone's address, in IPv6. */
export const mobile = (name: SiteName, user: number): Origin => ({
  ...office(name),
  ip: `2001:db8:85a3::8a2e:${(0x370 + user).toString(16)}:7334`,
  asn: 65_540,
});

const far = (
  ip: string,
  [city, state, country]: readonly [string | null, string | null, string | null],
  [latitude, longitude]: readonly [number | null, number | null],
  asn: number | null,
): Origin => ({ ip, city, state, country, latitude, longitude, asn });

/** Where trouble comes from. */
export const TROUBLE = {
  sprayA: far('203.0.113.7', ['Chisinau', 'Chisinau', 'MD'], [47.01, 28.86], 65_536),
  sprayB: far('203.0.113.8', ['Chisinau', 'Chisinau', 'MD'], [47.01, 28.86], 65_536),
  sprayC: far('203.0.113.9', ['Riga', 'Riga', 'LV'], [56.95, 24.11], 65_537),
  lagos: far('203.0.113.66', ['Lagos', 'Lagos', 'NG'], [6.52, 3.38], 65_538),
  torExit: far('203.0.113.99', ['Amsterdam', 'Noord-Holland', 'NL'], [52.37, 4.9], 65_539),
  leak: far('198.51.100.20', ['Frankfurt', 'Hessen', 'DE'], [50.11, 8.68], 65_541),
  legacyA: far('203.0.113.140', ['Hanoi', 'Hanoi', 'VN'], [21.03, 105.85], 65_542),
  legacyB: far('203.0.113.151', ['Bucharest', 'Bucuresti', 'RO'], [44.43, 26.1], 65_543),
  nowhere: far('2001:db8:ffff::bad', [null, null, null], [null, null], null),
} as const satisfies Record<string, Origin>;
