import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runDoctor } from './ground.ts';

describe('without any configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flagman-doctor-none-'));
  beforeAll(() => chmodSync(folder, 0o755));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('it says what is missing and how to begin', async () => {
    const { code, out, errors } = await runDoctor(folder, [], {});
    expect(code).toBe(2);
    expect(errors).toBe('');
    expect(out).toContain('copy .env.sample to .env');
    for (const name of ['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword', 'LEDGER_KEY'])
      expect(out).toContain(`  - ${name} is missing`);
    expect(out).not.toMatch(/\bat .*:\d+/);
  });

  test('it says so to machines too', async () => {
    const { code, out } = await runDoctor(folder, ['--json'], {});
    expect(code).toBe(2);
    const { exitCode, findings } = JSON.parse(out);
    expect(exitCode).toBe(2);
    expect(findings).toContainEqual({
      check: 'configuration',
      verdict: 'wrong',
      what: expect.stringContaining('MicrosoftAppId is missing'),
      mend: expect.stringContaining('.env.sample'),
    });
  });

  test.each([[['--json', '--jsn']], [['--json', '--seconds', '0']]])(
    '%j is refused in the shape that machines read',
    async (flags) => {
      const { code, out, errors } = await runDoctor(folder, flags, {});
      expect({ code, errors }).toEqual({ code: 2, errors: '' });
      expect(JSON.parse(out)).toEqual({
        exitCode: 2,
        findings: [expect.objectContaining({ check: 'configuration', verdict: 'wrong' })],
      });
    },
  );

  test.each([
    { flags: ['--jsn'], says: /Unknown option '--jsn'/ },
    { flags: ['--seconds', '0'], says: /--seconds takes a whole number from 1 to 30/ },
    { flags: ['--seconds', '1e1'], says: /--seconds takes a whole number from 1 to 30/ },
    { flags: ['extra'], says: /extra/ },
  ])('$flags is refused, with how it is used', async ({ flags, says }) => {
    const { code, out, errors } = await runDoctor(folder, flags, {});
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toMatch(says);
    expect(errors).toContain('Usage: node src/cli/doctor.ts');
  });

  test('--help says how it is used', async () => {
    const { code, out } = await runDoctor(folder, ['--help'], {});
    expect(code).toBe(0);
    expect(out).toContain('Exit code: 0 nothing is wrong');
  });
});
