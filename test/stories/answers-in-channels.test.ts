import { afterEach, describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/commands/list.ts';
import type { Seen } from '../../src/demo/chat/messages.ts';
import type { Fault, Faults } from '../../src/demo/graph/faults.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import {
  type Conversation,
  type ConversationOptions,
  converse,
  TURN_MS,
  textOf,
} from '../support/conversation.ts';
import { LONGEST_MS, until } from '../support/patience.ts';

type Mode = 'thread' | 'personal' | 'targeted';

let talk: Conversation | undefined;
afterEach(async () => {
  await talk?.close();
  talk = undefined;
}, LONGEST_MS);

const begin = async (mode: Mode, options: ConversationOptions = {}): Promise<Conversation> => {
  const environment = { ANSWERS_IN_CHANNELS: mode, ...options.environment };
  talk = await converse({ ...options, environment });
  return talk;
};

const { analyst, approver } = PEOPLE;

/** Graph answers one question only after all the time that a turn may take. */
const slow = (path = '/auditLogs/signIns'): Fault => ({
  path,
  times: 1,
  effect: { kind: 'hold', until: async () => talk?.limits.pass(TURN_MS) },
});
const QUESTION = 'flagged for user@contoso.com since 2021-10-01';
const IN_PERSONAL = /^Answered in your personal chat\.$/m;

/** What the bot said in a conversation, as one person sees it, the greeting left out. */
const saidIn = (
  { demo: { chat } }: Conversation,
  place: string,
  person: string = analyst.oid,
): readonly Seen[] =>
  chat.messages(place, person).filter(({ authorId, summary }) => authorId === null && !/Hello/.test(summary));

const personalOf = (one: Conversation, person: string = analyst.oid): readonly Seen[] =>
  saidIn(one, one.demo.chat.personal(person), person);

const channelOf = (one: Conversation, person: string = analyst.oid): readonly Seen[] =>
  saidIn(one, one.demo.chat.channel.id, person);

const last = (seen: readonly Seen[]): string => {
  const [newest] = seen.slice(-1);
  return newest ? textOf(newest) : '';
};

const threadOf = (one: Conversation): string => channelOf(one).at(-1)?.conversationId ?? '';

describe('answers go where they were asked for', () => {
  test('by default', async () => {
    const one = await begin('thread');
    expect(await one.say('analyst', QUESTION, 'channel')).toContain('user@contoso.com');
    expect(personalOf(one)).toHaveLength(0);
  });
});

describe('answers go to the personal chat of whoever asks', () => {
  test('with a word in the thread that tells nothing', async () => {
    const one = await begin('personal');
    expect(await one.say('analyst', QUESTION, 'channel')).toMatch(IN_PERSONAL);
    expect(last(personalOf(one))).toContain('user@contoso.com');
    expect(personalOf(one, approver.oid)).toHaveLength(0);
  });

  test('a group chat counts as a channel, and the personal chat gets no word', async () => {
    const one = await begin('personal');
    expect(await one.say('analyst', QUESTION, 'group')).toMatch(IN_PERSONAL);
    expect(await one.say('analyst', QUESTION)).toContain('user@contoso.com');
    expect(personalOf(one).filter((seen) => IN_PERSONAL.test(textOf(seen)))).toEqual([]);
  });

  test('help, explanations and problems without names stay in the thread', async () => {
    const one = await begin('personal');
    for (const phrase of ['help', 'what is 53003', 'what does atRisk mean', 'CR-7', 'block user'])
      expect(await one.say('analyst', phrase, 'channel')).not.toMatch(IN_PERSONAL);
    expect(personalOf(one)).toHaveLength(0);
  });

  test('rows are gone on from in the personal chat and in the thread', async () => {
    const one = await begin('personal');
    await one.say('analyst', QUESTION, 'channel');
    const thread = threadOf(one);
    expect(await one.say('analyst', 'details #2')).toMatch(/Correlation/);
    const before = personalOf(one).length;
    const turn = await one.demo.chat.say(analyst.oid, thread, 'details #1');
    expect(last(turn.answers)).toMatch(IN_PERSONAL);
    expect(personalOf(one)).toHaveLength(before + 1);
    expect(last(personalOf(one))).toMatch(/Correlation/);
  });

  test('"details #2" of somebody else in the thread means nothing that they have not seen', async () => {
    const one = await begin('personal');
    await one.say('analyst', QUESTION, 'channel');
    const { chat } = one.demo;
    const turn = await chat.say(approver.oid, threadOf(one), 'details #2');
    expect(last(turn.answers)).toContain('Nothing was shown here yet');
  });

  test('who has not added the bot is told so in the thread, and nothing of the answer is posted there', async () => {
    const one = await begin('personal');
    one.demo.chat.faults.add({ answer: 403, about: 'new-chat' });
    const told = await one.say('analyst', QUESTION, 'channel');
    expect(told).toContain('was not added there');
    expect(told).not.toContain('@');
    expect(personalOf(one)).toHaveLength(0);
    expect(await one.say('analyst', QUESTION, 'channel')).toMatch(IN_PERSONAL);
  });

  test('what Teams does not take is not posted to everybody instead', async () => {
    const one = await begin('personal');
    one.demo.chat.faults.add({ answer: 502, about: 'new-chat' });
    const told = await one.say('analyst', QUESTION, 'channel');
    expect(told).toContain('could not be brought to you');
    expect(told).not.toContain('@');
  });

  test('a late answer replaces "working" by a word, and "working" repeats no question', async () => {
    const one = await begin('personal', {
      faults: [slow()],
    });
    const first = await one.say('analyst', QUESTION, 'channel');
    expect(first).toContain('Asking Microsoft Graph');
    expect(first).not.toContain('user@contoso.com');
    await one.until('analyst', IN_PERSONAL, 'channel');
    expect(last(personalOf(one))).toContain('user@contoso.com');
  });

  test('an older client’s press is answered in the personal chat', async () => {
    const one = await begin('personal');
    await one.say('analyst', QUESTION);
    const before = personalOf(one).length;
    const card = personalOf(one).at(-1);
    const { chat } = one.demo;
    // A button of a card that is forged into the thread: nothing is posted there either.
    const thread = (await chat.say(analyst.oid, chat.channel.id, 'help')).conversationId;
    const help = saidIn(one, thread).at(-1)?.id ?? '';
    const data = { result: /"result":"([^"]+)"/.exec(JSON.stringify(card?.card))?.[1], verb: 'refresh' };
    const turn = await chat.invoke(analyst.oid, thread, help, { type: 'Action.Submit', data });
    expect(last(turn.answers)).toBe('Answered in your personal chat.\n');
    expect(personalOf(one)).toHaveLength(before + 1);
  });
});

/** Everything that everybody in the channel could read, as it went over the wire. */
const readByAll = ({ demo: { chat } }: Conversation): readonly string[] =>
  chat.posts
    .filter(({ path, isTargeted }) => !isTargeted && decodeURIComponent(path).includes(chat.channel.id))
    .map(({ body }) => JSON.stringify(body));

const MISSPELT = [
  'flaged for user@contoso.com',
  'sign-ins for sam',
  'sign-ins for sam porter today',
  'explain user@contoso.com',
  'sign-ins for user@contoso.com from 198.51.100.111 xyzzy',
  'approve',
  'confirm compromised #1',
  'explain wolkenstein',
  'sign-ins not app wolkenstein last 7 days',
  'risky users named wolkenstein',
  'timeline wolkenstein',
];

describe.each(['personal', 'targeted'] as const)('with ANSWERS_IN_CHANNELS=%s', (mode) => {
  // What is asked for, shared or declared in a thread belongs to everybody there.
  const phrases = COMMANDS.filter(({ needs }) => needs !== 'change')
    .flatMap(({ examples }) => examples)
    .filter((phrase) => !/^(share|post|this is|move) /.test(phrase));

  test(
    'no user name, name or address of the tenant is posted where others read it',
    async () => {
      const one = await begin(mode);
      const { signIns } = one.demo.graph.tenant;
      const told = new Set(
        signIns.flatMap(({ userPrincipalName, userDisplayName, ipAddress }) =>
          [userPrincipalName, userDisplayName, ipAddress].flatMap((text) =>
            typeof text === 'string' && text !== '' ? [text.toLowerCase()] : [],
          ),
        ),
      );
      // Help names it as an example; whoever it is has a name and addresses, too.
      told.delete('user@contoso.com');
      // Who is named by nobody but the asker is not named to others either.
      told.add('wolkenstein');
      await one.say('analyst', QUESTION, 'channel');
      for (const phrase of [...phrases, ...MISSPELT]) await one.reply('analyst', phrase, true);
      const open = readByAll(one);
      expect(open.length).toBeGreaterThan(5);
      for (const text of open)
        expect([...told].filter((name) => text.toLowerCase().includes(name))).toEqual([]);
    },
    LONGEST_MS,
  );
});

describe('what belongs to a thread', () => {
  /** Asks for a change in a thread; gives the thread and the number of the request. */
  const request = async (one: Conversation): Promise<readonly [thread: string, number: string]> => {
    const { chat, graph } = one.demo;
    const signIn = graph.tenant.signIns.find(
      ({ riskState, isInteractive, userType }) =>
        riskState === 'atRisk' && isInteractive === true && userType === 'member',
    );
    const said = `confirm compromised ${String(signIn?.id)} reason: user denies travel`;
    const numberIn = (seen: readonly Seen[]) => /CR-\d+/.exec(seen.map(textOf).join())?.[0];
    const until = (answers: readonly Seen[]) => numberIn(answers) !== undefined;
    const turn = await chat.say(analyst.oid, chat.channel.id, said, { until });
    return [turn.conversationId, numberIn(turn.answers) ?? ''];
  };

  test('the card of a request stays; looked up elsewhere it goes aside, and can be decided on there', async () => {
    const one = await begin('personal');
    const { chat } = one.demo;
    const [thread, number] = await request(one);
    const here = await chat.say(analyst.oid, thread, number);
    expect(last(here.answers)).toContain(`## ${number}`);
    expect(await one.say('approver', number, 'channel')).toMatch(IN_PERSONAL);
    const [card] = personalOf(one, approver.oid).slice(-1);
    expect(textOf(card as Seen)).toContain(`## ${number}`);
    const place = chat.personal(approver.oid);
    const pressed = await chat.press(approver.oid, place, card?.id ?? '', 'Approve');
    expect(pressed.answers.map(textOf).join()).toMatch(/approved|carried out|done/i);
  });

  test('the timeline of an incident stays in its place, and goes aside elsewhere', async () => {
    const one = await begin('targeted');
    const { chat } = one.demo;
    await one.say('analyst', 'this is incident INC-204', 'channel');
    const here = await chat.say(analyst.oid, threadOf(one), 'timeline INC-204');
    expect(here.answers.at(-1)).not.toHaveProperty('onlyFor');
    const { conversationId } = await chat.say(analyst.oid, chat.channel.id, 'timeline INC-204');
    expect(saidIn(one, conversationId).at(-1)).toMatchObject({ onlyFor: analyst.oid });
  });
});

describe.each(['thread', 'targeted'] as const)('with ANSWERS_IN_CHANNELS=%s, a share', (mode) => {
  const REDACTED = { SHARE_REDACTION: 'channel=user,address,device', FRESHNESS_SECONDS: '0' };

  /** Somebody's sign-in stands in a thread without their name; gives its card, and what may not be read there. */
  const shareOf = async (one: Conversation, faults: Faults) => {
    const { chat } = one.demo;
    const thread = (await chat.say(analyst.oid, chat.channel.id, 'this is incident INC-204')).conversationId;
    await one.say('analyst', 'top 1 risky sign-ins for kim@contoso.com last 7 days');
    await one.say('analyst', 'share #1 to INC-204');
    const cards = () => saidIn(one, thread, approver.oid).filter((seen) => /Share 1/.test(textOf(seen)));
    await until(
      () => cards().length > 0,
      () => 'It is not shared.',
    );
    const { id = '' } = cards().at(-1) ?? {};
    expect(readByAll(one).join()).not.toContain('kim@contoso.com');
    /** Presses a button of it, and waits until the answer is where it belongs. */
    const press = async (button: string, client: 'execute' | 'submit', isLate: boolean): Promise<string> => {
      const aside = () => [
        ...personalOf(one, approver.oid),
        ...channelOf(one, approver.oid).filter(({ onlyFor }) => onlyFor === approver.oid),
      ];
      const before = aside().length;
      if (isLate) faults.push(slow());
      await chat.press(approver.oid, thread, id, button, { client });
      if (isLate || client === 'submit') {
        await until(
          () => aside().length > before,
          () => 'It is not answered.',
        );
        return last(aside().slice(before));
      }
      return last(channelOf(one, approver.oid).filter((seen) => seen.id === id));
    };
    return press;
  };

  test.each([
    ['in time', 'execute', false],
    ['late', 'execute', true],
    ['to an older client', 'submit', false],
    ['late to an older client', 'submit', true],
  ] as const)(
    'is refreshed for whoever presses alone: %s',
    async (_, client, isLate) => {
      const faults: Faults = [];
      const one = await begin(mode, { faults, environment: REDACTED });
      const press = await shareOf(one, faults);
      expect(await press('Refresh', client, isLate)).toContain('kim@contoso.com');
      expect(readByAll(one).join()).not.toContain('kim@contoso.com');
    },
    LONGEST_MS,
  );

  test(
    'that was refreshed is gone on from by whoever pressed alone',
    async () => {
      const faults: Faults = [];
      const one = await begin(mode, { faults, environment: REDACTED });
      const press = await shareOf(one, faults);
      expect(await press('Refresh', 'execute', false)).toContain('kim@contoso.com');
      expect(await press('Details', 'submit', false)).toContain('kim@contoso.com');
      expect(await press('Refresh', 'execute', true)).toContain('kim@contoso.com');
      expect(readByAll(one).join()).not.toContain('kim@contoso.com');
    },
    LONGEST_MS,
  );
});

describe('what takes longer', () => {
  test('to a press is shown to whoever pressed', async () => {
    const faults: Faults = [];
    const one = await begin('personal', { faults, environment: { FRESHNESS_SECONDS: '0' } });
    const { chat } = one.demo;
    await one.say('analyst', QUESTION);
    const result = /"result":"([^"]+)"/.exec(JSON.stringify(personalOf(one).at(-1)?.card))?.[1];
    const { conversationId } = await chat.say(analyst.oid, chat.channel.id, 'help');
    const help = saidIn(one, conversationId).at(-1)?.id ?? '';
    const before = personalOf(one).length;
    faults.push(slow());
    const action = { type: 'Action.Execute', verb: 'refresh', data: { result } };
    const until = (answers: readonly Seen[]) => answers.some((seen) => IN_PERSONAL.test(textOf(seen)));
    const turn = await chat.invoke(analyst.oid, conversationId, help, action, { until });
    expect(turn.toast).toContain('This takes a little longer');
    expect(personalOf(one)).toHaveLength(before + 1);
  });

  test('and is for everybody in the end is posted for everybody, and "working" says so', async () => {
    const one = await begin('targeted', { faults: [slow('/roleManagement')] });
    const { chat } = one.demo;
    const until = (answers: readonly Seen[]) => answers.some((seen) => textOf(seen).startsWith('Done'));
    const turn = await chat.say(PEOPLE.outsider.oid, chat.channel.id, 'flagged today', { until });
    const [working, refusal] = turn.answers;
    expect(working).toMatchObject({ onlyFor: PEOPLE.outsider.oid, edited: true });
    expect(textOf(refusal as Seen)).toContain('You may not read');
    expect(saidIn(one, turn.conversationId).map(textOf)).toEqual([textOf(refusal as Seen)]);
  });
});

describe('answers are seen by whoever asks alone', () => {
  test('in the thread, with no word for the others', async () => {
    const one = await begin('targeted');
    const told = await one.say('analyst', QUESTION, 'channel');
    expect(told).toContain('user@contoso.com');
    expect(channelOf(one).at(-1)).toMatchObject({ onlyFor: analyst.oid });
    expect(channelOf(one, approver.oid)).toHaveLength(0);
    expect(one.demo.chat.posts.at(-1)).toMatchObject({ isTargeted: true, authorization: 'Bearer local' });
  });

  test('who replies to it goes on from it, and others do not', async () => {
    const one = await begin('targeted');
    await one.say('analyst', QUESTION, 'channel');
    const { chat } = one.demo;
    const replyToId = channelOf(one).at(-1)?.id ?? '';
    const own = await chat.say(analyst.oid, threadOf(one), 'details #2', { replyToId });
    expect(last(own.answers)).toMatch(/Correlation/);
    expect(own.answers.at(-1)).toMatchObject({ onlyFor: analyst.oid });
    const others = await chat.say(approver.oid, threadOf(one), 'details #2', { replyToId });
    expect(last(others.answers)).toContain('Nothing was shown here yet');
  });

  test('a button of it answers whoever pressed', async () => {
    const one = await begin('targeted');
    await one.say('analyst', QUESTION, 'channel');
    const { chat } = one.demo;
    const card = channelOf(one).at(-1)?.id ?? '';
    const turn = await chat.press(analyst.oid, threadOf(one), card, 'Details');
    expect(last(turn.answers)).toMatch(/Correlation/);
    expect(channelOf(one, approver.oid)).toHaveLength(0);
  });

  test.each([400, 403, 404, 501] as const)(
    'where Teams answers %i to that, in the personal chat; it is not tried again for an hour',
    async (answer) => {
      const one = await begin('targeted');
      const { chat } = one.demo;
      chat.faults.add({ answer, about: 'targeted', times: 100 });
      const targeted = () => chat.posts.filter(({ isTargeted }) => isTargeted).length;
      expect(await one.say('analyst', QUESTION, 'channel')).toMatch(IN_PERSONAL);
      expect(last(personalOf(one))).toContain('user@contoso.com');
      expect(targeted()).toBe(1);
      await one.say('approver', QUESTION, 'channel');
      expect(targeted()).toBe(1);
      await one.say('analyst', QUESTION, 'group');
      expect(targeted()).toBe(2);
      one.wait(3_600_001);
      await one.say('analyst', QUESTION, 'channel');
      expect(targeted()).toBe(3);
    },
  );

  test('late, in the place of "working" that nobody else saw', async () => {
    const one = await begin('targeted', {
      faults: [slow()],
    });
    expect(await one.say('analyst', QUESTION, 'channel')).toContain('Asking Microsoft Graph');
    await one.until('analyst', /FLAGGED/, 'channel');
    expect(channelOf(one)).toHaveLength(1);
    expect(channelOf(one, approver.oid)).toHaveLength(0);
  });

  test('where Teams leaves open whether it took it, nothing goes to everybody', async () => {
    const one = await begin('targeted');
    one.demo.chat.faults.add({ answer: 502, about: 'targeted' });
    expect(await one.say('analyst', QUESTION, 'channel')).toContain('could not be brought to you');
    expect(channelOf(one, approver.oid).map(textOf).join()).not.toContain('@');
  });
});
