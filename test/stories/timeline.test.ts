import { expect } from '@jest/globals';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import type { Who } from '../support/conversation.ts';
import { type Shift, shifts, tale } from '../support/shift.ts';

const MINUTE = 60_000;

/** Takes the file that was offered to somebody last; gives what lies in their OneDrive then. */
const takeFile = async ({ talk, rest }: Shift, who: Who): Promise<string> => {
  const { chat } = talk.demo;
  const { oid } = PEOPLE[who];
  const place = chat.personal(oid);
  const all = () => chat.messages(place, oid);
  const offer = all().findLast(({ offered }) => offered);
  if (!offer) throw new Error(`Nothing was offered to ${who}.`);
  expect(offer.offered?.description).toBe(
    '15 entries of the timeline of INC-301 as CSV. It can be taken for 15 minutes.',
  );
  await chat.consent(oid, place, offer.id, 'accept');
  await rest();
  const id = all().findLast(({ file }) => file)?.file?.id;
  return chat.files.find(id ?? '')?.body.toString('utf8') ?? '';
};

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
      const lines = (await takeFile(shift(), 'approver')).split('\r\n');
      expect(lines[0]).toContain('Timeline of INC-301, exported by Flagman');
      expect(lines.find((line) => line.includes('How complete'))).toContain('By the ledger: 15 entries, at');
      expect(lines.filter((line) => line.includes('"shared"'))).toHaveLength(14);
      await say('outsider', 'timeline INC-301 as markdown');
    },
  );
});
