import { describe, expect, test } from '@jest/globals';
import type { Conversation } from '../support/conversation.ts';
import { stage } from './story.ts';

const talk = stage();

/** Asks for a change of a risky sign-in, and gives its id. */
const asked = async (chat: Conversation, row: number): Promise<string> => {
  await chat.say('analyst', 'high risk sign-ins not yet handled last 7 days', 'channel');
  const card = await chat.reply('analyst', `confirm compromised #${row} reason: user denies travel`, true);
  return /Request ([\da-f-]{36})/.exec(card)?.[1] ?? '';
};

describe('a press on Approve', () => {
  test('does not count for what somebody has decided elsewhere a moment ago', async () => {
    const chat = talk();
    const id = await asked(chat, 1);
    chat.demo.graph.decide(id, {
      riskState: 'confirmedSafe',
      riskDetail: 'adminConfirmedSigninSafe',
      riskLevelAggregated: 'none',
    });
    const answer = await chat.press('approver', 'Approve', 'channel', { cardOf: 'analyst' });
    expect(answer).toMatch(/is void\. Somebody has decided about one of its sign-ins elsewhere/);
    expect(await chat.until('analyst', /Void/, 'channel')).toContain('AT RISK · high → Confirmed safe');
    expect(chat.demo.graph.effects).toEqual([]);
  });

  test('asks for a new press where the risk has sunk a moment ago, and then counts', async () => {
    const chat = talk();
    const id = await asked(chat, 2);
    const risk = { riskState: 'atRisk', riskDetail: 'none', riskLevelAggregated: 'low' };
    chat.demo.graph.decide(id, risk);
    const answer = await chat.press('approver', 'Approve', 'channel', { cardOf: 'analyst' });
    expect(answer).toContain('has changed since this card was drawn');
    await chat.until('analyst', /AT RISK · low/, 'channel');
    expect(chat.demo.graph.effects).toEqual([]);
    await chat.press('approver', 'Approve', 'channel', { cardOf: 'analyst' });
    await chat.until('analyst', /still processing/, 'channel');
    expect(chat.demo.graph.effects.map(({ requestId }) => requestId)).toEqual([id]);
  });

  test('counts where the risk has risen, and where Graph does not tell in time', async () => {
    const chat = talk();
    const id = await asked(chat, 3);
    chat.demo.graph.faults.push({
      path: '/auditLogs/signIns/',
      times: 1,
      effect: { kind: 'answer', status: 500 },
    });
    await chat.press('approver', 'Approve', 'channel', { cardOf: 'analyst' });
    chat.wait(2_000);
    await chat.until('analyst', /still processing/, 'channel');
    expect(chat.demo.graph.effects.map(({ requestId }) => requestId)).toContain(id);
  });
});
