import { describe, expect, test } from '@jest/globals';
import type { KeptAnswer } from '../../src/entra/kept-answer.ts';
import type { SignInAnswer } from '../../src/entra/query.ts';
import type { SignIn } from '../../src/entra/sign-in.ts';
import { fileName, hashed, sizeOf, written } from '../../src/files/file.ts';
import { signInFile } from '../../src/files/sign-ins.ts';
import { answerWith } from '../support/answer.ts';

const SIGN_IN: SignIn = {
  id: '66ea54eb-6301-4ee5-be62-ff5a759b0100',
  createdDateTime: '2026-11-21T11:42:00.123Z',
  userPrincipalName: 'user@contoso.com',
  userDisplayName: '=Sam|Porter',
  ipAddress: '198.51.100.7',
  status: { errorCode: 53003, failureReason: 'Blocked', additionalDetails: null },
  location: { city: 'Oslo', state: null, countryOrRegion: 'NO' },
  deviceDetail: { operatingSystem: 'Windows 10', isCompliant: true },
  flaggedForReview: true,
  riskState: 'none',
  riskEventTypes_v2: ['unfamiliarFeatures', 'anonymizedIPAddress'],
};

const kept = (answer: SignInAnswer): KeptAnswer => ({
  id: 'r',
  personId: 'maya',
  asked: 'flagged for user@contoso.com',
  notes: ['guest name rewritten'],
  aboutMe: false,
  answer,
});

const text = async (answer: SignInAnswer, format: 'csv' | 'jsonl' | 'markdown'): Promise<string> => {
  let all = '';
  for await (const piece of written(await hashed(signInFile(kept(answer), 'Europe/Oslo')), format))
    all += piece;
  return all;
};

const line = (json: string, at: number) => JSON.parse(json.split('\n')[at] ?? '');

test('a file says what was asked, how, when, and how complete it is', async () => {
  const { file } = line(await text(answerWith([SIGN_IN], { secondPass: ['failed'] }), 'jsonl'), 0);
  expect(file).toMatchObject({
    title: 'Sign-ins, exported by Flagman',
    asked: 'flagged for user@contoso.com',
    filter: 'createdDateTime ge 2026-11-20T12:00:00Z',
    testedHere: ['failed'],
    scope: expect.stringContaining('interactive sign-ins only'),
    fetchedAt: '2026-11-21T12:00:00Z',
    notes: ['guest name rewritten'],
    rows: 1,
    localZone: 'Europe/Oslo',
    hash: expect.stringMatching(/^[\da-f]{64}$/),
    completeness: expect.stringMatching(
      /^Everything in this scope was read\. Sign-ins of the newest minutes/,
    ),
  });
});

test('that reading stopped early stands in every format', async () => {
  const capped = answerWith([SIGN_IN], { verdict: { finished: false, why: 'capped' } });
  for (const format of ['csv', 'jsonl', 'markdown'] as const)
    expect(await text(capped, format)).toContain('Not everything was read: the page limit was reached');
});

test('a row holds the time in UTC as the log has it, and in the zone of whoever takes it', async () => {
  const json = await text(answerWith([SIGN_IN]), 'jsonl');
  expect(line(json, 1)).toMatchObject({
    createdDateTime: '2026-11-21T11:42:00.123Z',
    localTime: '2026-11-21 12:42:00',
    userPrincipalName: 'user@contoso.com',
    errorCode: 53003,
    riskEventTypes: ['unfamiliarFeatures', 'anonymizedIPAddress'],
    isCompliant: true,
    userAgent: null,
    confirmed: true,
    id: SIGN_IN.id,
  });
  expect(await text(answerWith([SIGN_IN]), 'csv')).toContain('"Time (Europe/Oslo)"');
});

test('a time that is none leaves its local column empty', async () => {
  const json = await text(answerWith([{ ...SIGN_IN, createdDateTime: 'once' }]), 'jsonl');
  expect(line(json, 1)).toMatchObject({ createdDateTime: 'once', localTime: '' });
});

test('what is read by people has fewer columns, and the hash of the same rows', async () => {
  const markdown = await text(answerWith([SIGN_IN]), 'markdown');
  expect(markdown).toMatch(/^\| Time \(UTC\) \|.*\| Request id \|$/m);
  expect(
    markdown
      .split('\n')
      .find((one) => one.startsWith('| ---'))
      ?.match(/---/g),
  ).toHaveLength(12);
  const { hash } = line(await text(answerWith([SIGN_IN]), 'jsonl'), 0).file;
  expect(markdown).toContain(hash);
  expect(await text(answerWith([SIGN_IN]), 'csv')).toContain(hash);
});

describe('H164: the name of a file is made by the bot', () => {
  test.each([
    ['sign-ins', 'csv', 'flagman-sign-ins-20261121-120000.csv'],
    ['sign-ins', 'jsonl', 'flagman-sign-ins-20261121-120000.jsonl'],
    ['timeline', 'markdown', 'flagman-timeline-20261121-120000.md'],
  ] as const)('of %s as %s', (what, format, name) => {
    expect(fileName(what, format, Date.parse('2026-11-21T12:00:00Z'))).toBe(name);
  });

  test('of ASCII letters, digits, hyphens and one dot', () => {
    for (const now of [0, 1, Date.parse('2027-02-28T23:59:59.999Z')])
      expect(fileName('sign-ins', 'csv', now)).toMatch(/^[a-z][a-z\d-]*\.[a-z]+$/);
  });
});

describe('H163: 100,000 rows', () => {
  const ROWS = 100_000;
  const many = answerWith(
    Array.from({ length: ROWS }, (_, at) => ({
      ...SIGN_IN,
      id: `row-${at}`,
      userPrincipalName: `u${at}@contoso.com`,
    })),
  );

  test('are written in small pieces, of which none is kept, and nobody waits meanwhile', async () => {
    const content = signInFile(kept(many), 'Europe/Oslo');
    let [largest, lines, turns] = [0, 0, 0];
    const ticking = setInterval(() => {
      turns += 1;
    }, 1);
    for await (const piece of written(content, 'jsonl')) {
      largest = Math.max(largest, piece.length);
      lines += piece.split('\n').length - 1;
    }
    clearInterval(ticking);
    expect(lines).toBe(ROWS + 1);
    expect(largest).toBeLessThan(512 * 1024);
    expect(turns).toBeGreaterThan(100);
  });

  test('two at once are the same file, and as large as was said', async () => {
    const content = signInFile(kept(many), 'UTC');
    const length = async (): Promise<number> => {
      let bytes = 0;
      for await (const piece of written(content, 'csv')) bytes += Buffer.byteLength(piece);
      return bytes;
    };
    const [one, other] = await Promise.all([length(), length()]);
    expect(one).toBe(other);
    expect(await sizeOf(content, 'csv')).toBe(one);
  });
});
