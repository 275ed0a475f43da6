import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from '@jest/globals';
import { findAction } from '../../src/demo/chat/actions.ts';
import { channelOf } from '../../src/demo/chat/conversations.ts';
import type { Seen } from '../../src/demo/chat/messages.ts';
import type { Turn } from '../../src/demo/chat/turn.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { type Ground, onEach } from '../store/ground.ts';
import {
  type Conversation,
  type ConversationOptions,
  converse,
  steady,
  textOf as textIn,
  type Where,
  type Who,
} from './conversation.ts';
import { expectGolden } from './golden.ts';
import { LONGEST_MS, until } from './patience.ts';
import { openTables, type Tables } from './tables.ts';

/** Which message is meant: the newest one that says so. */
interface About {
  readonly about?: RegExp;
}

/** How a button is pressed, where that is not the usual way. */
export interface ShiftPress extends About {
  /** A message as it was seen earlier, with buttons that may be gone by now. */
  readonly old?: Seen;
  readonly client?: 'execute' | 'submit';
  readonly inputs?: Readonly<Record<string, string>>;
}

/**
 * People who work together over one Flagman. After whatever they do everything comes to rest by the standing clock, so
 * that they see how it ended, and the same in each run.
 */
export interface Shift {
  readonly talk: Conversation;
  readonly ground: Ground;
  readonly tables: Tables;
  /** Says something, as an answer to a message if one is named; gives all that this person then sees anew there. */
  say(who: Who, text: string, where?: Where, to?: About): Promise<string>;
  /** Says it in the thread in which somebody spoke last. */
  reply(who: Who, text: string, to?: About): Promise<string>;
  /** Presses the newest button of this title that stands in the place. */
  press(who: Who, button: string, where?: Where, how?: ShiftPress): Promise<string>;
  /**
   * Priya approves in the group chat; something else happens once the worker has begun, before anything is sent.
   * @param meanwhile what happens; the worker goes on afterwards, or when it says so
   * @param targets of the request: they are read at the press first
   */
  approveAnd(meanwhile: (goOn: () => void) => unknown, targets?: number): Promise<string>;
  /** Lets so many milliseconds pass; gives what this person then sees anew. */
  later(milliseconds: number, who: Who, where?: Where): Promise<string>;
  /** Gives the newest message that says so, as this person sees it. */
  look(who: Who, says: RegExp, where?: Where): Promise<string>;
  /** The same, but not for the transcript. */
  find(who: Who, says: RegExp, where?: Where): Seen;
  /** Waits for a line of the bot's log that says so, and was not there yet. */
  logged(says: RegExp): Promise<void>;
  /** Waits until nothing is due. */
  rest(): Promise<void>;
  /** Maya asks for a change of a sign-in of its own in the group chat. */
  ask(
    action?: string,
    level?: 'low' | 'medium' | 'high',
  ): Promise<{ readonly signIn: string; readonly cr: string }>;
  /** The id of a sign-in that nobody has decided about, at risk now. */
  risky(level?: 'low' | 'medium' | 'high'): string;
  /** How often the tenant was changed in this sign-in. */
  effectsOn(signIn: string): number;
  transcript(): string;
}

const HOUR_MS = 3_600_000;

const LOCAL_TIME = / \((?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d(?: [A-Z][\w/+-]+)?\)/g;

/** What everybody reads: who pressed may for a moment see their own zone beside UTC, until the card is edited for all. */
const textOf = (seen: Seen): string => textIn(seen).replaceAll('\u00a0', ' ').replace(LOCAL_TIME, '');

const beginShift = (talk: Conversation, ground: Ground, tables: Tables): Shift => {
  const { chat, graph } = talk.demo;
  const said: string[] = [];
  let thread = chat.channel.id;
  const spare = graph.tenant.signIns
    .filter(({ isInteractive, userType }) => isInteractive === true && userType === 'member')
    .map(({ id }) => id);

  const placeOf = (who: Who, where: Where): string =>
    where === 'personal' ? chat.personal(PEOPLE[who].oid) : chat[where].id;

  const seenBy = (who: Who, place: string): readonly Seen[] =>
    chat.messages(channelOf(place), PEOPLE[who].oid).filter(({ authorId }) => authorId === null);

  const rest = (): Promise<void> =>
    until(
      () => tables.areAtRest(talk.now()),
      () => `Something is due for ever:\n${talk.log.slice(-20).join('\n')}`,
    );

  const keep = (who: Who, where: Where, doing: string, text: string): string => {
    said.push(`> ${PEOPLE[who].name}${where === 'personal' ? '' : ` in the ${where}`}: ${doing}\n\n${text}`);
    return text;
  };

  /** What somebody does, and everything that is then seen anew, once it is at rest. */
  const record = async (who: Who, where: Where, doing: string, act: () => Promise<Turn | undefined>) => {
    const place = placeOf(who, where);
    const before = new Map(seenBy(who, place).map((seen) => [seen.id, textOf(seen)]));
    const turn = await act();
    await rest();
    const anew = seenBy(who, place).map((seen) => ({ id: seen.id, text: textOf(seen) }));
    const parts = anew.flatMap(({ id, text }) => {
      const old = before.get(id);
      if (old === text) return [];
      return [old === undefined ? text : `(in the place of an earlier card)\n${text}`];
    });
    const toast = turn?.toast ?? null;
    const all = [...parts, ...(toast === null ? [] : [`(${steady(toast)})\n`])];
    return keep(who, where, doing, all.length === 0 ? '(nothing)\n' : all.join('\n'));
  };

  const find = (who: Who, says: RegExp, where: Where = 'personal'): Seen => {
    const found = seenBy(who, placeOf(who, where)).findLast((seen) => says.test(textOf(seen)));
    if (!found) throw new Error(`${who} sees nothing in the ${where} that says ${says}.`);
    return found;
  };

  const speak = (who: Who, where: Where, place: string, text: string, { about }: About = {}) =>
    record(who, where, text, async () => {
      // Ids of messages are times; two in the same millisecond would be one message to the bot.
      talk.wait(1);
      const replyToId = about && find(who, about, where).id;
      const turn = await chat.say(PEOPLE[who].oid, place, text, replyToId === undefined ? {} : { replyToId });
      if (where === 'channel') thread = turn.conversationId;
      return turn;
    });

  const risky: Shift['risky'] = (level = 'high') => {
    const id = spare.shift() ?? '';
    graph.decide(id, { riskState: 'atRisk', riskDetail: 'none', riskLevelAggregated: level });
    return id;
  };

  const logged = (says: RegExp): Promise<void> => {
    const before = talk.log.length;
    return until(
      () => talk.log.slice(before).some((line) => says.test(line)),
      () => `Nothing in the log says ${says}.`,
    );
  };

  const press: Shift['press'] = (
    who,
    button,
    where = 'personal',
    { about = /(?:)/, old, client = 'execute', inputs = {} } = {},
  ) =>
    record(who, where, `[${button}]${old ? ' (of the card as it was)' : ''}`, () => {
      talk.wait(1);
      const all = old ? [old] : seenBy(who, placeOf(who, where));
      const card = all.findLast((seen) => about.test(textOf(seen)) && findAction(seen.card, button));
      const action = findAction(card?.card ?? null, button);
      if (!card || !action) throw new Error(`${who} sees no ${button} about ${about} in the ${where}.`);
      const { oid } = PEOPLE[who];
      return old
        ? chat.invoke(oid, card.conversationId, card.id, action, { inputs })
        : chat.press(oid, card.conversationId, card.id, button, { client, inputs });
    });

  return {
    talk,
    ground,
    tables,
    say: (who, text, where = 'personal', to) => speak(who, where, placeOf(who, where), text, to),
    reply: (who, text, to) => speak(who, 'channel', thread, text, to),
    press,
    later: (milliseconds, who, where = 'personal') =>
      record(who, where, `(${milliseconds / 1000} s later)`, async () => {
        talk.wait(milliseconds);
        return undefined;
      }),
    look: async (who, says, where = 'personal') =>
      keep(who, where, '(looks)', textOf(find(who, says, where))),
    find,
    logged,
    async approveAnd(meanwhile, targets = 1) {
      const { promise, resolve: goOn } = Promise.withResolvers<void>();
      const effect = { kind: 'hold', until: () => promise } as const;
      graph.faults.push({ path: '/auditLogs/signIns', method: 'GET', skip: targets, times: 1, effect });
      const claimed = logged(/"claimed"/);
      const pressing = press('approver', 'Approve', 'group');
      await claimed;
      await meanwhile(goOn);
      goOn();
      return pressing;
    },
    rest,
    risky,
    async ask(action = 'confirm compromised', level = 'high') {
      const signIn = risky(level);
      const says = `${action} ${signIn} reason: user denies travel`;
      return { signIn, cr: crIn(await speak('analyst', 'group', chat.group.id, says)) };
    },
    effectsOn: (signIn) => graph.effects.filter(({ requestId }) => requestId === signIn).length,
    transcript: () => said.splice(0).join('\n'),
  };
};

/** One shift for the rules of a file, once over SQLite and once over PostgreSQL (skipped where there is no server). */
export const shifts = (
  what: string,
  options: ConversationOptions,
  rules: (shift: () => Shift) => void,
): void =>
  onEach(what, (prepare) => {
    let shift: Shift | undefined;
    let end = async (): Promise<void> => undefined;
    beforeAll(async () => {
      const ground = await prepare();
      const folder = mkdtempSync(join(tmpdir(), 'flagman-shift-'));
      const environment = {
        DATA: ground.data,
        LEDGER_KEY: '5'.repeat(64),
        LEDGER_CHECKPOINT_FILE: join(folder, 'checkpoint'),
        QUESTIONS_PER_MINUTE: '1000',
        FRESHNESS_SECONDS: '0',
        ROLE_MEMORY_SECONDS: '0',
        ...options.environment,
      };
      const talk = await converse({ ...options, environment });
      const tables = await openTables(ground.data);
      end = async () => {
        await tables.close();
        await talk.close();
        await ground.remove();
        rmSync(folder, { recursive: true });
      };
      shift = beginShift(talk, ground, tables);
    }, LONGEST_MS);
    afterAll(() => end(), LONGEST_MS);
    rules(() => {
      if (!shift) throw new Error('The shift has not begun.');
      return shift;
    });
  });

/** The newest request that a text is about: "CR-1001". */
export const crIn = (text: string): string => {
  const [cr] = /CR-\d+/.exec(text) ?? [];
  if (cr === undefined) throw new Error(`This is about no request:\n${text}`);
  return cr;
};

/** Compares all that is said and seen in a story with its reviewed text in `test/stories/golden/`. */
export const tale = (
  shift: () => Shift,
  file: string,
  name: string,
  happen: (shift: Shift) => Promise<void>,
): void =>
  test(
    name,
    async () => {
      // On the hour, whatever happened before: nothing of it waits any more, and all times are the same in each run.
      shift().talk.wait(HOUR_MS - (shift().talk.now() % HOUR_MS));
      await shift().rest();
      shift().transcript();
      await happen(shift()).catch((error: unknown) => {
        throw new Error(`It broke off after:\n${shift().transcript()}`, { cause: error });
      });
      expectGolden(new URL(`../stories/golden/${file}.txt`, import.meta.url).pathname, shift().transcript());
    },
    LONGEST_MS,
  );
