import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Conversation, converse, textOf } from '../support/conversation.ts';

let talk: Conversation;

beforeAll(async () => {
  talk = await converse();
  await talk.say('analyst', 'this is incident INC-301', 'group');
});
afterAll(() => talk.close());

describe('a timeline that is taken away as a file', () => {
  test.each(['As CSV', 'As Markdown', 'As JSON lines'])('stays on its card: %s', async (button) => {
    await talk.say('analyst', 'timeline INC-301', 'group');
    const told = await talk.press('analyst', button, 'group');
    expect(told).toBe('(The file is offered in your personal chat.)\n');
    expect(textOf(talk.newest('analyst', 'group'))).toContain('Timeline of INC-301');
  });

  test('is not for whoever may not read it, who keeps seeing its card', async () => {
    await talk.say('analyst', 'timeline INC-301', 'group');
    const told = await talk.press('outsider', 'As CSV', 'group', { cardOf: 'analyst' });
    expect(told).toMatch(/^\(You may not read other people’s sign-ins/);
  });

  test('is offered in the personal chat, below its card', async () => {
    await talk.say('analyst', 'timeline INC-301');
    expect(await talk.press('analyst', 'As CSV')).toContain('It stands below');
  });
});
