import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/reading.ts';
import { readConfig } from '../../src/config.ts';
import { READER_ROLES, ROLES } from '../../src/entra/roles.ts';

const GUID = '11111111-2222-3333-4444-555555555555';

const good: Environment = {
  MicrosoftAppId: GUID,
  MicrosoftAppTenantId: '66666666-7777-8888-9999-aaaaaaaaaaaa',
  MicrosoftAppPassword: 'canary-password',
  LEDGER_KEY: 'ab'.repeat(32),
};

describe('changes', () => {
  const problems = (environment: Environment): readonly string[] => {
    const read = readConfig(environment);
    return read.ok ? [] : read.error;
  };
  const changesOf = (change: Environment) => {
    const read = readConfig({ ...good, ...change });
    return read.ok ? read.value.changes : read.error;
  };
  const riskRoles = [ROLES['Security Administrator'], ROLES['Global Administrator']];

  test('need two people, one of them with a role that decides about risk, within half an hour', () => {
    expect(changesOf({})).toEqual({
      requesterRoles: READER_ROLES.map((name) => ROLES[name]),
      approverRoles: {
        'confirm-sign-in-compromised': riskRoles,
        'confirm-sign-in-safe': riskRoles,
        'dismiss-sign-in-risk': riskRoles,
      },
      mode: 'four-eyes',
      approvalMs: 1_800_000,
      reminderMs: 300_000,
      performMs: 900_000,
      settleMs: 60_000,
      guests: 'refuse',
      onePersonBy: 'account',
    });
  });

  test('may be asked for by who may read, unless other roles are named', () => {
    expect(changesOf({ READER_ROLES: GUID })).toMatchObject({ requesterRoles: [GUID] });
    expect(changesOf({ READER_ROLES: GUID, REQUESTER_ROLES: riskRoles.join() })).toMatchObject({
      requesterRoles: riskRoles,
    });
  });

  test.each([
    ['CONFIRM_COMPROMISED_ROLES', 'confirm-sign-in-compromised'],
    ['CONFIRM_SAFE_ROLES', 'confirm-sign-in-safe'],
    ['DISMISS_RISK_ROLES', 'dismiss-sign-in-risk'],
  ])('%s names roles for %s alone, custom ones too, in their order', (name, action) => {
    const custom = 'ABCDEF00-2222-4333-8444-555555555555';
    const usual = changesOf({});
    expect(changesOf({ [name]: `${custom}, ${riskRoles[0]}` })).toEqual({
      ...usual,
      approverRoles: {
        'confirm-sign-in-compromised': riskRoles,
        'confirm-sign-in-safe': riskRoles,
        'dismiss-sign-in-risk': riskRoles,
        [action]: [custom.toLowerCase(), riskRoles[0]],
      },
    });
  });

  test('are configured whole', () => {
    expect(
      changesOf({
        APPROVALS: 'single',
        APPROVAL_MINUTES: '1440',
        APPROVAL_REMINDER_MINUTES: '1439',
        PERFORM_MINUTES: '1',
        SETTLE_SECONDS: '900',
        GUESTS: 'allow',
        ONE_PERSON: 'employeeId',
        APPROVALS_CONVERSATION: '19:abc@thread.tacv2',
      }),
    ).toMatchObject({
      mode: 'single',
      approvalMs: 86_400_000,
      reminderMs: 86_340_000,
      performMs: 60_000,
      settleMs: 900_000,
      guests: 'allow',
      onePersonBy: 'employeeId',
      conversation: '19:abc@thread.tacv2',
    });
  });

  test('that expire soon need their reminder set too; none is asked for by 0', () => {
    expect(changesOf({ APPROVAL_MINUTES: '5' })).toEqual([
      'APPROVAL_REMINDER_MINUTES must be less than APPROVAL_MINUTES (0 posts none).',
    ]);
    expect(changesOf({ APPROVAL_MINUTES: '1', APPROVAL_REMINDER_MINUTES: '0' })).toMatchObject({
      approvalMs: 60_000,
      reminderMs: 0,
    });
  });

  test.each([
    ['APPROVALS', '0'],
    ['APPROVALS', ''],
    ['APPROVALS', 'none'],
    ['APPROVAL_MINUTES', '0'],
    ['APPROVAL_MINUTES', '1441'],
    ['APPROVAL_MINUTES', '5256000'],
    ['APPROVAL_MINUTES', '0.5'],
    ['APPROVAL_REMINDER_MINUTES', '-1'],
    ['APPROVAL_REMINDER_MINUTES', '30'],
    ['PERFORM_MINUTES', '0'],
    ['PERFORM_MINUTES', '5256000'],
    ['SETTLE_SECONDS', '0'],
    ['SETTLE_SECONDS', '901'],
    ['REQUESTER_ROLES', ''],
    ['REQUESTER_ROLES', '*'],
    ['CONFIRM_COMPROMISED_ROLES', ''],
    ['CONFIRM_COMPROMISED_ROLES', `${GUID},`],
    ['CONFIRM_SAFE_ROLES', 'Security Administrator'],
    ['DISMISS_RISK_ROLES', ' '],
    ['GUESTS', 'yes'],
    ['ONE_PERSON', ''],
    ['APPROVALS_CONVERSATION', ''],
    ['APPROVALS_CONVERSATION', 'the security channel'],
    ['LEDGER_CONVERSATION', ''],
  ])('H177: %s=%j refuses the start', (name, value) => {
    expect(problems({ ...good, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} must `)),
    ]);
  });

  test('H177: what is wrong about changes is listed whole', () => {
    const wrong = {
      APPROVALS: '0',
      APPROVAL_MINUTES: '0',
      PERFORM_MINUTES: '5256000',
      CONFIRM_COMPROMISED_ROLES: '',
      CONFIRM_SAFE_ROLES: `,${GUID}`,
      GUESTS: '1',
      APPROVAL_REMINDER_MINUTES: '60',
    };
    const found = problems({ ...good, ...wrong });
    expect(found.map((problem) => problem.split(' ')[0]).sort()).toEqual(Object.keys(wrong).sort());
  });

  test('H177: misspelt limits of who may decide are named, not ignored', () => {
    expect(
      problems({ ...good, Confirm_Safe_Roles: GUID, approvals: 'single', one_person: 'employeeId' }),
    ).toEqual([
      'Confirm_Safe_Roles is misspelt: it is CONFIRM_SAFE_ROLES.',
      'approvals is misspelt: it is APPROVALS.',
      'one_person is misspelt: it is ONE_PERSON.',
    ]);
  });
});
