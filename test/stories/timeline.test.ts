import { expect } from '@jest/globals';
import { shifts, tale } from '../support/shift.ts';

const MINUTE = 60_000;

shifts('the timeline of an incident', {}, (shift) => {
  tale(
    shift,
    'timeline-of-an-incident',
    'tells what was shared, asked for, refused, decided and done, to all who may read it',
    async ({ say, reply, press, later, risky }) => {
      await say('analyst', 'timeline', 'channel');
      await say('analyst', 'timeline INC-204');
      await say('analyst', 'this is incident INC-204', 'channel');
      await say('secondAnalyst', `sign-in ${risky()}`);
      await say('secondAnalyst', 'share #1 to INC-204');
      await reply('analyst', 'confirm compromised #1 reason: user denies travel', { about: /Share \d/ });
      await press('analyst', 'Approve', 'channel');
      await later(MINUTE, 'approver', 'channel');
      await press('approver', 'Approve', 'channel');
      await later(20 * MINUTE, 'approver', 'channel');
      await reply('approver', 'timeline');
      await press('approver', 'Refresh', 'channel', { about: /Timeline of/ });
      await press('outsider', 'Refresh', 'channel', { about: /Timeline of/ });
      await say('outsider', 'what happened in INC-204');
      await say('analyst', 'incidents');
    },
  );

  tale(
    shift,
    'timeline-of-many-entries',
    'is turned over page by page, and taken away as a file',
    async ({ say, press, talk, transcript }) => {
      await say('analyst', 'this is incident INC-301', 'group');
      await say('analyst', 'top 2 sign-ins for kim@contoso.com last 7 days');
      for (let row = 0; row < 14; row += 1) await say('analyst', `share #${(row % 2) + 1} to INC-301`);
      transcript();
      talk.wait(MINUTE);
      await say('approver', 'timeline INC-301');
      const second = await press('approver', 'Show more');
      expect(second).toContain('of 15, the newest first');
      expect(second).not.toContain('[Show more]');
      await press('approver', 'As CSV');
      await say('outsider', 'timeline INC-301 as markdown');
    },
  );
});
