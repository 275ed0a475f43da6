import { type Environment, readConfig } from '../../src/config.ts';
import type { Turn } from '../../src/demo/chat/turn.ts';
import { type Demo, type DemoOptions, startDemo } from '../../src/demo/start.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { start } from '../../src/start.ts';
import { cardText } from './card-text.ts';

/** A Saturday, the same as that of the phrase file. */
export const NOW = Date.parse('2026-11-21T12:00:00Z');

export type Who = keyof typeof PEOPLE;
export type Where = 'personal' | 'group' | 'channel';

/** A whole Flagman before a pretend Microsoft, on the wire, at a standing clock. */
export interface Conversation {
  readonly demo: Demo;
  /** Moves the clock on by so many milliseconds. */
  wait(milliseconds: number): void;
  /** Says something and gives what that person then sees of the bot; keeps it in the transcript. */
  say(who: Who, text: string, where?: Where): Promise<string>;
  /** Presses a button of the newest card in that place; `row` picks the one that stands after this text. */
  press(who: Who, button: string, where?: Where): Promise<string>;
  /** Everything said and seen so far. */
  transcript(): string;
  close(): Promise<void>;
}

const shown = (turn: Turn): string =>
  [
    ...turn.answers.map(({ card, text }) => (card ? cardText(card as never) : `${text}\n`)),
    ...(turn.toast === null ? [] : [`(${turn.toast})\n`]),
  ].join('\n');

const startWith =
  (clock: () => number) =>
  (environment: Environment): ReturnType<typeof start> => {
    const config = readConfig({ LOG_LEVEL: 'silent', ...environment });
    if (!config.ok) throw new Error(config.error.join('\n'));
    return start(config.value, clock);
  };

/** Starts it. The clock stands still, so the pretend Graph throttles nobody unless told. */
export const converse = async (options: Partial<DemoOptions> = {}): Promise<Conversation> => {
  let now = NOW;
  const clock = (): number => now;
  const demo = await startDemo({
    startBot: startWith(clock),
    clock,
    limits: { reportsPer10s: 1_000_000, speed: 1 },
    ...options,
    environment: { GRAPH_BUDGET_SPEED: '1000', ...options.environment },
  });
  const said: string[] = [];
  const cards = new Map<string, { id: string; conversationId: string }>();
  const placeOf = (who: Who, where: Where): string =>
    where === 'personal' ? demo.chat.personal(PEOPLE[who].oid) : demo.chat[where].id;

  const record = (who: Who, where: Where, doing: string, turn: Turn): string => {
    const [last] = turn.answers.slice(-1);
    if (last) cards.set(`${who} ${where}`, { id: last.id, conversationId: turn.conversationId });
    const text = shown(turn);
    said.push(`> ${PEOPLE[who].name}${where === 'personal' ? '' : ` in the ${where}`}: ${doing}\n\n${text}`);
    return text;
  };

  return {
    demo,
    wait(milliseconds) {
      now += milliseconds;
    },
    async say(who, text, where = 'personal') {
      // Ids of messages are times; two in the same millisecond would be one message to the bot.
      now += 1;
      const turn = await demo.chat.say(PEOPLE[who].oid, placeOf(who, where), text);
      return record(who, where, text, turn);
    },
    async press(who, button, where = 'personal') {
      now += 1;
      const card = cards.get(`${who} ${where}`);
      if (!card) throw new Error(`${who} has seen no card in the ${where} yet.`);
      const turn = await demo.chat.press(PEOPLE[who].oid, card.conversationId, card.id, button);
      return record(who, where, `[${button}]`, turn);
    },
    transcript: () => said.join('\n'),
    close: () => demo.close(),
  };
};
