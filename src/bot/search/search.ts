import type { Search } from '../../entra/inbound.ts';
import type { Query } from '../../entra/query.ts';
import { keyOf } from '../../entra/query-key.ts';
import { LATE, within } from '../../lib/within.ts';
import { admissionOf } from '../admission.ts';
import { viewOfFailure } from '../answer.ts';
import { zoneOf } from '../asker.ts';
import type { Middle } from '../middle.ts';
import { inWords } from '../press-answer.ts';
import { tooMany } from '../problems.ts';
import type { SearchAnswer } from '../search-ports.ts';
import { askSearch, showKnown, type Words } from './ask.ts';
import { pageOf } from './items.ts';
import { narrows } from './known.ts';
import { type Recalled, SearchMemory } from './memory.ts';
import { pausesOf } from './pause.ts';
import { readSearch, type SearchQuestion } from './reading.ts';
import { recentSearch } from './recent.ts';

/** Letters that are answered for each question that is: only what leaves an entry counts as a question. */
const LETTERS = 20;

const KEEP_TYPING: Words = { message: 'Keep typing. Graph is asked at the next pause.' };

const STILL_READING: Words = {
  message: 'Still reading. Type a space, or try again in a moment: what was found is shown then.',
};

/** A question that Graph is being asked. */
interface UnderWay {
  readonly asker: string;
  readonly query: Query;
  readonly work: Promise<Recalled | Words>;
}

/** Finds the answer to a question: what is known of it at once, else from Graph once nothing more is typed. */
const finding = (middle: Middle, memory: SearchMemory) => {
  const { ports } = middle;
  const underWay = new Map<string, UnderWay>();

  const ask = (asker: string, search: Search, question: SearchQuestion): Promise<Recalled | Words> => {
    const { query } = question;
    const key = asker + keyOf(query);
    const work = askSearch(middle, memory, search, question).finally(() => underWay.delete(key));
    underWay.set(key, { asker, query, work });
    return work;
  };

  const recall = (search: Search, question: SearchQuestion): Promise<Recalled | Words> | undefined => {
    const recalled = memory.recall(search.person.id, question.query, ports.clock());
    return recalled && showKnown(middle, recalled, search, question);
  };

  return async (
    search: Search,
    question: SearchQuestion,
    pause: () => Promise<boolean>,
  ): Promise<Recalled | Words> => {
    const known = recall(search, question);
    if (known) return known;
    const { query } = question;
    const asker = `${search.person.id} ${search.place.kind} `;
    if (!underWay.has(asker + keyOf(query)) && !(await pause())) return KEEP_TYPING;
    const same = underWay.get(asker + keyOf(query));
    if (same) return same.work;
    // What is being read already may say it all.
    const wider = [...underWay.values()].find((one) => one.asker === asker && narrows(query, one.query));
    await wider?.work.catch(() => undefined);
    return recall(search, question) ?? ask(asker, search, question);
  };
};

/**
 * The search of the compose box. Teams sends what stands there with every letter, and waits for five seconds; the answer
 * is there before that, whatever Graph does.
 */
export const searchWith = (middle: Middle): ((search: Search) => Promise<SearchAnswer>) => {
  const { ports, settings, background } = middle;
  const memory = new SearchMemory();
  const find = finding(middle, memory);
  const pauses = pausesOf(settings.search.pauseMs);
  const admit = admissionOf(LETTERS * settings.questionsPerMinute);

  const answer = async (search: Search): Promise<SearchAnswer> => {
    const { person, place, text, isFirst } = search;
    if (admit(person.id, ports.clock()) !== 'answer')
      return { message: inWords(tooMany(settings.questionsPerMinute)) };
    const pause = pauses.typed(`${person.id} ${place.conversationId}`);
    const zone = await zoneOf(ports, person);
    const now = ports.clock();
    if (isFirst || text.trim() === '') return recentSearch(middle, memory, search, { zone, now });
    const question = readSearch(text, { now, zone, me: person.id, gaps: settings.gaps });
    if (typeof question === 'string') return { message: question };
    const found = await find(search, question, pause);
    if ('message' in found) return found;
    const resultId = found.known.result.id;
    return pageOf(found.answer, { resultId, zone, now: ports.clock() }, search);
  };

  return async (search) => {
    const work = answer(search).catch((error: unknown) => ({
      message: inWords(viewOfFailure(ports, error)),
    }));
    const first = await within(work, settings.search.answerMs);
    if (first !== LATE) return first;
    // What is found is kept for the next letter.
    background.run(async () => void (await work));
    return STILL_READING;
  };
};
