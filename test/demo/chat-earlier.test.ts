import { expect, test } from '@jest/globals';
import { startChat } from '../../src/demo/chat/world.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { SHIFT } from '../../src/demo/tenant/shift.ts';
import { createTenant } from '../../src/demo/tenant/tenant.ts';
import { quiet, startScriptedBot } from './scripted-bot.ts';

const NOW = Date.parse('2026-11-21T19:00:00Z');
const { analyst } = PEOPLE;

test('the channel begins with what the shift said, which the bot has not heard and can be answered to', async () => {
  const bot = await startScriptedBot(quiet);
  const chat = await startChat({
    people: Object.values(PEOPLE),
    tenantId: TENANT_ID,
    appId: TENANT_ID,
    clock: () => NOW,
    earlier: SHIFT,
  });
  try {
    await chat.connect(bot.url);
    const said = chat.messages(chat.channel.id, analyst.oid);
    expect(said.map(({ text }) => text)).toEqual(SHIFT.flat().map(({ text }) => text));
    expect(new Set(said.map(({ conversationId }) => conversationId)).size).toBe(SHIFT.length);
    expect(bot.heard.filter(({ activity }) => activity.type === 'message')).toEqual([]);

    const thread = said.at(-1)?.conversationId ?? '';
    await chat.say(analyst.oid, thread, 'this is incident INC-204');
    expect(chat.messages(thread, analyst.oid)).toHaveLength((SHIFT.at(-1)?.length ?? 0) + 1);
  } finally {
    await chat.close();
    await bot.close();
  }
});

test('what the shift said happened in the tenant, and before it was said', () => {
  const { signIns } = createTenant({ seed: 7, now: NOW });
  const [[spray], [travel]] = [SHIFT[0] ?? [], SHIFT[1] ?? []];
  const succeeded = (user: string, address: string): readonly number[] =>
    signIns
      .filter(({ userPrincipalName, ipAddress }) => userPrincipalName === user && ipAddress === address)
      .filter(({ status }) => Object(status).errorCode === 0)
      .map(({ createdDateTime }) => (NOW - Date.parse(createdDateTime)) / 60_000);
  const [kim = 0] = succeeded('kim@contoso.com', '203.0.113.8');
  const [henrik = 0] = succeeded('henrik.dahl@contoso.com', '203.0.113.66');
  expect(spray?.text).toContain('kim@contoso.com');
  expect(kim).toBeGreaterThan(spray?.minutesAgo ?? 0);
  expect(travel?.text).toContain('henrik.dahl@contoso.com');
  expect(henrik).toBeGreaterThan(travel?.minutesAgo ?? 0);
});
