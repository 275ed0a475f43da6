import { describe, expect, test } from '@jest/globals';
import { configurationFindings } from '../../../src/cli/doctor/configuration.ts';
import { exitCodeOf, type Finding, type Found } from '../../../src/cli/doctor/finding.ts';
import { asJson, asText } from '../../../src/cli/doctor/report.ts';
import { gatherWithin, inTime } from '../../../src/cli/doctor/timed.ts';
import { readConfig } from '../../../src/config.ts';
import { fail } from '../../../src/lib/result.ts';
import { APP, only, TENANT, verdicts } from './found.ts';

describe('the configuration', () => {
  const environment = {
    MicrosoftAppId: APP,
    MicrosoftAppTenantId: TENANT,
    MicrosoftAppPassword: 'secret',
    LEDGER_KEY: 'ab'.repeat(32),
  };
  const found = (change: Readonly<Record<string, string>>) =>
    configurationFindings(readConfig({ ...environment, ...change }), undefined);

  test('as it usually is is right', () => {
    expect(verdicts(found({}))).toEqual(['ok']);
  });

  test.each([
    [{ APPROVALS: 'single' }, /alone/],
    [{ GUESTS: 'allow' }, /Guests/],
    [{ ROLE_MEMORY_SECONDS: '3600' }, /60 minutes/],
    [{ RETENTION_DAYS: '90' }, /30 days/],
    [{ LOG_LEVEL: 'error' }, /checkpoints/],
    [{ DATA: 'postgres://db.example/flagman' }, /unprotected/],
  ])('%j is unwise', (change, what) => {
    expect(only(found(change))).toMatchObject({ verdict: 'warning', what: expect.stringMatching(what) });
  });

  test('may leave checkpoints out of the log where they are posted', () => {
    expect(verdicts(found({ LOG_LEVEL: 'error', LEDGER_CONVERSATION: '19:x@thread.v2' }))).toEqual(['ok']);
  });

  test('with problems tells each of them, and an .env that others can read besides', () => {
    expect(verdicts(configurationFindings(fail(['One.', 'Two.']), 0o100644))).toEqual([
      'wrong',
      'wrong',
      'warning',
    ]);
    expect(verdicts(configurationFindings(fail(['One.']), 0o100600))).toEqual(['wrong']);
  });
});

describe('time', () => {
  const never = new Promise<string>(() => undefined);
  const read = (fact: string): readonly Found[] => [{ verdict: 'ok', what: fact }];

  test('that is over for one part leaves the others', async () => {
    const gather = gatherWithin(60_000, () => performance.now());
    expect(only(inTime(await gather(1, () => never), 'Graph', read))).toMatchObject({
      verdict: 'wrong',
      what: 'Graph did not answer in time.',
    });
    expect(only(inTime(await gather(1_000, async () => 'there'), 'Graph', read)).what).toBe('there');
  });

  test('that is over for all keeps what follows from being asked', async () => {
    let now = 0;
    let asked = 0;
    const gather = gatherWithin(100, () => now);
    now = 100;
    const fact = await gather(50, async () => {
      asked += 1;
      return 'there';
    });
    expect(only(inTime(fact, 'Graph', read)).verdict).toBe('not-checked');
    expect(asked).toBe(0);
  });

  test('what throws is told, and nothing else is kept from being looked at', async () => {
    const gather = gatherWithin(60_000, () => performance.now());
    const fact = await gather(50, () => Promise.reject(new Error('It is broken.')));
    expect(only(inTime(fact, 'Graph', read))).toMatchObject({
      verdict: 'wrong',
      what: expect.stringMatching(/broken/),
    });
  });
});

describe('what is said', () => {
  const finding = (verdict: Finding['verdict'], what = 'It is so.'): Finding => ({
    check: 'store',
    verdict,
    what,
  });

  test('ends with how many things are wrong', () => {
    expect(asText([finding('ok')], [])).toBe('ok       Store: It is so.\n\nNothing is wrong.\n');
    expect(asText([finding('wrong'), finding('wrong'), finding('warning')], [])).toMatch(
      /\n2 things are wrong; 1 warning\.\n$/,
    );
  });

  test('whatever a finding holds, no secret is in it', () => {
    const secret = 'hunter2-hunter2';
    const findings = [
      { ...finding('wrong', `Not with ${secret}.`), mend: `Not ${secret}, nor Bearer abcdefgh1234.` },
    ];
    for (const say of [asText, asJson]) {
      expect(say(findings, [secret])).not.toContain('hunter2');
      expect(say(findings, [secret])).not.toContain('abcdefgh1234');
    }
  });

  test('the exit code is 1 where something is wrong, and 2 where something could not be looked at', () => {
    const missed = finding('not-checked');
    const expected = { ...missed, isExpected: true } as const;
    expect(exitCodeOf([finding('ok'), finding('warning'), expected])).toBe(0);
    expect(exitCodeOf([finding('ok'), missed, expected])).toBe(2);
    expect(exitCodeOf([missed, finding('wrong')])).toBe(1);
    expect(JSON.parse(asJson([finding('wrong')], []))).toEqual({ exitCode: 1, findings: [finding('wrong')] });
    expect(asText([missed, finding('warning')], [])).toMatch(
      /\nNothing is wrong; 1 warning; not everything could be looked at\.\n$/,
    );
  });

  test('no word is cut, so that commands can be copied', () => {
    const command = `\`az ad ${'app '.repeat(60)}\``;
    expect(asText([finding('wrong', `Run ${command}, then ${command}.`)], [])).toContain(
      `\n         ${command},\n         then\n         ${command}.\n`,
    );
  });
});
