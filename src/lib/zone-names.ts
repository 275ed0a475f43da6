/** Names that IANA uses today and ICU lists under an older one (Asia/Calcutta, Europe/Kiev, …). */
export const RENAMED_ZONES: readonly string[] = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Catamarca',
  'America/Argentina/Cordoba',
  'America/Argentina/Jujuy',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
];

/** Regions of the old names that ICU still knows ("US/Pacific") and does not list. */
export const OLD_REGIONS: readonly string[] = ['us', 'canada', 'brazil', 'chile', 'mexico', 'etc'];

/** Abbreviations that mean one thing among the people who use them, and the offset or zone they mean. */
export const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['z', 'UTC'],
  ['utc', 'UTC'],
  ['gmt', 'UTC'],
  ['zulu', 'UTC'],
  ['wet', 'UTC'],
  ['west', '+01:00'],
  ['cet', '+01:00'],
  ['cest', '+02:00'],
  ['eet', '+02:00'],
  ['eest', '+03:00'],
  ['msk', '+03:00'],
  ['sast', '+02:00'],
  ['eat', '+03:00'],
  ['pkt', '+05:00'],
  ['npt', '+05:45'],
  ['ict', '+07:00'],
  ['wib', '+07:00'],
  ['sgt', '+08:00'],
  ['hkt', '+08:00'],
  ['awst', '+08:00'],
  ['jst', '+09:00'],
  ['kst', '+09:00'],
  ['acst', '+09:30'],
  ['acdt', '+10:30'],
  ['aest', '+10:00'],
  ['aedt', '+11:00'],
  ['nzst', '+12:00'],
  ['nzdt', '+13:00'],
  ['brt', '-03:00'],
  ['nst', '-03:30'],
  ['ndt', '-02:30'],
  ['est', '-05:00'],
  ['edt', '-04:00'],
  ['cdt', '-05:00'],
  ['mst', '-07:00'],
  ['mdt', '-06:00'],
  ['pst', '-08:00'],
  ['pdt', '-07:00'],
  ['akst', '-09:00'],
  ['akdt', '-08:00'],
  ['hst', '-10:00'],
  ['et', 'America/New_York'],
  ['ct', 'America/Chicago'],
  ['mt', 'America/Denver'],
  ['pt', 'America/Los_Angeles'],
]);

/** One of the things that an ambiguous abbreviation may mean. */
export interface ZoneChoice {
  readonly title: string;
  /** An offset where the place has no summer time, else an IANA name. */
  readonly zone: string;
}

/** Abbreviations that are never guessed, with what each may mean. */
export const AMBIGUOUS_ZONES: ReadonlyMap<string, readonly ZoneChoice[]> = new Map([
  [
    'ist',
    [
      { title: 'India, +05:30', zone: '+05:30' },
      { title: 'Israel', zone: 'Asia/Jerusalem' },
      { title: 'Ireland', zone: 'Europe/Dublin' },
    ],
  ],
  [
    'cst',
    [
      { title: 'North America, -06:00', zone: '-06:00' },
      { title: 'China, +08:00', zone: '+08:00' },
      { title: 'Cuba, -05:00', zone: '-05:00' },
    ],
  ],
  [
    'bst',
    [
      { title: 'United Kingdom in summer, +01:00', zone: '+01:00' },
      { title: 'Bangladesh, +06:00', zone: '+06:00' },
      { title: 'Bougainville, +11:00', zone: '+11:00' },
    ],
  ],
  [
    'ast',
    [
      { title: 'Atlantic Canada, -04:00', zone: '-04:00' },
      { title: 'Arabia, +03:00', zone: '+03:00' },
    ],
  ],
  [
    'adt',
    [
      { title: 'Atlantic Canada in summer, -03:00', zone: '-03:00' },
      { title: 'Arabia in summer, +04:00', zone: '+04:00' },
    ],
  ],
  [
    'gst',
    [
      { title: 'Gulf states, +04:00', zone: '+04:00' },
      { title: 'South Georgia, -02:00', zone: '-02:00' },
    ],
  ],
  [
    'sst',
    [
      { title: 'Singapore, +08:00', zone: '+08:00' },
      { title: 'Samoa, -11:00', zone: '-11:00' },
    ],
  ],
  [
    'amt',
    [
      { title: 'Amazonas, -04:00', zone: '-04:00' },
      { title: 'Armenia, +04:00', zone: '+04:00' },
    ],
  ],
  [
    'ect',
    [
      { title: 'Ecuador, -05:00', zone: '-05:00' },
      { title: 'Eastern Caribbean, -04:00', zone: '-04:00' },
    ],
  ],
]);
