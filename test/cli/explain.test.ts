import { spawn } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';

const PROGRAM = new URL('../../src/cli/explain.ts', import.meta.url).pathname;
const NOW = ['--now', '2026-11-21T12:00:00Z'];

/** Runs the program as people do; `code` is its exit code. */
const run = (args: readonly string[], input = '') =>
  new Promise<{ out: string; err: string; code: number | null }>((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ out, err, code }));
    child.stdin.end(input);
  });

const explain = async (...args: readonly string[]) => JSON.parse((await run([...args, ...NOW])).out);

describe('explain', () => {
  test('prints the literal filter, what is sent, the URL and the window', async () => {
    expect(await explain('flagged for user@contoso.com since 2021-10-01')).toEqual({
      phrase: 'flagged for user@contoso.com since 2021-10-01',
      ok: true,
      command: 'flagged',
      filter:
        "flaggedForReview eq true and createdDateTime ge 2021-10-01T00:00:00Z and userPrincipalName eq 'user@contoso.com'",
      sent: "flaggedForReview eq true and createdDateTime ge 2026-10-22T12:05:00Z and userPrincipalName eq 'user@contoso.com'",
      url: expect.stringMatching(
        /^https:\/\/graph\.microsoft\.com\/beta\/auditLogs\/signIns\?\$filter=flaggedForReview%20eq%20true%20and/,
      ),
      window: { from: '2026-10-22T12:05:00Z', to: '2026-11-21T12:00:00Z', why: 'clipped' },
      secondPass: [],
      notes: [expect.stringContaining('30 days')],
    });
  });

  test('says what the rows are tested for, and what was assumed', async () => {
    const { secondPass, notes } = await explain('x_y.com#EXT#@contoso.com outside US last 24h');
    expect(secondPass).toEqual(['country is not US']);
    expect(notes[0]).toContain('x@y.com');
  });

  test('reads times in the zone and "my" as the id that it is given', async () => {
    const { filter } = await explain('my sign-ins since 08:00', '--zone', 'Europe/Oslo', '--me', 'an-id');
    expect(filter).toBe("createdDateTime ge 2026-11-21T07:00:00Z and userId eq 'an-id'");
    expect((await explain('my sign-ins')).filter).toBe("userId eq '{callerAadObjectId}'");
  });

  test('of a command that asks nothing prints no filter', async () => {
    const nothing = { ok: true, filter: null, sent: null, url: null, window: null, secondPass: [] };
    expect(await explain('help')).toMatchObject({ ...nothing, command: 'help' });
    expect(await explain('details #1')).toMatchObject({ ...nothing, notes: [expect.stringContaining('#1')] });
    expect(await explain('')).toMatchObject({ ...nothing, command: 'help' });
  });

  test('of a phrase that is not understood prints the code, a message and a suggestion', async () => {
    expect(await explain('sign-ins for bob')).toEqual({
      phrase: 'sign-ins for bob',
      ok: false,
      error: {
        code: 'not-a-upn',
        message: expect.stringContaining('"bob"'),
        suggestion: 'sign-ins for users named "bob"',
      },
    });
    const { error } = await explain('sign-ins from 999.1.2.3');
    expect(error).toMatchObject({ code: 'bad-address', suggestion: expect.stringContaining('203.0.113.7') });
  });

  test('of a wish for a change prints the wish, and asks nothing', async () => {
    expect(await explain('confirm compromised #1 #3 reason: user denies travel, INC-204')).toEqual({
      phrase: 'confirm compromised #1 #3 reason: user denies travel, INC-204',
      ok: true,
      kind: 'change',
      command: 'confirm compromised',
      wish: {
        wish: 'request',
        action: 'confirm-sign-in-compromised',
        targets: { rows: [1, 3] },
        reason: 'user denies travel, INC-204',
      },
      filter: null,
      sent: null,
      url: null,
      window: null,
      secondPass: [],
      notes: [expect.stringContaining('card that is replied to')],
    });
    expect(await explain('approve')).toMatchObject({ kind: 'change', wish: { wish: 'approve' } });
    expect(await explain('pending approvals')).not.toHaveProperty('kind');
  });

  test('without a moment takes the present one', async () => {
    const { out, code } = await run(['sign-ins last 1h']);
    expect(Math.abs(Date.parse(JSON.parse(out).window.to) - Date.now())).toBeLessThan(60_000);
    expect(code).toBe(0);
  });

  test('judges a line at a time, in order, as many as come', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `top ${(index % 1000) + 1} flagged`);
    const { out } = await run(['--stdin', ...NOW], `${lines.join('\n')}\n`);
    const phrases = out.trimEnd().split('\n');
    expect(phrases).toHaveLength(lines.length);
    expect(phrases.map((line) => JSON.parse(line).phrase)).toEqual(lines);
  });

  test('writes one object for each line, whatever stands in it', async () => {
    const lines = ['flagged\u2028today', 'a\rb', 'fl\0agged', '', 'x'.repeat(5000), '\u0085help'];
    const { out } = await run(['--stdin', ...NOW], `${lines.join('\r\n')}\n`);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).phrase),
    ).toEqual(lines);
  });

  test.each([
    [],
    ['flagged', '--stdin'],
    ['flagged', '--now', 'yesterday'],
    ['flagged', '--zone', 'Nowhere/Land'],
    ['flagged', '--colour'],
  ])('refuses bad usage with 2: %j', async (...args) => {
    const { out, err, code } = await run(args);
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err).toContain('Usage:');
  });
});
