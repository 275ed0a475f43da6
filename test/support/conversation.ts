import type { Environment } from '../../src/config/reading.ts';
import { readConfig } from '../../src/config.ts';
import type { Activity, Scene } from '../../src/demo/chat/activity.ts';
import { type Delivery, deliver, TEAMS_PATIENCE } from '../../src/demo/chat/deliver.ts';
import type { Seen } from '../../src/demo/chat/messages.ts';
import type { Turn } from '../../src/demo/chat/turn.ts';
import { type Demo, type DemoOptions, type StartBot, startDemo } from '../../src/demo/start.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { type Running, start } from '../../src/start.ts';
import { cardText } from './card-text.ts';
import { type Limits, takeLimits } from './limits.ts';
import { until } from './patience.ts';

/** A Saturday, the same as that of the phrase file. */
export const NOW = Date.parse('2026-11-21T12:00:00Z');

export type Who = keyof typeof PEOPLE;
export type Where = 'personal' | 'group' | 'channel';

/** How a button is pressed, where that is not the usual way. */
export interface Pressing {
  readonly client?: 'execute' | 'submit';
  /** Whose newest card is pressed; the own one if absent. */
  readonly cardOf?: Who;
  /** What stands in the inputs of the card. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/**
 * A whole Flagman before a pretend Microsoft, on the wire, at a standing clock. Its time limits pass when a test says so:
 * how long somebody waits is part of the story, and how fast the machine is must not be.
 */
export interface Conversation {
  readonly demo: Demo;
  readonly limits: Limits;
  /** Lines of the bot's log, oldest first. */
  readonly log: readonly string[];
  /** What the clock says, epoch milliseconds. */
  now(): number;
  /** Moves the clock on by so many milliseconds. */
  wait(milliseconds: number): void;
  /** Says something and gives what that person then sees of the bot; keeps it in the transcript. */
  say(who: Who, text: string, where?: Where): Promise<string>;
  /** Says it in the thread that this person spoke in last, without or with a mention. */
  reply(who: Who, text: string, mention?: boolean): Promise<string>;
  /** Presses a button of the newest card that the person saw in that place. */
  press(who: Who, button: string, where?: Where, how?: Pressing): Promise<string>;
  /** Waits until the newest card of that person is edited, and gives it. */
  later(who: Who, where?: Where): Promise<string>;
  /** Waits until that card says so, through whatever edits, and gives it. */
  until(who: Who, says: RegExp, where?: Where): Promise<string>;
  /** The newest message of the bot that the person saw in that place. */
  newest(who: Who, where?: Where): Seen;
  /** Who speaks where and when: what activities are made of. */
  scene(who: Who, where?: Where): Scene;
  /** Sends any activity, signed as Teams signs, and gives the HTTP answer. */
  send(activity: Activity): Promise<Delivery>;
  /** Where the bot listens. */
  botUrl(): string;
  /** The bot's store. */
  readonly data: string;
  /** What was said and seen since the last time. */
  transcript(): string;
  /** Stops the bot and starts another one on the same store. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Ids that are new in every run. */
export const steady = (text: string): string =>
  text
    .replace(
      /(Reference:? |request id |Graph request )[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g,
      '$1(an id)',
    )
    .replace(/[\da-f]{8}(?: [\da-f]{8}){7}/g, '(a hash)');

const shownIn = ({ card, text }: Seen): string => (card ? cardText(card as never) : `${text}\n`);

/** A message as it is read, without what is new in every run. */
export const textOf = (seen: Seen): string => steady(shownIn(seen));

/** The card of a request is posted beside its turn, and on a busy machine after the turn's own answer. */
const requestFirst = (one: string, other: string): number =>
  Number(other.startsWith('## CR-')) - Number(one.startsWith('## CR-'));

const shown = ({ answers, toast }: Turn): string => {
  const told = answers.map(shownIn).sort(requestFirst);
  const parts = [...told, ...(toast === null ? [] : [`(${toast})\n`])];
  return parts.length === 0 ? '(nothing)\n' : steady(parts.join('\n'));
};

/** How long a turn may take before it is said that work goes on, in milliseconds. */
export const TURN_MS = 2_000;

/** Nobody waits for a second in a test. */
const TEND_MS = 20;

/** A bot that can be stopped and started again under its pretend Microsoft. */
const restartable = (clock: () => number, writeLog: (line: string) => void) => {
  let given: Environment = {};
  let running: Running | undefined;
  const begin = async (): Promise<Running> => {
    const config = readConfig({ LOG_LEVEL: 'debug', ...given });
    if (!config.ok) throw new Error(config.error.join('\n'));
    running = await start(config.value, { clock, writeLog, tendMs: TEND_MS });
    return running;
  };
  const startBot: StartBot = async (environment) => {
    given = environment;
    const { port } = await begin();
    return { port, close: async () => running?.close() };
  };
  return {
    startBot,
    variable: (name: string): string => given[name] ?? '',
    botUrl: (): string => `http://127.0.0.1:${running?.port}`,
    async restart(): Promise<void> {
      await running?.close();
      await begin();
    },
  };
};

export interface ConversationOptions extends Partial<DemoOptions> {
  /** When it begins, epoch milliseconds; the moment of the phrase file if absent. */
  readonly now?: number;
  /** The shortest time that counts as a limit and passes when the test says so, in milliseconds. */
  readonly shortestLimit?: number;
}

/** Starts it. The clock stands still, so the pretend Graph throttles nobody unless told. */
export const converse = async (options: ConversationOptions = {}): Promise<Conversation> => {
  let now = options.now ?? NOW;
  const clock = (): number => now;
  const log: string[] = [];
  const bot = restartable(clock, (line) => log.push(line));
  const limits = takeLimits(options.shortestLimit);
  const demo = await startDemo({
    startBot: bot.startBot,
    clock,
    limits: { reportsPer10s: 1_000_000, speed: 1 },
    ...options,
    environment: { GRAPH_BUDGET_SPEED: '1000', ...options.environment },
  });
  const { chat } = demo;
  let said: string[] = [];
  const cards = new Map<string, { readonly id: string; readonly conversationId: string }>();
  const threads = new Map<Who, string>();
  const conversationOf = (who: Who, where: Where) =>
    where === 'personal'
      ? { id: chat.personal(PEOPLE[who].oid), kind: where, name: 'Flagman', memberIds: [PEOPLE[who].oid] }
      : chat[where];
  const placeOf = (who: Who, where: Where): string =>
    where === 'personal' ? chat.personal(PEOPLE[who].oid) : chat[where].id;

  const keep = (who: Who, where: Where, doing: string, text: string): string => {
    said.push(`> ${PEOPLE[who].name}${where === 'personal' ? '' : ` in the ${where}`}: ${doing}\n\n${text}`);
    return text;
  };

  const record = (who: Who, where: Where, doing: string, turn: Turn): string => {
    const [last] = turn.answers.slice(-1);
    if (last) cards.set(`${who} ${where}`, { id: last.id, conversationId: turn.conversationId });
    return keep(who, where, doing, shown(turn));
  };

  const newest = (who: Who, where: Where = 'personal'): Seen => {
    const card = cards.get(`${who} ${where}`);
    const all = card ? chat.messages(card.conversationId, PEOPLE[who].oid) : [];
    const found = all.find(({ id }) => id === card?.id);
    if (!found) throw new Error(`${who} has seen no card in the ${where} yet.`);
    return found;
  };

  const sayIn = async (who: Who, where: Where, place: string, text: string, mention = true) => {
    // Ids of messages are times; two in the same millisecond would be one message to the bot.
    now += 1;
    const turn = await chat.say(PEOPLE[who].oid, place, text, { mention });
    threads.set(who, turn.conversationId);
    return record(who, where, text, turn);
  };

  return {
    demo,
    limits,
    log,
    now: clock,
    wait(milliseconds) {
      now += milliseconds;
    },
    say: (who, text, where = 'personal') => sayIn(who, where, placeOf(who, where), text),
    reply: (who, text, mention = false) =>
      sayIn(who, 'channel', threads.get(who) ?? placeOf(who, 'channel'), text, mention),
    async press(who, button, where = 'personal', { client = 'execute', cardOf = who, inputs = {} } = {}) {
      now += 1;
      const { id, conversationId } = newest(cardOf, where);
      const turn = await chat.press(PEOPLE[who].oid, conversationId, id, button, { client, inputs });
      return record(who, where, `[${button}]`, turn);
    },
    async later(who, where = 'personal') {
      await until(
        () => newest(who, where).edited,
        () => `It is never edited:\n${shownIn(newest(who, where))}`,
      );
      return keep(who, where, '(waits; the same card is edited)', textOf(newest(who, where)));
    },
    async until(who, says, where = 'personal') {
      await until(
        () => says.test(shownIn(newest(who, where))),
        () => `It says:\n${shownIn(newest(who, where))}\nnot ${says}`,
      );
      return keep(who, where, '(the same card, edited)', textOf(newest(who, where)));
    },
    newest,
    scene: (who, where = 'personal') => ({
      person: PEOPLE[who],
      conversation: conversationOf(who, where),
      conversationId: placeOf(who, where),
      tenantId: TENANT_ID,
      appId: bot.variable('MicrosoftAppId'),
      serviceUrl: chat.serviceUrl,
      now,
    }),
    send: (activity) =>
      deliver(activity, {
        botUrl: bot.botUrl(),
        appId: bot.variable('MicrosoftAppId'),
        serviceUrl: chat.serviceUrl,
        keys: chat.keys,
        patience: TEAMS_PATIENCE,
      }),
    botUrl: bot.botUrl,
    data: bot.variable('DATA'),
    transcript() {
      const text = said.join('\n');
      said = [];
      return text;
    },
    async restart() {
      await bot.restart();
      await chat.connect(bot.botUrl());
    },
    async close() {
      await demo.close();
      limits.release();
    },
  };
};
