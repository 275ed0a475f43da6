import type { Search } from '../../entra/inbound.ts';
import { keyOf } from '../../entra/query-key.ts';
import type { Decision } from '../../policy/authorize.ts';
import { decide } from '../asker.ts';
import type { Middle } from '../middle.ts';
import { inWords } from '../press-answer.ts';
import { refused, tooMany } from '../problems.ts';
import { askGraph, type Recording, recordingOf } from '../recording.ts';
import type { Recalled, SearchMemory } from './memory.ts';
import type { SearchQuestion } from './reading.ts';

/** Where the answers of the compose box were shown: in no conversation, so that no "#2" said there means their rows. */
const COMPOSE_BOX = 'compose box';

/** What is said in the place of results. */
export interface Words {
  readonly message: string;
}

/** Whether this person may be shown the answer here. */
export const permitFor = (
  { ports, settings }: Middle,
  search: Pick<Search, 'person' | 'place'>,
  aboutMe: boolean,
): Promise<Decision> => decide(ports, settings, search, { needs: 'reader', aboutMe });

/**
 * Does what leaves an entry, for whoever may have the answer and asks no faster than messages are answered. Nothing is
 * shown before its entry is written.
 */
export const onRecord = async <Shown>(
  { ports, settings, admit }: Middle,
  {
    search,
    decision,
    question,
  }: {
    readonly search: Pick<Search, 'person' | 'place'>;
    readonly decision: Decision;
    readonly question?: SearchQuestion;
  },
  work: (recording: Recording) => Promise<Shown>,
): Promise<Shown | Words> => {
  if (admit(search.person.id, ports.clock()) !== 'answer')
    return { message: inWords(tooMany(settings.questionsPerMinute)) };
  const recording = recordingOf(ports, search, 'search');
  try {
    if (decision.permitted) return await work(recording);
    recording.refused(decision.why, question?.query);
    return { message: inWords(refused(decision.why)) };
  } finally {
    await recording.written();
  }
};

/** Gives what is known to whoever may see it; each question that it answers stands in the ledger once. */
export const showKnown = async (
  middle: Middle,
  recalled: Recalled,
  search: Search,
  question: SearchQuestion,
): Promise<Recalled | Words> => {
  const { recorded } = recalled.known;
  const key = keyOf(question.query);
  const decision = await permitFor(middle, search, question.aboutMe);
  if (decision.permitted && recorded.has(key)) return recalled;
  return onRecord(middle, { search, decision, question }, async (recording) => {
    recording.shown(recalled.answer);
    await recording.written();
    recorded.add(key);
    return recalled;
  });
};

/** Asks Graph for whoever may ask, and remembers the answer. Throws when Graph, store or ledger fail. */
export const askSearch = async (
  middle: Middle,
  memory: SearchMemory,
  search: Search,
  question: SearchQuestion,
): Promise<Recalled | Words> => {
  const { ports } = middle;
  const { asked, notes, aboutMe, query } = question;
  const decision = await permitFor(middle, search, aboutMe);
  return onRecord(middle, { search, decision, question }, async (recording) => {
    const answer = await askGraph(ports, recording, query);
    await recording.written();
    const personId = search.person.id;
    const now = ports.clock();
    const showing = { personId, conversationId: COMPOSE_BOX, first: 0 };
    const result = await ports.store.results.show({ personId, asked, notes, aboutMe, answer }, showing, now);
    const known = { personId, result, at: now, recorded: new Set([keyOf(query)]) };
    memory.keep(known);
    return { known, answer };
  });
};
