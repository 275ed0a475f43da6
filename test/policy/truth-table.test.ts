import { expect, test } from '@jest/globals';
import { ROLES } from '../../src/entra/roles.ts';
import { authorizeChange, type ChangeDecision, type ChangeFacts } from '../../src/policy/authorize-change.ts';

const {
  'Security Administrator': ADMINISTRATOR,
  'Global Administrator': GLOBAL,
  'Security Reader': READER,
} = ROLES;
const CUSTOM = 'c0000000-0000-4000-8000-000000000003';
const FOREIGN = 'd0000000-0000-4000-8000-000000000004';
const ONE = 'a0000000-0000-4000-8000-000000000001';
const TWO = 'b0000000-0000-4000-8000-000000000002';

const REQUESTERS = [READER, ADMINISTRATOR, GLOBAL];
const APPROVERS = [CUSTOM, ADMINISTRATOR, GLOBAL];

/** Every value of everything that a decision depends on. */
const AXES = {
  step: [
    'request',
    'preview',
    'approve',
    'reject',
    'withdraw',
    'resolve',
    'perform-requester',
    'perform-approver',
  ],
  who: ['own', 'other'],
  roles: ['unknown', 'none', 'reader', 'custom', 'foreign', 'administrator', 'global', 'both'],
  account: ['unknown', 'fine', 'unnumbered', 'guest', 'disabled', 'disabled guest'],
  requesterAccount: ['unknown', 'same number', 'other number', 'unnumbered'],
  mode: ['four-eyes', 'single'],
  confirmedOwn: [true, false],
  guests: ['refuse', 'allow'],
  onePersonBy: ['account', 'employeeId'],
} as const;

type Row = { readonly [Axis in keyof typeof AXES]: (typeof AXES)[Axis][number] };

const rows = Object.entries(AXES).reduce<readonly object[]>(
  (begun, [axis, values]) => begun.flatMap((row) => values.map((value) => ({ ...row, [axis]: value }))),
  [{}],
) as readonly Row[];

const HELD: Readonly<Record<Row['roles'], readonly string[] | undefined>> = {
  unknown: undefined,
  none: [],
  reader: [READER],
  custom: [CUSTOM],
  foreign: [FOREIGN],
  administrator: [ADMINISTRATOR],
  global: [GLOBAL],
  both: [GLOBAL, READER, ADMINISTRATOR],
};

const person = { enabled: true, guest: false };

const ACCOUNTS: Readonly<Record<Row['account'], ChangeFacts['account']>> = {
  unknown: undefined,
  fine: { ...person, employeeId: 'E-17' },
  unnumbered: person,
  guest: { ...person, guest: true, employeeId: 'E-17' },
  disabled: { ...person, enabled: false, employeeId: 'E-17' },
  'disabled guest': { enabled: false, guest: true, employeeId: 'E-17' },
};

const REQUESTER_ACCOUNTS: Readonly<Record<Row['requesterAccount'], ChangeFacts['account']>> = {
  unknown: undefined,
  'same number': { ...person, employeeId: 'E-17' },
  'other number': { ...person, employeeId: 'E-18' },
  unnumbered: person,
};

const factsOf = (row: Row): ChangeFacts => ({
  step: row.step,
  actorId: ONE,
  requesterId: row.who === 'own' ? ONE : TWO,
  mode: row.mode,
  confirmedOwn: row.confirmedOwn,
  roles: HELD[row.roles],
  account: ACCOUNTS[row.account],
  requesterAccount: REQUESTER_ACCOUNTS[row.requesterAccount],
  rules: {
    requesterRoles: REQUESTERS,
    approverRoles: APPROVERS,
    guests: row.guests,
    onePersonBy: row.onePersonBy,
  },
});

/** The role that each step rests on, by what is held; a dash where none suffices. The policy, written as a grid. */
const GRID = `
  step               none  reader  custom  foreign  administrator  global  both
  request            -     reader  -       -        administrator  global  reader
  preview            -     reader  -       -        administrator  global  reader
  approve            -     -       custom  -        administrator  global  administrator
  reject             -     -       custom  -        administrator  global  administrator
  resolve            -     -       custom  -        administrator  global  administrator
  perform-requester  -     reader  -       -        administrator  global  reader
  perform-approver   -     -       custom  -        administrator  global  administrator
`;

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['reader', READER],
  ['custom', CUSTOM],
  ['administrator', ADMINISTRATOR],
  ['global', GLOBAL],
]);

const [[, ...heads] = [], ...lines] = GRID.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

const USED: ReadonlyMap<string, string | undefined> = new Map(
  lines.flatMap(([step, ...cells]) =>
    cells.map((cell, at) => [`${step} ${heads[at]}`, BY_NAME.get(cell)] as const),
  ),
);

const is = <Value>(value: Value, ...among: readonly NoInfer<Value>[]): boolean => among.includes(value);

const decides = ({ step }: Row): boolean => is(step, 'approve', 'perform-approver');
const numbered = ({ who, onePersonBy }: Row): boolean => who === 'other' && onePersonBy === 'employeeId';
const isSomebody = (row: Row): boolean =>
  is(row.account, 'unnumbered') || is(row.requesterAccount, 'unknown', 'same number', 'unnumbered');

/** Reasons to refuse in the order in which they are said; where none holds, the step is permitted. */
const REASONS: readonly (readonly [why: string, holds: (row: Row) => boolean])[] = [
  [
    'not-the-requester',
    (row) => row.who === 'other' && is(row.step, 'request', 'withdraw', 'perform-requester'),
  ],
  ['own-request', (row) => row.who === 'own' && row.step === 'reject'],
  ['own-request', (row) => row.who === 'own' && row.mode === 'four-eyes' && decides(row)],
  [
    'account-unknown',
    (row) =>
      decides(row) &&
      row.mode === 'four-eyes' &&
      numbered(row) &&
      (row.account === 'unknown' || row.requesterAccount === 'unknown'),
  ],
  [
    'person-unknown',
    (row) =>
      decides(row) &&
      row.mode === 'four-eyes' &&
      numbered(row) &&
      (row.account === 'unnumbered' || row.requesterAccount === 'unnumbered'),
  ],
  [
    'same-person',
    (row) =>
      decides(row) && row.mode === 'four-eyes' && numbered(row) && row.requesterAccount === 'same number',
  ],
  ['-', (row) => row.step === 'withdraw'],
  [
    'account-unknown',
    (row) => row.account === 'unknown' && !(row.guests === 'allow' && row.onePersonBy === 'account'),
  ],
  ['account-disabled', (row) => is(row.account, 'disabled', 'disabled guest')],
  ['guest', (row) => row.account === 'guest' && row.guests === 'refuse'],
  ['roles-unknown', (row) => row.roles === 'unknown'],
  ['role-needed', (row) => USED.get(`${row.step} ${row.roles}`) === undefined],
  [
    'confirm-own',
    (row) =>
      row.step === 'approve' &&
      row.mode === 'single' &&
      !row.confirmedOwn &&
      (row.who === 'own' || (numbered(row) && isSomebody(row))),
  ],
];

const expected = (row: Row): ChangeDecision | string => {
  const why = REASONS.find(([, holds]) => holds(row))?.[0] ?? '-';
  if (why !== '-') return why;
  const roleUsed = USED.get(`${row.step} ${row.roles}`);
  return row.step === 'withdraw' || roleUsed === undefined
    ? { permitted: true }
    : { permitted: true, roleUsed };
};

const decided = (row: Row): ChangeDecision | string => {
  const decision = authorizeChange(factsOf(row));
  return decision.permitted ? decision : decision.why;
};

test('the whole truth table of a change: 49,152 rows', () => {
  expect(rows).toHaveLength(49_152);
  expect(USED.size).toBe(7 * 7);
  const wrong = rows
    .map((row) => ({ row, expected: expected(row), decided: decided(row) }))
    .filter((checked) => JSON.stringify(checked.expected) !== JSON.stringify(checked.decided));
  expect(wrong.slice(0, 3)).toEqual([]);
});

test('every reason, and every step permitted, stands in the table', () => {
  const outcomes = new Set(
    rows.map((row) => {
      const decision = decided(row);
      return typeof decision === 'string' ? decision : `may ${row.step}`;
    }),
  );
  const reasons = REASONS.map(([why]) => why).filter((why) => why !== '-');
  expect([...outcomes].sort()).toEqual(
    [...new Set([...reasons, ...AXES.step.map((step) => `may ${step}`)])].sort(),
  );
});

test('a refusal for want of a role names those that suffice, and no other refusal but unknown roles does', () => {
  const wrong = rows.filter((row) => {
    const decision = authorizeChange(factsOf(row));
    if (decision.permitted) return false;
    const isReader = is(row.step, 'request', 'preview', 'perform-requester');
    const names = is(decision.why, 'role-needed', 'roles-unknown')
      ? isReader
        ? REQUESTERS
        : APPROVERS
      : undefined;
    return decision.needed !== names;
  });
  expect(wrong).toEqual([]);
});
