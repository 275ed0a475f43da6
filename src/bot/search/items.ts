import { completenessOf, headlineOf, scopeOf, warningsOf } from '../../cards/answer-words.ts';
import { NOT_CONFIRMED, resultOf, riskOf, whoOf } from '../../cards/sign-in-words.ts';
import type { Found, SignInAnswer } from '../../entra/query.ts';
import { showText } from '../../lib/text.ts';
import { showInstant } from '../../lib/time.ts';
import type { FoundItem, SearchAnswer } from '../search-ports.ts';

/** A row of a kept answer. */
export interface KeptRow extends Found {
  readonly resultId: string;
}

/** Which of the results are wanted. */
export interface Wanted {
  readonly skip: number;
  readonly count: number;
}

/** Some clients draw Markdown in these lines, so nothing of the log may be a link. */
const plain = (text: string, most: number): string => showText(text, most).replaceAll('](', '] (');

/** One sign-in to pick: who, when, how it ended, how risky it looked. */
export const rowItem = ({ signIn, confirmed, resultId }: KeptRow, zone: string): FoundItem => {
  const [result, ...meaning] = resultOf(signIn).text.split(' · ');
  // What clients cut off stands last.
  const parts = [
    showInstant(signIn.createdDateTime, zone),
    result,
    riskOf(signIn).text,
    ...(signIn.flaggedForReview ? ['FLAGGED'] : []),
    ...(confirmed ? [] : [NOT_CONFIRMED.text]),
    ...meaning,
  ];
  const asked = showText(signIn.id, 64);
  return {
    title: plain(whoOf(signIn).id, 80),
    text: plain(parts.join(' · '), 300),
    pick: { result: resultId, row: signIn.id },
    unasked: `This Teams client did not ask Flagman for the summary. Say "sign-in ${asked}" to Flagman, or pick it on a desktop.`,
  };
};

/** A line that only tells something. */
export const wordsItem = (title: string, text: string): FoundItem => ({
  title,
  text: plain(text, 500),
  pick: {},
  unasked: 'This line told about a search.',
});

const verdictItem = (answer: SignInAnswer, zone: string, now: number): FoundItem =>
  wordsItem(headlineOf(answer), `${completenessOf(answer, now)} · ${scopeOf(answer, zone)}`);

const nothing = (answer: SignInAnswer, zone: string, now: number): SearchAnswer => {
  const said = [headlineOf(answer), completenessOf(answer, now), scopeOf(answer, zone)];
  return { message: plain([...said.map((words) => `${words}.`), ...warningsOf(answer)].join(' '), 1_000) };
};

/** What Teams is answered when it wants more results than there are. */
export const noMore = (answer: SignInAnswer): SearchAnswer => ({
  message: `There are no more results. ${headlineOf(answer)}.`,
});

/**
 * A page of results. One line says how complete the answer is: behind the last row, or at the end of the first page
 * where not everything was read.
 */
export const pageOf = (
  answer: SignInAnswer,
  { resultId, zone, now }: { readonly resultId: string; readonly zone: string; readonly now: number },
  { skip, count }: Wanted,
): SearchAnswer => {
  const { rows, verdict } = answer;
  if (rows.length === 0) return nothing(answer, zone, now);
  const told = verdict.finished ? rows.length : Math.min(rows.length, count - 1);
  const lines = [...rows.slice(0, told), undefined, ...rows.slice(told)].slice(skip, skip + count);
  if (lines.length === 0) return noMore(answer);
  const items = lines.map((found) =>
    found ? rowItem({ ...found, resultId }, zone) : verdictItem(answer, zone, now),
  );
  return { items };
};
