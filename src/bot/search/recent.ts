import type { Search } from '../../entra/inbound.ts';
import type { KeptAnswer } from '../../entra/kept-answer.ts';
import { showAge } from '../../lib/time.ts';
import type { Middle } from '../middle.ts';
import type { SearchAnswer } from '../search-ports.ts';
import { onRecord, permitFor } from './ask.ts';
import { type KeptRow, rowItem, wordsItem } from './items.ts';
import type { SearchMemory } from './memory.ts';
import { HINT } from './reading.ts';

/** So many answers are looked through for something to send. */
const MOST_ANSWERS = 5;

/** The newest sign-ins of these answers, each as the newest of them has it, at most so many. */
export const newestRows = (answers: readonly KeptAnswer[], most: number): readonly KeptRow[] => {
  const rows = new Map<string, KeptRow>();
  for (const { id: resultId, answer } of answers)
    for (const found of answer.rows)
      if (!rows.has(found.signIn.id)) rows.set(found.signIn.id, { ...found, resultId });
  return [...rows.values()]
    .sort((one, other) => other.signIn.createdDateTime.localeCompare(one.signIn.createdDateTime))
    .slice(0, most);
};

/** Somebody else's own sign-ins are other people's sign-ins to whoever was shown them. */
const isAboutOneself = ({ aboutMe, personId }: KeptAnswer, { person }: Search): boolean =>
  aboutMe && personId === person.id;

const permitted = async (
  middle: Middle,
  search: Search,
  answers: readonly KeptAnswer[],
): Promise<readonly KeptAnswer[]> => {
  const kinds = new Set(answers.map((answer) => isAboutOneself(answer, search)));
  const decisions = await Promise.all(
    [...kinds].map(async (aboutMe) => ({ aboutMe, decision: await permitFor(middle, search, aboutMe) })),
  );
  const open = new Set(decisions.flatMap(({ aboutMe, decision }) => (decision.permitted ? [aboutMe] : [])));
  return answers.filter((answer) => open.has(isAboutOneself(answer, search)));
};

const originOf = (answers: readonly KeptAnswer[], now: number): string =>
  answers
    .map(({ asked, answer }) => `"${asked}", asked ${showAge(now - Date.parse(answer.fetchedAt))} ago`)
    .join('; ');

/** What stands in the search before anything is typed: sign-ins that this person was shown lately, to send them. */
export const recentSearch = async (
  middle: Middle,
  memory: SearchMemory,
  search: Search,
  { zone, now }: { readonly zone: string; readonly now: number },
): Promise<SearchAnswer> => {
  if (search.skip > 0) return { message: HINT };
  const recent = await middle.ports.store.results.recent(search.person.id, MOST_ANSWERS);
  const answers = await permitted(middle, search, recent);
  const rows = newestRows(answers, search.count - 1);
  if (rows.length === 0) return { message: HINT };
  const shown = answers.filter(({ id }) => rows.some(({ resultId }) => resultId === id));
  const items = [
    ...rows.map((row) => rowItem(row, zone)),
    wordsItem('From what you asked last', `${originOf(shown, now)}. ${HINT}`),
  ];
  const key = [search.person.id, ...shown.map(({ id }) => id)].join(' ');
  if (memory.wasOpened(key, now)) return { items };
  return onRecord(middle, { search, decision: { permitted: true } }, async (recording) => {
    for (const { id, answer } of shown)
      recording.shown({ ...answer, rows: rows.filter(({ resultId }) => resultId === id) });
    await recording.written();
    memory.opened(key, now);
    return { items };
  });
};
