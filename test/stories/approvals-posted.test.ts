import { describe, expect, test } from '@jest/globals';
import { findAction } from '../../src/demo/chat/actions.ts';
import { layOut } from '../../src/demo/chat/conversations.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { shifts } from '../support/shift.ts';

const [CHANNEL] = layOut(Object.values(PEOPLE), 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08').slice(-1);

shifts('the card of a request', {}, (shift) => {
  test('that Teams lets nobody post at first comes while it can still be decided', async () => {
    const { talk, tables, say, press, later, look, risky, effectsOn } = shift();
    const signIn = risky();
    talk.demo.chat.faults.add({ answer: 403, method: 'POST' });
    await say('analyst', `confirm compromised ${signIn} reason: user denies travel`, 'group');
    expect(await later(5_000, 'analyst', 'group')).toMatch(/Waiting for a decision/);
    const cr = `CR-${await tables.newest()}`;
    await press('approver', 'Approve', 'group', { about: RegExp(`^## ${cr}`) });
    expect(effectsOn(signIn)).toBe(1);
    expect(await look('outsider', RegExp(`^## ${cr}`), 'group')).toMatch(/^Done$/m);
  });

  test('follows its own request, also when a button of another one is said to have been pressed on it', async () => {
    const { talk, ask, find, look, rest } = shift();
    const [one, other] = [await ask(), await ask()];
    const { id, conversationId } = find('approver', RegExp(`^## ${one.cr}`), 'group');
    const reject = findAction(find('approver', RegExp(`^## ${other.cr}`), 'group').card, 'Reject');
    if (!reject) throw new Error('Nothing can be rejected.');
    const { oid } = PEOPLE.approver;
    await talk.demo.chat.invoke(oid, conversationId, id, reject, { inputs: { reason: 'No' } });
    await rest();
    expect(await look('outsider', RegExp(`^## ${other.cr}`), 'group')).toMatch(/^Rejected$/m);
    expect(await look('outsider', RegExp(`^## ${one.cr}`), 'group')).toMatch(/^Waiting for a decision$/m);
  });
});

describe('with a conversation for all requests that does not exist', () => {
  shifts(
    'a request that is made in a personal chat',
    { environment: { APPROVALS_CONVERSATION: '19:nowhere@thread.tacv2' } },
    (shift) => {
      test('tells that nobody else has seen it', async () => {
        const { talk, say, risky } = shift();
        const answer = await say('analyst', `confirm compromised ${risky()} reason: user denies travel`);
        expect(answer).toMatch(/Nobody else has seen it, because I was never in the conversation/);
        expect(talk.log.join('')).toMatch(/no such place.*post\.nowhere/);
      });
    },
  );
});

describe('with a conversation for all requests that the bot came into', () => {
  shifts(
    'a request that is made in a personal chat',
    { environment: { APPROVALS_CONVERSATION: CHANNEL?.id ?? '' } },
    (shift) => {
      test('tells nothing of the kind', async () => {
        const { say, risky } = shift();
        const answer = await say('analyst', `confirm compromised ${risky()} reason: user denies travel`);
        expect(answer).not.toMatch(/Nobody else/);
      });
    },
  );
});
