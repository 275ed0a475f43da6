import { expect, test } from '@jest/globals';
import {
  type Activity,
  invokeActivity,
  messageActivity,
  submitActivity,
} from '../../src/demo/chat/activity.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import type { Where, Who } from '../support/conversation.ts';
import { type Shift, shifts } from '../support/shift.ts';

type Data = Readonly<Record<string, unknown>>;

/** What a hostile client sends as a press: nothing of it needs to stand on any card. */
interface Forged {
  readonly id?: string;
  readonly where?: Where;
  readonly verb?: string;
  readonly data: Data;
  readonly cardId?: string;
  readonly trigger?: 'manual' | 'automatic';
}

/** A press as Teams would send it. */
const pressed = ({ talk }: Shift, who: Who, forged: Forged): Activity => {
  const {
    id = 'f:forged',
    where = 'group',
    verb = 'approve',
    data,
    cardId = '1',
    trigger = 'manual',
  } = forged;
  const action = { type: 'Action.Execute', verb, data };
  return invokeActivity(talk.scene(who, where), { id, cardId, action, trigger });
};

/** Sends it, and gives what is answered once everything is at rest. */
const send = async ({ talk, rest }: Shift, activity: Activity): Promise<string> => {
  const { status, body } = await talk.send(activity);
  await rest();
  expect(status).toBeLessThan(300);
  return JSON.stringify(body);
};

let serial = 0;
const newId = (): string => {
  serial += 1;
  return `f:${serial}`;
};

const numberOf = (cr: string): number => Number(cr.slice(3));

shifts('a press that nobody made on this card', {}, (shift) => {
  test('H045: does not decide about a request of another conversation', async () => {
    const { say, risky, effectsOn } = shift();
    const signIn = risky();
    const asked = await say('analyst', `confirm compromised ${signIn} reason: user denies travel`, 'channel');
    const [cr = ''] = /CR-\d+/.exec(asked) ?? [];
    for (const version of [0, 1, 2]) {
      const answer = await send(
        shift(),
        pressed(shift(), 'approver', { id: newId(), data: { approval: numberOf(cr), version } }),
      );
      expect(answer).toMatch(/cannot be decided here/);
    }
    expect(effectsOn(signIn)).toBe(0);
  });

  test('H046: is read for approval, version and verb, and for nothing else that it says', async () => {
    const { ask, risky, effectsOn } = shift();
    const { signIn, cr } = await ask();
    const other = risky();
    const forged = {
      approver: PEOPLE.approver.oid,
      requester: PEOPLE.outsider.oid,
      decided: { by: { id: PEOPLE.approver.oid } },
      targetId: other,
      signInId: other,
      targets: [other],
      action: 'dismiss-sign-in-risk',
      roles: ['62e90394-69f5-4237-9190-012177145e10'],
      role: 'Security Administrator',
      decision: 'approve',
      state: 'approved',
      mode: 'single',
      confirmsOwn: true,
    };
    const data = { ...forged, approval: numberOf(cr), version: 1 };
    const as = (who: Who, verb: string) => send(shift(), pressed(shift(), who, { id: newId(), verb, data }));
    expect(await as('analyst', 'approve')).toMatch(/This is your own request/);
    expect(await as('analyst', 'approve-own')).toMatch(/This is your own request/);
    expect(await as('outsider', 'approve')).toMatch(/You do not hold the role/);
    expect([effectsOn(signIn), effectsOn(other)]).toEqual([0, 0]);
    await as('approver', 'approve');
    expect([effectsOn(signIn), effectsOn(other)]).toEqual([1, 0]);
    expect(shift().talk.demo.graph.effects.at(-1)?.action).toBe('confirmCompromised');
  });

  test.each<[string, Data]>([
    ['no version', { approval: 1001 }],
    ['a version that is text', { approval: 1001, version: '1' }],
    ['a number that is none', { approval: 1e99, version: 1 }],
    ['a number of nobody', { approval: 999_999, version: 1 }],
    ['a negative number', { approval: -1, version: 1 }],
    ['SQL', { approval: "1001'; drop table approvals; --", version: 1 }],
    ['nothing', {}],
  ])('H046: with %s decides nothing', async (_, data) => {
    const before = shift().talk.demo.graph.effects.length;
    const answer = await send(shift(), pressed(shift(), 'approver', { id: newId(), data }));
    expect(answer).toMatch(/This button is not known|There is no CR-999999/);
    expect(shift().talk.demo.graph.effects).toHaveLength(before);
  });

  test.each(['execute', 'submit', 'text'] as const)(
    'H047: goes by the same rules through every door: %s',
    async (door) => {
      const { ask, talk, find, effectsOn, say, press } = shift();
      const { signIn, cr } = await ask();
      const cardId = find('approver', RegExp(`^## ${cr}`), 'group').id;
      const data = { approval: numberOf(cr), version: 1 };
      const through = async (who: Who): Promise<string> => {
        const before = talk.demo.chat.messages(talk.demo.chat.group.id, PEOPLE[who].oid);
        talk.wait(1);
        const scene = talk.scene(who, 'group');
        const id = newId();
        const answer = await send(
          shift(),
          door === 'execute'
            ? pressed(shift(), who, { id, data, cardId })
            : door === 'submit'
              ? submitActivity(scene, { id, cardId, data: { ...data, verb: 'approve' } })
              : messageActivity(scene, { id, text: `approve ${cr}`, mention: true, replyToId: cardId }),
        );
        const posted = talk.demo.chat.messages(talk.demo.chat.group.id, PEOPLE[who].oid).slice(before.length);
        return `${answer} ${JSON.stringify(posted)}`;
      };
      // By text everybody who may see it is shown the button, and pressing that is decided on as any other press.
      if (door !== 'text') expect(await through('analyst')).toMatch(/This is your own request/);
      expect(await through('outsider')).toMatch(/You do not hold the role/);
      expect(await through('guest')).toMatch(/Guests may not/);
      expect(effectsOn(signIn)).toBe(0);
      await through('approver');
      expect(effectsOn(signIn)).toBe(door === 'text' ? 0 : 1);
      if (door !== 'text') return;
      await press('approver', 'Approve', 'group', { about: RegExp(cr) });
      expect(effectsOn(signIn)).toBe(1);
      await say('analyst', `withdraw ${cr}`, 'group');
    },
  );

  test('H052: that Teams sends again, with the same id and with a new one, decides once and is answered alike', async () => {
    const { ask, talk, find, effectsOn } = shift();
    const { signIn, cr } = await ask();
    const cardId = find('approver', RegExp(`^## ${cr}`), 'group').id;
    const data = { approval: numberOf(cr), version: 1 };
    const id = newId();
    const first = pressed(shift(), 'approver', { id, cardId, data });
    const answers = await Promise.all([send(shift(), first), send(shift(), first)]);
    talk.wait(15_000);
    answers.push(await send(shift(), pressed(shift(), 'approver', { id, cardId, data })));
    talk.wait(15_000);
    const late = await send(shift(), pressed(shift(), 'approver', { id: newId(), cardId, data }));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(new RegExp(`${cr} · Confirm compromised`));
    expect(late).toMatch(new RegExp(`${cr} · Confirm compromised`));
    expect(effectsOn(signIn)).toBe(1);
    const history = await shift().say('approver', `history ${cr}`);
    expect(history.match(/approved it/g)).toHaveLength(1);
  });

  test('H052: that Teams sends again after a restart decides once', async () => {
    const { ask, talk, find, effectsOn } = shift();
    const { signIn, cr } = await ask();
    const cardId = find('approver', RegExp(`^## ${cr}`), 'group').id;
    const activity = pressed(shift(), 'approver', {
      id: newId(),
      cardId,
      data: { approval: numberOf(cr), version: 1 },
    });
    await send(shift(), activity);
    await talk.restart();
    expect(await send(shift(), activity)).toMatch(new RegExp(`${cr} · Confirm compromised`));
    expect(effectsOn(signIn)).toBe(1);
  });

  test('H053: is refused a day later with its token, and counts no second time with a valid one', async () => {
    const { ask, talk, find, effectsOn } = shift();
    const { signIn, cr } = await ask();
    const cardId = find('approver', RegExp(`^## ${cr}`), 'group').id;
    const activity = pressed(shift(), 'approver', {
      id: newId(),
      cardId,
      data: { approval: numberOf(cr), version: 1 },
    });
    const { appId, serviceUrl } = talk.scene('approver', 'group');
    const token = await talk.demo.chat.keys.signActivity({ appId, serviceUrl });
    await send(shift(), activity);
    expect(effectsOn(signIn)).toBe(1);
    talk.wait(24 * 3_600_000);
    const replayed = await fetch(`${talk.botUrl()}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(activity),
    });
    expect(replayed.status).toBe(401);
    expect(await replayed.text()).toBe('');
    await send(shift(), activity);
    expect(effectsOn(signIn)).toBe(1);
    const history = await shift().say('approver', `history ${cr}`);
    expect(history.match(/approved it/g)).toHaveLength(1);
  });

  test.each(['approve', 'reject', 'withdraw', 'look'])(
    'H055: decides and shows nothing when the card refreshes by itself: %s',
    async (verb) => {
      const { ask, find, effectsOn, say } = shift();
      const { signIn, cr } = await ask();
      const cardId = find('approver', RegExp(`^## ${cr}`), 'group').id;
      const data = { approval: numberOf(cr), version: 1, reason: 'No' };
      for (const who of ['approver', 'analyst'] as const) {
        const forged = { id: newId(), cardId, verb, data, trigger: 'automatic' } as const;
        expect(await send(shift(), pressed(shift(), who, forged))).toMatch(/does not refresh by itself/);
      }
      expect(effectsOn(signIn)).toBe(0);
      expect(await say('analyst', `who approved ${cr}`)).toMatch(/Nobody has decided yet/);
    },
  );
});
