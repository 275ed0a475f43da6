import { expect } from '@jest/globals';
import { shifts, tale } from '../support/shift.ts';

shifts('an incident', {}, (shift) => {
  tale(
    shift,
    'sharing-in-a-thread',
    'gets a thread, in which rows of other chats are shared as they were',
    async ({ say, reply, press, look }) => {
      await say('analyst', 'top 3 sign-ins for kim@contoso.com last 7 days');
      await say('analyst', 'share #2 to incident INC-204');
      await say('analyst', 'this is incident INC-204');
      await say('outsider', 'this is incident INC-204', 'channel');
      await reply('analyst', 'this is incident INC-204');
      await reply('secondAnalyst', 'this is incident INC-205');
      await say('analyst', 'this is incident INC-204', 'group');
      await say('analyst', 'incidents');
      await say('analyst', 'share #2 to incident INC-204');
      await look('approver', /Share 1/, 'channel');
      await say('analyst', 'post that to the incident thread');
      await say('analyst', 'share #9 with INC-204');
      await say('analyst', 'share 66ea54eb-6301-4ee5-be62-ff5a759b0100 to INC-204');
      await reply('secondAnalyst', 'failed sign-ins last 2h');
      await reply('secondAnalyst', 'post that to the incident thread');
      await press('outsider', 'Refresh', 'channel', { about: /Share 1/ });
      await press('approver', 'Refresh', 'channel', { about: /Share 1/ });
      await press('outsider', 'Verify', 'channel', { about: /Share 1/ });
      await say('outsider', 'share 1');
      await say('outsider', 'verify share 1');
      await say('approver', 'share 1');
      await say('approver', 'verify share 1 00000000');
      await say('approver', 'verify share 77');
    },
  );

  tale(
    shift,
    'sharing-by-form',
    'is chosen on the form of a row or of a page, once however often it is pressed',
    async ({ talk, say, press, look }) => {
      await say('analyst', 'move incident INC-301 here', 'group');
      await say('analyst', 'top 2 sign-ins for kim@contoso.com last 7 days');
      await press('analyst', 'Share…');
      await press('analyst', 'Share', 'personal', { inputs: { incident: '' } });
      await press('analyst', 'Share', 'personal', { inputs: { incident: 'INC-999' } });
      await press('analyst', 'Share', 'personal', { inputs: { incident: 'INC-301' } });
      await look('approver', /Share \d/, 'group');
      const cards = () => talk.demo.chat.messages(talk.demo.chat.group.id, '').length;
      const before = cards();
      await say('analyst', 'details #1');
      await press('analyst', 'Share…');
      await press('analyst', 'Share', 'personal', { inputs: { incident: 'INC-301' } });
      expect(cards()).toBe(before);
    },
  );

  tale(
    shift,
    'sharing-requests',
    'has the requests of its thread and those that name it, and none that name another one',
    async ({ say, reply, risky }) => {
      await say('analyst', 'this is incident INC-401', 'channel');
      await reply('analyst', `dismiss risk ${risky()} because of CVE-2026-1234 on Windows-11`);
      await say('analyst', `confirm safe ${risky()} reason: see INC-401 and INC-999`, 'group');
      await say('analyst', `confirm safe ${risky()} reason: nothing else`, 'personal');
      await say('secondAnalyst', 'this is incident INC-402', 'channel');
      await reply('secondAnalyst', `confirm safe ${risky()} reason: belongs to INC-401`);
      const named = async (incident: string): Promise<string[]> =>
        [...new Set((await say('analyst', `timeline ${incident}`)).match(/CR-\d+/g))].toSorted();
      expect(await named('INC-401')).toEqual(['CR-1001', 'CR-1002', 'CR-1004']);
      expect(await named('INC-402')).toEqual([]);
    },
  );
});

shifts(
  'what an incident has',
  { environment: { SHARE_REDACTION: 'channel=user,address,device' } },
  (shift) => {
    tale(
      shift,
      'sharing-redacted',
      'leaves out what its place leaves out, and stands in its timeline with requests and votes',
      async ({ say, reply, press, look }) => {
        await say('analyst', 'this is incident INC-204', 'channel');
        await say('analyst', 'top 1 risky sign-ins for kim@contoso.com last 7 days');
        await say('analyst', 'share #1 to INC-204');
        await look('approver', /Share 1/, 'channel');
        await reply('analyst', 'confirm compromised #1 reason: user denies travel', { about: /Share 1/ });
        await press('approver', 'Approve', 'channel');
        await say('analyst', 'timeline INC-204');
      },
    );
  },
);
