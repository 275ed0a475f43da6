import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ERROR_CODES, explainErrorCode, isFailure, isInterrupt } from '../../src/entra/error-codes.ts';

const DATA = new URL('../../../shared/data/aadsts-error-codes.json', import.meta.url);
const there = existsSync(DATA);

interface Listed {
  readonly name?: string;
  readonly message: string;
  readonly kinds?: readonly string[];
}

const listed = (): ReadonlyMap<number, Listed> =>
  new Map(
    Object.entries(JSON.parse(readFileSync(DATA, 'utf8')).codes as Record<string, Listed>).map(
      ([code, entry]) => [Number(code), entry],
    ),
  );

// The codes that fill real sign-in logs.
const USUAL = [
  0, 16000, 16001, 16003, 40008, 50011, 50020, 50034, 50053, 50055, 50056, 50057, 50058, 50059, 50072, 50074,
  50076, 50078, 50079, 50088, 50097, 50105, 50125, 50126, 50127, 50128, 50129, 50131, 50132, 50133, 50135,
  50140, 50143, 50144, 50155, 50158, 50168, 50173, 50196, 50199, 51004, 51006, 52004, 53000, 53001, 53002,
  53003, 53004, 53009, 53010, 53011, 54000, 54005, 65001, 65004, 65005, 70000, 70008, 70011, 70016, 70018,
  70019, 70043, 70044, 80001, 80002, 80005, 80007, 80010, 80012, 80013, 80014, 81004, 81007, 81010, 81012,
  90002, 90014, 90072, 90094, 90095, 500011, 500121, 500133, 500212, 500213, 530002, 530003, 530031, 530032,
  530034, 530035, 650052, 650056, 700016, 700027, 700082, 700084, 7000215, 7000222,
];

describe('error codes', () => {
  test('the codes that fill sign-in logs are explained, two hundred in all', () => {
    expect(USUAL.filter((code) => !explainErrorCode(code))).toEqual([]);
    expect(ERROR_CODES.length).toBeGreaterThanOrEqual(200);
    expect(new Set(ERROR_CODES.map((entry) => entry.code)).size).toBe(ERROR_CODES.length);
  });

  test('a meaning fits on a row, and every code has a next step', () => {
    for (const entry of ERROR_CODES)
      for (const { meaning, next } of [entry, ...(entry.causes ?? [])]) {
        expect(meaning).toMatch(/^[A-Z].{5,109}\.$/);
        expect(next).toMatch(/^[A-Z][^\n]{8,260}\.$/);
      }
  });

  (there ? test : test.skip)('names are Microsoft’s, the sentences are not', () => {
    const data = listed();
    for (const entry of ERROR_CODES) {
      const known = data.get(entry.code);
      if (known) expect([entry.code, entry.name]).toEqual([entry.code, known.name]);
      if (known) expect(entry.meaning).not.toBe(known.message);
    }
  });

  (there ? test : test.skip)(
    'whatever the data groups by kind is explained, and its interrupts are interrupts',
    () => {
      for (const [code, { kinds }] of listed()) {
        if (kinds) expect([code, explainErrorCode(code)?.code]).toEqual([code, code]);
        if (explainErrorCode(code))
          expect([code, isInterrupt(code)]).toEqual([code, kinds?.includes('interrupt') ?? false]);
      }
    },
  );

  test('a code without a name is called by its number', () => {
    expect(explainErrorCode(530003)?.name).toBe('AADSTS530003');
    expect(explainErrorCode(50126)?.name).toBe('InvalidUserNameOrPassword');
  });

  test('an unknown code is not explained and counts as a failure', () => {
    expect(explainErrorCode(424242)).toBeUndefined();
    expect(isFailure(424242)).toBe(true);
    expect(isInterrupt(424242)).toBe(false);
  });

  test('success, failures and normal prompts are kept apart', () => {
    expect(explainErrorCode(0)?.kind).toBe('success');
    expect([isFailure(0), isInterrupt(0)]).toEqual([false, false]);
    expect([isFailure(50126), isInterrupt(50126)]).toEqual([true, false]);
    for (const code of [50058, 50072, 50074, 50140, 16000]) {
      expect(explainErrorCode(code)?.kind).toBe('interrupt');
      expect([isFailure(code), isInterrupt(code)]).toEqual([false, true]);
    }
  });
});

describe('codes with several causes', () => {
  const LOCKED =
    "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.";
  const MALICIOUS = 'Sign-in was blocked because it came from an IP address with malicious activity.';

  test('50053 is a lockout or an attacking address, by the failure reason', () => {
    expect(explainErrorCode(50053, LOCKED)?.meaning).toMatch(/locked for a while/);
    expect(explainErrorCode(50053, MALICIOUS)?.meaning).toMatch(/known for attacks/);
  });

  test.each([undefined, null, '', 'Something new', `${LOCKED} ${MALICIOUS}`])(
    'without a telling failure reason both causes are named (%s)',
    (reason) => {
      expect(explainErrorCode(50053, reason)?.meaning).toMatch(/locked.*known for attacks/);
    },
  );

  test.each([
    [500121, 'MFA denied; user declined the authentication', /declined/],
    [500121, 'MFA denied; Phone App Reported Fraud', /fraud/],
    [500121, 'MFA denied; user did not respond to mobile app notification', /Nobody answered/],
    [500121, 'MFA denied; user did not select the correct number', /code or number was wrong/],
    [
      500121,
      'Authentication failed during strong authentication request.',
      /refused by the user, not answered/,
    ],
    [50014, "The user's redemption is in a pending state.", /has not finished joining/],
    [50014, 'The user does not exist.', /^The account does not exist/],
    [
      50017,
      'Cannot find issuing certificate in trusted certificates list',
      /issuer that the tenant does not trust/,
    ],
    [50017, 'Unable to download CRL', /revocation list/],
    [50131, 'Device is not in required device state: compliant.', /state that a policy demands/],
    [50131, 'The request was blocked due to suspicious activity', /looked suspicious/],
    [
      50131,
      'Device is not in required device state. Or, the request was blocked due to suspicious activity, access policy',
      /state of the device, suspicious activity, or/,
    ],
    [530032, 'User blocked due to risk on home tenant.', /at risk in their home tenant/],
    [
      530032,
      "Blocked by conditional access on the tenant's security policy",
      /^Blocked by a security policy of the tenant\.$/,
    ],
  ])('%i: "%s"', (code, said, meaning) => {
    expect(explainErrorCode(code, said)?.meaning).toMatch(meaning);
  });

  test('the additional details tell the cause where the failure reason does not', () => {
    const explained = explainErrorCode(
      500121,
      'Authentication failed during strong authentication request.',
      'MFA denied; user declined the authentication',
    );
    expect(explained?.meaning).toBe('The user declined the MFA prompt.');
  });

  test('every cause can be told apart from the others of its code', () => {
    for (const entry of ERROR_CODES)
      expect(new Set(entry.causes?.map((cause) => cause.meaning)).size).toBe(entry.causes?.length ?? 0);
  });

  test('only the beginning of a failure reason is read, however long it is', () => {
    expect(explainErrorCode(50053, `${' '.repeat(1_000_000)}${LOCKED}`)).toEqual(explainErrorCode(50053));
  });
});
