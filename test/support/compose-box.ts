import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '../../src/bot/bot.ts';
import type { Ports, Settings, Store } from '../../src/bot/ports.ts';
import type { FoundItem, SearchAnswer } from '../../src/bot/search-ports.ts';
import type { Search } from '../../src/entra/inbound.ts';
import type { LedgerEvent } from '../../src/entra/ledger-event.ts';
import { matches } from '../../src/entra/matches.ts';
import type { Person } from '../../src/entra/person.ts';
import type { Place } from '../../src/entra/place.ts';
import type { Query, SignInAnswer } from '../../src/entra/query.ts';
import type { Share, Sharing } from '../../src/entra/share.ts';
import type { SignIn } from '../../src/entra/sign-in.ts';
import { signIn } from '../graph/support/rows.ts';
import { answerWith } from './answer.ts';
import { type Reading, readingBot } from './reading-bot.ts';

export const START = Date.parse('2026-11-21T12:00:00Z');

export const ANNA: Person = { id: 'anna', tenantId: 'tenant', name: 'Anna', teamsId: '29:anna' };
export const BEN: Person = { id: 'ben', tenantId: 'tenant', name: 'Ben', teamsId: '29:ben' };

const placed = (kind: Place['kind'], conversationId: string): Place => ({
  kind,
  conversationId,
  serviceUrl: 'https://smba.example/',
  tenantId: 'tenant',
  botId: '28:bot',
});

export const PERSONAL = placed('personal', 'a:anna');
export const GROUP = placed('group', '19:group');

/** A small log, the newest first. */
export const LOG: readonly SignIn[] = [
  signIn({ id: 'row-1', userPrincipalName: 'user@contoso.com', riskState: 'atRisk' }),
  signIn({ id: 'row-2', userPrincipalName: 'user@contoso.com', createdDateTime: '2026-11-21T10:00:00Z' }),
  signIn({ id: 'row-3', userPrincipalName: 'ben@contoso.com', createdDateTime: '2026-11-21T09:00:00Z' }),
];

/** The compose box of a bot whose Graph, ledger and shares are seen from behind. */
export interface ComposeBox {
  readonly bot: Bot;
  /** What Graph was asked. */
  readonly asked: Query[];
  readonly entries: LedgerEvent[];
  readonly shared: { readonly source: string; readonly sharing: Sharing }[];
  /** Moves the clock on by so many milliseconds. */
  pass(milliseconds: number): void;
  search(text: string, more?: Partial<Search>): Promise<SearchAnswer>;
  /** Types letter by letter, each so many milliseconds after the last, and pauses; gives what each was answered. */
  type(text: string, everyMs: number, pause?: () => Promise<void>): Promise<readonly SearchAnswer[]>;
  pick(
    data: Readonly<Record<string, unknown>>,
    who?: Person,
    place?: Place,
    activityId?: string,
  ): ReturnType<Bot['onPick']>;
}

export interface ComposeBoxOptions {
  readonly log?: readonly SignIn[];
  /** Changes what Graph answers, or takes its time. */
  readonly answer?: (whole: SignInAnswer) => SignInAnswer | Promise<SignInAnswer>;
  readonly rolesOf?: Ports['graph']['rolesOf'];
  readonly append?: Ports['ledger']['append'];
  readonly incidents?: Partial<Ports['incidents']>;
  readonly settings?: Partial<Settings>;
}

/** Opens it over this store. */
export const composeBox = (store: Reading['store'] & Store, options: ComposeBoxOptions = {}): ComposeBox => {
  let now = START;
  let serial = 0;
  const asked: Query[] = [];
  const entries: LedgerEvent[] = [];
  const shared: { source: string; sharing: Sharing }[] = [];
  const { log = LOG, answer = (whole) => whole } = options;
  const bot = readingBot({
    store,
    clock: () => now,
    newId: () => {
      serial += 1;
      return `id-${serial}`;
    },
    graph: {
      async readSignIns(query) {
        asked.push(query);
        const rows = log.filter((row) => query.where.every((one) => matches(one, row) !== 'no'));
        const readingId = `reading-${START}-${asked.length}-${Math.random()}`;
        const fetchedAt = new Date(now).toISOString();
        return answer(answerWith(rows.slice(0, query.limit), { query, readingId, fetchedAt }));
      },
      ...(options.rolesOf && { rolesOf: options.rolesOf }),
    },
    ledger: {
      async append(event) {
        await options.append?.(event);
        entries.push(event);
      },
      askedAbout: async () => [],
    },
    shares: {
      async create(source, sharing): Promise<Share> {
        shared.push({ source, sharing });
        return { ...sharing, number: shared.length, hash: 'a'.repeat(64) };
      },
      find: async () => undefined,
      verify: async () => undefined,
    },
    incidents: {
      declare: async () => true,
      find: async () => undefined,
      in: async () => undefined,
      list: async () => [],
      timeline: async () => [],
      ...options.incidents,
    },
    settings: options.settings ?? {},
  });

  const search: ComposeBox['search'] = (text, more = {}) => {
    serial += 1;
    const usual = { activityId: `f:${serial}`, skip: 0, count: 25, isFirst: false };
    return bot.onSearch({ ...usual, person: ANNA, place: PERSONAL, text, ...more });
  };

  return {
    bot,
    asked,
    entries,
    shared,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    search,
    async type(text, everyMs, pause) {
      const answers: Promise<SearchAnswer>[] = [];
      for (let length = 1; length <= text.length; length += 1) {
        answers.push(search(text.slice(0, length)));
        await sleep(everyMs);
      }
      await pause?.();
      return Promise.all(answers);
    },
    pick: (data, person = ANNA, place = PERSONAL, activityId = 'f:pick') =>
      bot.onPick({ activityId, data, person, place }),
  };
};

/** The results of a search; throws when there are none. */
export const itemsIn = (answer: SearchAnswer): readonly FoundItem[] => {
  if ('items' in answer) return answer.items;
  throw new Error(answer.message);
};

/** The rows that can be picked, by their ids. */
export const rowsIn = (answer: SearchAnswer): readonly (string | undefined)[] =>
  itemsIn(answer).flatMap(({ pick }) => (pick.row === undefined ? [] : [pick.row]));

/** The words in the place of results; throws when there are results. */
export const wordsIn = (answer: SearchAnswer | { readonly message: string } | object): string => {
  if ('message' in answer) return String(answer.message);
  throw new Error(JSON.stringify(answer));
};
