import { expect, test } from '@jest/globals';
import { stage, story } from './story.ts';

const talk = stage();

story(
  talk,
  'mission',
  'the mission: flagged sign-ins of a user, one in full, and what its error means',
  async ({ say, press }) => {
    await say('analyst', 'flagged for user@contoso.com since 2021-10-01');
    await press('analyst', 'Details');
    await press('analyst', 'Explain this error');
  },
);

story(talk, 'help-desk', 'the help desk looks up why somebody cannot sign in', async ({ say, press }) => {
  await say('helpDesk', 'flagged today');
  await say('helpDesk', 'sign-ins for alex+test@contoso.com last 24h');
  await say('helpDesk', 'details #1');
  await say('helpDesk', 'what is 50126');
  await say('helpDesk', 'help flagging');
  await press('helpDesk', 'flagged today');
});

story(
  talk,
  'password-spray',
  'a password spray: who was tried from an address, and who was hit',
  async ({ say, press }) => {
    await say('analyst', 'who signed in from 203.0.113.8 last 24h');
    await say('analyst', 'successful sign-ins from 203.0.113.0/24 last 24h');
    await say('analyst', 'details #1');
    await press('analyst', 'Same user');
  },
);

story(talk, 'impossible-traveller', 'an impossible traveller', async ({ say, press }) => {
  await say('analyst', 'risky sign-ins last 24h');
  await say('analyst', 'what does unlikelyTravel mean');
  await say('analyst', 'sign-ins for henrik.dahl@contoso.com today');
  await press('analyst', 'Details');
});

story(talk, 'stolen-token', 'a stolen token is used without anybody signing in', async ({ say, press }) => {
  await say('analyst', 'sign-ins for maria.lopez@contoso.com last 24h');
  await say('analyst', 'non-interactive sign-ins for maria.lopez@contoso.com last 24h');
  await press('analyst', 'Show more');
  await press('analyst', 'Details');
});

story(
  talk,
  'paging',
  'an answer of many rows is read page by page, by buttons and by words',
  async ({ say, press }) => {
    await say('analyst', 'sign-ins from 203.0.113.7 last 24h');
    await press('analyst', 'Show more');
    await say('analyst', 'next page');
    await press('analyst', 'Details');
    await press('analyst', 'Back to the list');
    await say('analyst', 'next page');
    await press('analyst', 'Refresh');
  },
);

story(talk, 'second-pass', 'what Graph cannot test is tested on the rows, and said', async ({ say }) => {
  await say('analyst', 'failed sign-ins last 24h');
  await say('analyst', 'sign-ins for user@contoso.com last 7 days not from NO');
  await say('analyst', 'what filter did you use');
});

story(
  talk,
  'old-window',
  'a window that lies wholly before what is kept is not an all-clear',
  async ({ say, press }) => {
    await say('analyst', 'flagged for user@contoso.com before 2021-10-01');
    await say('analyst', 'what filter did you use');
    await say('analyst', 'flagged for nobody.here@contoso.com on 2026-11-20');
    await press('analyst', 'Refresh');
  },
);

story(talk, 'misspelt', 'a misspelt question is corrected by a press', async ({ say, press }) => {
  await say('analyst', 'flaged for user@contoso.com since yesterday');
  await press('analyst', 'flagged for user@contoso.com since yesterday');
  await say('analyst', 'the colour of the sky');
  await say('analyst', 'status/errorCode eq 50126');
  await say('analyst', 'confirm #1 compromised');
});

story(
  talk,
  'directory',
  'a first name is looked up in the directory, and not guessed',
  async ({ say, press }) => {
    await say('analyst', 'sign-ins for bob');
    await press('analyst', 'Bob Li (bob.li@contoso.com)');
    await say('analyst', 'sign-ins for zebedee');
  },
);

story(talk, 'pasted-error', 'a pasted error leads to its sign-in', async ({ say }) => {
  await say(
    'helpDesk',
    'Sorry, but we’re having trouble signing you in. AADSTS50105: Your administrator has configured the application to block users. Trace ID: 66ea54eb-6301-4ee5-be62-ff5a759b0100 Correlation ID: d79f5bee-5860-4832-928f-3133e22ae912 Timestamp: 2026-11-21 07:00:00Z',
  );
  await say(
    'helpDesk',
    'Trace ID: 00000000-0000-4000-8000-00000000dead Correlation ID: d79f5bee-5860-4832-928f-3133e22ae912 Timestamp: 2026-11-21 07:00:00Z',
  );
});

story(talk, 'timezone', 'times are read and shown in the chosen zone', async ({ say, press }) => {
  await say('globalAdmin', 'flagged since 01:00');
  await say('globalAdmin', 'set my timezone Asia/Kolkata');
  await press('globalAdmin', 'help time');
  await say('globalAdmin', 'flagged since 14:00');
  await say('globalAdmin', 'set my timezone Narnia');
});

test('H113: a sign-in that was published twice is one row, in its last version', async () => {
  const { demo, say } = talk();
  const versions = demo.graph.tenant.signIns.filter(
    ({ userPrincipalName, createdDateTime }) =>
      userPrincipalName === 'kim@contoso.com' && createdDateTime > '2026-11-20T12:00',
  );
  const ids = new Set(versions.map(({ id }) => id));
  expect(versions.length).toBeGreaterThan(ids.size);
  const seen = await say('analyst', 'sign-ins for kim@contoso.com last 24h');
  expect(seen).toMatch(new RegExp(`^## ${ids.size} sign-ins\n`));
  for (const id of ids) expect(seen.split(`Request ${id}`)).toHaveLength(2);
  const risky = new Set(versions.filter(({ riskState }) => riskState === 'atRisk').map(({ id }) => id));
  expect(seen.match(/AT RISK/g)).toHaveLength(risky.size);
});
