import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { render } from '../../src/cards/render.ts';
import { headOf, restOf } from '../../src/cards/sign-in-row.ts';
import { placeOf } from '../../src/cards/sign-in-words.ts';
import { REDACTIONS, type Redaction, type Snapshot } from '../../src/entra/share.ts';
import type { SignIn } from '../../src/entra/sign-in.ts';
import { redact, redactRows } from '../../src/policy/redact.ts';
import { anySignIn } from '../cards/any.ts';
import { shareView } from '../cards/shares.ts';
import { snapshot } from '../cards/timelines.ts';
import { answer, signIn } from '../cards/views.ts';

const names = (rows: readonly SignIn[]) =>
  redactRows(rows, ['user']).map(({ userPrincipalName }) => userPrincipalName);

/** What each kind of a row says, with marks that stand nowhere else. */
interface Marks {
  readonly user: readonly [upn: string, name: string, id: string];
  readonly address: readonly [string];
  readonly device: readonly [name: string, id: string, agent: string];
}

const marks = (index: number): Marks => ({
  user: [`zq${index}@qx.example`, `Quentin ${index}Q`, `5ee3b1c0-0000-${index}`],
  address: [`203.0.113.${index}9`],
  device: [`QBOOK-${index}`, `d0d0-${index}`, `Qzilla/${index}.0`],
});

const anyMarks = fc.integer({ min: 1, max: 3 }).map(marks);

/** Somewhere in a row or a question, as text that quotes it. */
const quoting = fc
  .tuple(anyMarks, fc.constantFrom(...REDACTIONS), fc.nat({ max: 2 }), fc.boolean())
  .map(([all, kind, at, isLoud]) => {
    const value = all[kind][at % all[kind].length] ?? '';
    return `by ${isLoud ? value.toUpperCase() : value}!`;
  });

const text = fc.oneof(fc.constantFrom('Azure Portal', 'Oslo', null), quoting);

const anyRow: fc.Arbitrary<SignIn> = fc
  .tuple(anySignIn, anyMarks, anyMarks, anyMarks, fc.uuid(), fc.array(text, { minLength: 9, maxLength: 9 }))
  .map(([row, { user }, { address }, { device }, id, texts]) => ({
    ...row,
    id,
    userPrincipalName: user[0],
    userDisplayName: user[1],
    userId: user[2],
    ipAddress: address[0],
    userAgent: device[2],
    deviceDetail: { displayName: device[0], deviceId: device[1], browser: 'Edge 131' },
    servicePrincipalName: null,
    appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
    appDisplayName: texts[0] ?? null,
    clientAppUsed: texts[1] ?? null,
    location: { city: texts[2], state: texts[3], countryOrRegion: texts[4] },
    status: { errorCode: row.status?.errorCode ?? 0, failureReason: texts[5], additionalDetails: texts[6] },
    resourceDisplayName: texts[7],
    somethingNew: texts[8],
  }));

const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    rows: fc.array(anyRow, { minLength: 1, maxLength: 4 }),
    asked: quoting,
    notes: fc.array(quoting, { maxLength: 2 }),
    filter: quoting,
    value: quoting,
  })
  .map(({ rows, asked, notes, filter, value }) =>
    snapshot({
      asked,
      notes,
      answer: answer({
        rows: rows.map((row) => ({ signIn: row, confirmed: true })),
        query: {
          ...answer().query,
          where: [
            { op: 'eq', property: 'flaggedForReview', value: true },
            { op: 'or', of: [{ op: 'eq', property: 'userPrincipalName', value }] },
          ],
        },
        filter,
        secondPass: [value],
        notes,
      }),
      of: 412,
    }),
  );

/** What stands in the rows and nobody may read, in lower case. */
const secretsOf = ({ answer: { rows } }: Snapshot, redacted: readonly Redaction[]): readonly string[] => {
  const text = JSON.stringify(
    rows.map(({ signIn: { userPrincipalName, ipAddress, userAgent } }) => ({
      userPrincipalName,
      ipAddress,
      userAgent,
    })),
  );
  return [1, 2, 3]
    .map(marks)
    .flatMap((all) =>
      redacted.flatMap((kind) => (all[kind].some((mark) => text.includes(mark)) ? all[kind] : [])),
    )
    .map((mark) => mark.toLowerCase());
};

const cardOf = (given: Snapshot, redacted: readonly Redaction[]): string =>
  JSON.stringify(render(shareView({ snapshot: given, redacted })));

/** What a row of a card says besides the three kinds; the free texts, which tell causes of a code apart, are gone. */
const besides = (row: SignIn): readonly string[] => {
  const status = row.status && { errorCode: row.status.errorCode };
  const { when, result, badges } = headOf({ signIn: { ...row, status }, confirmed: true }, 'Europe/Oslo');
  const quoting = [row.appDisplayName, row.clientAppUsed, placeOf(row)];
  return [when, result.text, ...badges.map((badge) => badge.text), `Request ${row.id}`, ...quoting].filter(
    (text) => typeof text === 'string',
  );
};

describe('what a place leaves out', () => {
  test('nothing of it can be seen on the card, and everything else can', () => {
    fc.assert(
      fc.property(anySnapshot, fc.subarray([...REDACTIONS], { minLength: 1 }), (given, redacted) => {
        const card = cardOf(given, redacted);
        const secrets = secretsOf(given, redacted);
        const isSecret = (text: string) => secrets.some((secret) => text.toLowerCase().includes(secret));
        expect(isSecret(card)).toBe(false);
        for (const { signIn: row } of given.answer.rows) {
          const open = besides(row).filter((text) => !isSecret(text));
          for (const text of open) expect(card).toContain(JSON.stringify(text).slice(1, -1));
          if (!redacted.includes('user'))
            expect(card).toContain(`“${row.userDisplayName}” ${row.userPrincipalName}`);
          if (!redacted.includes('address')) expect(card).toContain(`IP ${row.ipAddress}`);
        }
        expect(card).toContain(`${given.answer.rows.length} of 412 flagged sign-ins`);
      }),
      { numRuns: 300 },
    );
  });

  test('nothing of it is left in the snapshot either, whoever renders it', () => {
    fc.assert(
      fc.property(anySnapshot, fc.subarray([...REDACTIONS], { minLength: 1 }), (given, redacted) => {
        const left = JSON.stringify(redact(given, redacted)).toLowerCase();
        for (const secret of secretsOf(given, redacted)) expect(left).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  test('a place that leaves out nothing changes nothing', () => {
    const given = snapshot();
    expect(redact(given, [])).toBe(given);
    const rows = [signIn()];
    expect(redactRows(rows, [])).toBe(rows);
  });

  test('the rows keep their count and order, and what was read of the whole', () => {
    const given = snapshot();
    const { of, answer: left } = redact(given, [...REDACTIONS]);
    const { scope, verdict, read, fetchedAt, pages } = given.answer;
    expect(of).toBe(given.of);
    expect(left).toMatchObject({ scope, verdict, read, fetchedAt, pages });
    expect(left.rows.map(({ signIn: { id } }) => id)).toEqual(
      given.answer.rows.map(({ signIn: { id } }) => id),
    );
    expect(left.rows.map(({ confirmed }) => confirmed)).toEqual([true, true]);
  });
});

describe('people', () => {
  test('stay apart, and stay the same in all of their rows', () => {
    const ana = { userId: 'A-1', userPrincipalName: 'ana@contoso.com' };
    const bob = { userId: 'b-2', userPrincipalName: 'bob@contoso.com' };
    expect(names([bob, ana, bob, { ...ana, userId: 'a-1' }].map((one) => signIn(one)))).toEqual([
      ...['User A', 'User B', 'User A', 'User B'],
    ]);
  });

  test('are known by their user name where a row lacks the object id', () => {
    const rows = [
      { userId: null, userPrincipalName: 'ANA@contoso.com' },
      { userId: 'a', userPrincipalName: 'ana@contoso.com' },
    ];
    expect(names(rows.map((one) => signIn(one)))).toEqual(['User A', 'User A']);
  });

  test('who got the user name of somebody else is somebody else', () => {
    const name = 'ana@contoso.com';
    const rows = [
      { userId: 'a', userPrincipalName: name },
      { userId: 'b', userPrincipalName: name },
    ];
    expect(names(rows.map((one) => signIn(one)))).toEqual(['User A', 'User B']);
  });

  test('of whom the log gives a display name only are told apart by it', () => {
    const none = { userId: null, userPrincipalName: '' };
    const rows = [
      { ...none, userDisplayName: 'Ana' },
      { ...none, userDisplayName: 'Bob' },
      { ...none, userDisplayName: null },
    ];
    expect(names(rows.map((one) => signIn(one)))).toEqual(['User A', 'User B', undefined]);
  });

  test('are never short of letters', () => {
    const rows = Array.from({ length: 28 }, (_, index) => signIn({ userId: `u${index}` }));
    expect(names(rows).slice(25)).toEqual(['User Z', 'User AA', 'User AB']);
  });

  test('an app that signed in by itself keeps its name', () => {
    const app = {
      userId: null,
      userPrincipalName: null,
      userDisplayName: null,
      servicePrincipalName: 'backup',
    };
    const [row] = redactRows([signIn(app)], [...REDACTIONS]);
    expect(row).toMatchObject({ servicePrincipalName: 'backup' });
  });
});

test('what quotes a thing that is left out goes with it, whatever it is', () => {
  const address = '203.0.113.7';
  const given = signIn({
    userDisplayName: `Guest of ${address}`,
    userAgent: `curl from ${address}`,
    deviceDetail: { displayName: `kiosk-${address}`, operatingSystem: 'Windows 11' },
  });
  expect(redactRows([given], ['address'])).toMatchObject([
    {
      userPrincipalName: 'user@contoso.com',
      userDisplayName: 'left out',
      userAgent: 'left out',
      deviceDetail: { displayName: 'left out', operatingSystem: 'Windows 11' },
    },
  ]);
});

describe('what stays', () => {
  test('place, network and the words of an app, though a browser is called like it', () => {
    const given = signIn({ appDisplayName: 'Windows Sign In', deviceDetail: { operatingSystem: 'Windows' } });
    const [row] = redactRows([given], ['address', 'device']);
    expect(row).toMatchObject({
      autonomousSystemNumber: 64500,
      location: { city: 'Oslo', countryOrRegion: 'NO' },
    });
    expect(row && restOf(row)).toContain('App Windows Sign In');
  });

  test('a row without an address is not said to have one', () => {
    expect(redactRows([signIn({ ipAddress: null })], ['address'])).toMatchObject([{ ipAddress: null }]);
  });

  test('what was asked of flag, code and kinds of sign-in, without any text', () => {
    const { query } = redact(
      snapshot({
        answer: answer({
          query: {
            entity: 'signIns',
            window: {},
            limit: 5,
            where: [
              {
                op: 'and',
                of: [
                  { op: 'eq', property: 'flaggedForReview', value: true },
                  { op: 'within', range: '203.0.113.0/24' },
                ],
              },
              { op: 'eq', property: 'status/errorCode', value: 50126 },
              { op: 'eq', property: 'userPrincipalName', value: 'ana@contoso.com' },
              { op: 'any', property: 'signInEventTypes', is: 'eq', values: ['interactiveUser'] },
              { op: 'not', of: { op: 'startswith', property: 'userPrincipalName', value: 'ana' } },
            ],
            otherwise: { entity: 'signIns', where: [], window: {} },
          },
        }),
      }),
      ['address'],
    ).answer;
    expect(query).toEqual({
      entity: 'signIns',
      window: {},
      limit: 5,
      where: [
        { op: 'and', of: [{ op: 'eq', property: 'flaggedForReview', value: true }] },
        { op: 'eq', property: 'status/errorCode', value: 50126 },
        { op: 'any', property: 'signInEventTypes', is: 'eq', values: ['interactiveUser'] },
      ],
    });
  });
});
