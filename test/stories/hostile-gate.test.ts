import { expect, test } from '@jest/globals';
import { type Activity, invokeActivity, messageActivity } from '../../src/demo/chat/activity.ts';
import { type DemoPerson, PEOPLE } from '../../src/demo/tenant/people.ts';
import { count, newId } from '../support/forged-shares.ts';
import { type Shift, shifts } from '../support/shift.ts';

const FOREIGN = '99999999-9999-4999-8999-999999999999';

/** Sends an activity with these headers, past everything that signs; gives the status. */
const knock = async (
  { talk }: Shift,
  activity: Activity,
  headers: Record<string, string>,
): Promise<number> => {
  const answer = await fetch(`${talk.botUrl()}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(activity),
  });
  expect(await answer.text()).toBe('');
  return answer.status;
};

const entries = ({ ground }: Shift): Promise<number> => count(ground.data, 'select count(*) from ledger');

shifts('what the gate refuses', {}, (shift) => {
  const question = (): Activity =>
    messageActivity(shift().talk.scene('analyst'), { id: newId(), text: 'flagged today', mention: false });
  const bearer = async (flaw?: 'expired' | 'issuer' | 'hs256'): Promise<Record<string, string>> => {
    const { appId, serviceUrl } = shift().talk.scene('analyst');
    const { keys } = shift().talk.demo.chat;
    return {
      authorization: `Bearer ${await keys.signActivity({ appId, serviceUrl, ...(flaw && { flaw }) })}`,
    };
  };

  test('H001, H004, H009, H037, H044: leaves nothing in the ledger, asks Graph nothing and says nothing', async () => {
    const { talk } = shift();
    const before = await entries(shift());
    const asked = talk.demo.graph.requests.length;
    const posts = talk.demo.chat.posts.length;
    const bot = { ...question(), from: { id: '28:x', aadObjectId: PEOPLE.approver.oid, role: 'bot' } };
    const foreign = { ...question(), channelData: { tenant: { id: FOREIGN } } };
    expect(await knock(shift(), question(), {})).toBe(401);
    for (const flaw of ['expired', 'issuer', 'hs256'] as const)
      expect(await knock(shift(), question(), await bearer(flaw))).toBe(401);
    for (const activity of [bot, foreign]) expect(await knock(shift(), activity, await bearer())).toBe(403);
    await shift().rest();
    expect(await entries(shift())).toBe(before);
    expect([talk.demo.graph.requests.length, talk.demo.chat.posts.length]).toEqual([asked, posts]);
    // The same question, asked properly, leaves an entry.
    expect(await knock(shift(), question(), await bearer())).toBe(200);
    await shift().rest();
    expect(await entries(shift())).toBe(before + 1);
  });

  test('H007: a token that is good for its last minutes lets nothing in twice', async () => {
    const { talk } = shift();
    const token = await bearer();
    const activity = question();
    talk.wait(64 * 60_000);
    const before = await entries(shift());
    for (let time = 0; time < 3; time += 1) expect(await knock(shift(), activity, token)).toBe(200);
    await shift().rest();
    expect(await entries(shift())).toBe(before + 1);
    talk.wait(2 * 60_000);
    expect(await knock(shift(), activity, token)).toBe(401);
  });
});

shifts('who decides', {}, (shift) => {
  const approve = (who: 'analyst' | 'guest', named: Partial<DemoPerson>, cr: string): Activity => {
    const scene = shift().talk.scene(who, 'group');
    const data = { approval: Number(cr.slice(3)), version: 1 };
    const action = { type: 'Action.Execute', verb: 'approve', data };
    const person = { ...scene.person, ...named };
    return invokeActivity({ ...scene, person }, { id: newId(), cardId: '1', action, trigger: 'manual' });
  };

  test('H042: a requester who was renamed meanwhile cannot approve it', async () => {
    const { ask, talk, rest, effectsOn } = shift();
    const { signIn, cr } = await ask();
    const { body } = await talk.send(
      approve(
        'analyst',
        { name: PEOPLE.approver.name, userPrincipalName: PEOPLE.approver.userPrincipalName },
        cr,
      ),
    );
    await rest();
    expect(JSON.stringify(body)).toMatch(/This is your own request/);
    expect(effectsOn(signIn)).toBe(0);
  });

  test('H039: that a guest was refused stands in the ledger, with the reason', async () => {
    const { ask, talk, rest, ground, effectsOn } = shift();
    const { signIn, cr } = await ask();
    const why = `select count(*) from ledger where kind = 'declined' and body like '%guest%' and body like '%${cr.slice(3)}%'`;
    expect(await count(ground.data, why)).toBe(0);
    await talk.send(approve('guest', {}, cr));
    await rest();
    expect(await count(ground.data, why)).toBe(1);
    expect(effectsOn(signIn)).toBe(0);
  });
});
