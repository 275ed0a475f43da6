import { type Bot, createBot } from '../../src/bot/bot.ts';
import type { Graph, Ledger, Ports, Settings, Store } from '../../src/bot/ports.ts';
import { CHANGES } from './changes.ts';
import { NO_SPEECH, USUAL_ANSWERS } from './files.ts';
import { NO_REDACTIONS, NO_SHARING } from './sharing.ts';

const never = (): never => {
  throw new Error('Nothing is changed here.');
};

/** Longer than any test, however slow the machine. */
const FOR_EVER_MS = 600_000;

const READER: Awaited<ReturnType<Graph['rolesOf']>> = { ok: true, value: ['reader'] };

/** What a bot reads with; what is left out answers with nothing. */
export interface Reading extends Partial<Pick<Ports, 'log' | 'clock' | 'newId' | 'shares' | 'incidents'>> {
  readonly graph: Pick<Graph, 'readSignIns'> & Partial<Graph>;
  readonly store: Store & Pick<Ports, 'posts'>;
  readonly ledger?: Ledger;
  readonly settings?: Partial<Settings>;
}

/** A middle that only answers questions: everybody holds the role `reader`, and nothing can be changed. */
export const readingBot = ({ graph, store, ledger, settings, ...given }: Reading): Bot => {
  const clock = given.clock ?? Date.now;
  const quiet = { debug: never, info: () => undefined, warn: () => undefined, error: () => undefined };
  const ports: Ports = {
    log: quiet,
    newId: () => 'an id',
    ...NO_SHARING,
    ...given,
    graph: {
      rolesOf: async () => READER,
      findUsers: async () => ({ ok: true, value: [] }),
      freshRolesOf: never,
      accountOf: never,
      inspect: never,
      perform: never,
      ...graph,
    },
    store,
    ledger: ledger ?? { append: async () => undefined, askedAbout: async () => [] },
    approvals: {
      create: never,
      find: never,
      open: never,
      save: never,
      due: never,
      evidence: never,
      history: never,
    },
    posts: store.posts,
    ...NO_SPEECH,
    chatIn: never,
    clock,
    now: async () => clock(),
  };
  const tending = { wake: never, soon: never, stop: never };
  const usual = {
    changes: CHANGES,
    ...USUAL_ANSWERS,
    redactions: NO_REDACTIONS,
    readerRoles: ['reader'],
    questionsPerMinute: 100,
    turnMs: FOR_EVER_MS,
    typingMs: FOR_EVER_MS,
    search: { pauseMs: 20, answerMs: FOR_EVER_MS },
  };
  return createBot(ports, { ...usual, ...settings }, tending);
};
