import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Conversation, converse } from '../support/conversation.ts';

let talk: Conversation;

beforeAll(async () => {
  talk = await converse();
  await talk.say('analyst', 'this is incident INC-204', 'group');
});
afterAll(() => talk.close());

const shareTo = (button: string): Promise<string> =>
  talk.press('analyst', button, 'personal', { inputs: { incident: 'INC-204' } });

describe('whoever shared by a form', () => {
  test('saw the results of the rows, and goes back to the page that they stand on', async () => {
    await talk.say('analyst', 'blocked by conditional access last 7 days');
    const page = await talk.press('analyst', 'Show more');
    expect(page).toContain('#11 ');
    const form = await talk.press('analyst', 'Share these 10…');
    expect(form).toMatch(/UTC.* · FAILED 53003/);
    expect(await shareTo('Share')).toContain('[Back to the list]');
    expect(await talk.press('analyst', 'Back to the list')).toContain('#11 ');
  });

  test('goes back from a single row to its page', async () => {
    await talk.say('analyst', 'blocked by conditional access last 7 days');
    await talk.press('analyst', 'Show more');
    await talk.press('analyst', 'Share…');
    expect(await shareTo('Share')).toContain('Shared as share');
    expect(await talk.press('analyst', 'Back to the list')).toContain('#11 ');
  });

  test('by text, nothing leads back: the list stands above', async () => {
    await talk.say('analyst', 'blocked by conditional access last 7 days');
    expect(await talk.say('analyst', 'share #1 to INC-204')).not.toContain('Back to the list');
  });

  test('is told how much of which answer it was, in case that was another one than was meant', async () => {
    await talk.say('analyst', 'top 2 flagged for user@contoso.com last 7 days');
    expect(await talk.say('analyst', 'share #1 to INC-204')).toContain(
      '\nIt shows: 1 of the newest 2 flagged sign-ins.\n',
    );
  });
});
