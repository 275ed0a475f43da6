import { expect } from '@jest/globals';
import { crIn, shifts, tale } from '../support/shift.ts';

shifts('a change', {}, (shift) => {
  tale(
    shift,
    'approvals-in-a-channel',
    'is asked for by one in a thread, approved by another, done once and proven',
    async ({ talk, say, reply, press, later }) => {
      await say('analyst', 'high risk sign-ins not yet handled last 7 days', 'channel');
      await reply('analyst', 'confirm compromised #1 reason: user denies travel, INC-204');
      await press('analyst', 'Approve', 'channel');
      await press('outsider', 'Approve', 'channel');
      await press('approver', 'Approve', 'channel');
      await later(2_000, 'analyst', 'channel');
      await say('analyst', 'pending approvals');
      await say('analyst', 'history CR-1001');
      await reply('analyst', 'who approved CR-1001');
      expect(talk.demo.graph.effects.map(({ action }) => action)).toEqual(['confirmCompromised']);
    },
  );

  tale(
    shift,
    'approvals-by-form',
    'is asked for by the form of a row, and withdrawn by whoever asked',
    async ({ talk, say, press }) => {
      await say('analyst', 'top 2 sign-ins for kim@contoso.com at risk last 7 days');
      await press('analyst', 'Act…');
      await press('analyst', 'Ask for approval');
      await press('analyst', 'Ask for approval', 'personal', {
        inputs: { action: 'confirm-sign-in-safe', reason: '  ' },
      });
      await press('analyst', 'Ask for approval', 'personal', {
        inputs: { action: 'confirm-sign-in-safe', reason: 'Kim is on the phone, INC-205' },
      });
      await press('analyst', 'Withdraw');
      await say('analyst', 'details #2');
      await press('analyst', 'Act on this sign-in…', 'personal', { client: 'submit' });
      await press('analyst', 'Ask for approval', 'personal', {
        client: 'submit',
        inputs: { action: 'dismiss-sign-in-risk', reason: 'A test of ours' },
      });
      await press('analyst', 'Withdraw', 'personal', { client: 'submit' });
      expect(talk.demo.graph.effects).toHaveLength(1);
    },
  );

  tale(
    shift,
    'approvals-in-a-group',
    'is asked for about rows of an older card that is replied to, and rejected with a reason',
    async ({ talk, say, press, look }) => {
      await say('analyst', 'sign-ins for henrik.dahl@contoso.com at risk last 7 days', 'group');
      await say('analyst', 'top 1 flagged today', 'group');
      await say('secondAnalyst', 'dismiss risk #1, #2 because of our own test', 'group', {
        about: /You asked .*henrik/,
      });
      await press('globalAdmin', 'Refresh', 'group');
      await press('globalAdmin', 'Refresh', 'group', { client: 'submit' });
      await press('approver', 'Reject', 'group');
      await press('approver', 'Reject', 'group', { inputs: { reason: 'Henrik says it was not him' } });
      await look('secondAnalyst', /^## CR-\d+/, 'group');
      await press('globalAdmin', 'Show', 'group');
      expect(talk.demo.graph.effects).toHaveLength(1);
    },
  );

  tale(
    shift,
    'approvals-of-ten',
    'is asked for about ten sign-ins at once and not about eleven, each with an effect of its own',
    async ({ talk, say, press, later }) => {
      await say(
        'analyst',
        'sign-ins for maria.lopez@contoso.com at risk last 24h including non-interactive',
        'group',
      );
      await say('analyst', 'confirm compromised #1-11 reason: token theft', 'group');
      await say('analyst', 'confirm compromised #1-10 reason: token theft', 'group');
      await press('globalAdmin', 'Approve', 'group');
      await later(2_000, 'globalAdmin', 'group');
      expect(talk.demo.graph.effects).toHaveLength(11);
      expect(new Set(talk.demo.graph.effects.map(({ requestId }) => requestId)).size).toBe(11);
    },
  );

  tale(
    shift,
    'approvals-not-asked-for',
    'is not asked for without a reason, without a row, twice, or about what is no sign-in',
    async ({ say, risky }) => {
      await say('analyst', 'top 2 flagged today');
      await say('analyst', 'confirm safe #1');
      await say('analyst', 'confirm safe #3 reason: known VPN');
      await say('secondAnalyst', 'confirm safe #1 reason: known VPN');
      await say('analyst', 'confirm safe 00000000-0000-4000-8000-000000000000 reason: known VPN');
      await say('analyst', 'confirm compromised 9d9eca0b-a7ca-4373-a59a-b4a1bb4f604f reason: once more');
      const signIn = risky();
      const cr = crIn(await say('analyst', `confirm safe ${signIn} reason: known VPN`));
      await say('secondAnalyst', `confirm compromised ${signIn} reason: not known to me`);
      await say('analyst', `cancel ${cr}`);
    },
  );

  tale(
    shift,
    'approvals-by-text',
    'is decided by text where its card stands, or in the personal chat, and approved by the button alone',
    async ({ say, press, reply, risky, effectsOn }) => {
      const [first, second, third] = [risky(), risky(), risky()];
      const one = crIn(
        await say('analyst', `confirm compromised ${first} reason: user denies travel`, 'group'),
      );
      await say('approver', `approve ${one}`, 'channel');
      await say('approver', 'approve', 'personal');
      await say('approver', `approve ${one}`, 'personal');
      expect(effectsOn(first)).toBe(0);
      await press('approver', 'Approve', 'personal');
      expect(effectsOn(first)).toBe(1);
      const two = crIn(
        await say('analyst', `confirm compromised ${second} reason: user denies travel`, 'channel'),
      );
      await reply('approver', 'approve', { about: RegExp(two) });
      expect(effectsOn(second)).toBe(0);
      await reply('approver', 'reject the user remembers it now', { about: RegExp(two) });
      const three = crIn(
        await say('analyst', `confirm compromised ${third} reason: user denies travel`, 'group'),
      );
      await say('approver', `reject ${three}`);
      await say('approver', `reject ${three} spoke to the user, was travelling`);
      await say('approver', `withdraw ${three}`, 'group');
      await say('analyst', 'approve CR-1099');
    },
  );

  tale(
    shift,
    'approvals-looked-up',
    'is looked up by number, among those that wait, by its history and by its user',
    async ({ say, press, risky }) => {
      const cr = crIn(await say('analyst', `dismiss risk of ${risky()} reason: our own test`, 'group'));
      await say('approver', 'pending approvals', 'channel');
      await press('approver', 'Show', 'channel');
      await say('approver', cr);
      await say('approver', `who approved ${cr}`);
      await say('approver', 'history of henrik.dahl@contoso.com');
      await say('outsider', 'pending approvals');
      await say('outsider', cr);
      await press('outsider', 'Show', 'channel', { about: /waiting/ });
      await say('outsider', `history ${cr}`, 'group');
      await say('analyst', `withdraw ${cr}`);
    },
  );
});
