import { z } from 'zod';
import type { Found, SignInAnswer } from '../entra/query.ts';
import { showText } from '../lib/text.ts';
import { completenessOf, headlineOf, remarksOf, scopeOf, warningsOf } from './answer-words.ts';
import { Button, ButtonBar, button } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { actButton, Row, rowButton, rowOf } from './sign-in-row.ts';
import { cardMaker, firstThatFits, Text } from './template.ts';
import { UserTable, userTableOf } from './user-table.ts';
import type { SignInListView } from './view.ts';

/** Buttons with what clients that only know Action.Submit need, and bare ones. */
const ListBar = z.strictObject({ ...ButtonBar.shape, bare: z.array(Button) });

type ListBar = z.infer<typeof ListBar>;

const ListRow = z.strictObject({ ...Row.shape, actions: z.array(ListBar) });

const SignInList = z.strictObject({
  headline: Text,
  asked: Text,
  scope: Text,
  warnings: z.array(Text),
  tables: z.array(UserTable),
  rows: z.array(ListRow),
  positions: z.array(Text),
  ...ListBar.shape,
});

const make = cardMaker('sign-in-list', SignInList);

/** A list card, and the index of the first row that comes after it, if there is one. */
export interface SignInPage {
  readonly card: AdaptiveCard;
  readonly next?: number;
}

/** Rows of a card, from what is read at ease to what always fits. */
const ROWS: readonly [number, ...number[]] = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

const positionsOf = (first: number, end: number, total: number): string[] =>
  end - first < total ? [`Rows ${first + 1} to ${end} of ${total.toLocaleString('en')}, newest first`] : [];

/** So many rows find room with all of their buttons twice; where there are more, old clients can say "#7" instead. */
const ROWS_FOR_ALL_CLIENTS = 6;

const barOf = ({ answer, first }: SignInListView, buttons: Button[]): ListBar =>
  answer.rows.length - first <= ROWS_FOR_ALL_CLIENTS ? { buttons, bare: [] } : { buttons: [], bare: buttons };

const actionsOf = ({ signIn }: Found, view: SignInListView): ListBar[] => {
  const buttons = [
    ...rowButton('Details', 'details', view.resultId, signIn.id),
    ...actButton('Act…', view.resultId, signIn),
    ...rowButton('Share…', 'share', view.resultId, signIn.id),
  ];
  return buttons.length > 0 ? [barOf(view, buttons)] : [];
};

/** That nothing was found can be shared too; a single row has such a button of its own. */
const shareButtons = ({ resultId: result, first }: SignInListView, shown: number): Button[] => {
  if (shown === 1) return [];
  return shown === 0
    ? [button('Share…', 'share', { result, first })]
    : [button(`Share these ${shown}…`, 'share', { result, first, count: shown })];
};

/** What leads on is there for all clients. */
const barBelow = (view: SignInListView, shown: number, next: number | undefined): ListBar => {
  const { resultId: result } = view;
  const { buttons, bare } = barOf(view, [
    ...shareButtons(view, shown),
    ...(shown === 0 ? [] : [button('Export', 'export', { result })]),
  ]);
  const onwards = next === undefined ? [] : [button('Show more', 'more', { result, first: next })];
  return { buttons: [...onwards, button('Refresh', 'refresh', { result }), ...buttons], bare };
};

const pageOf = (view: SignInListView, most: number): SignInPage => {
  const { answer, first, zone, now } = view;
  const all = answer.rows;
  const shown = all.slice(first, first + most);
  const end = first + shown.length;
  const next = end < all.length ? end : undefined;
  const warnings = warningsOf(answer);
  const card = make({
    headline: headlineOf(answer),
    asked: showText(view.asked, 200),
    scope: [scopeOf(answer, zone), completenessOf(answer, now), ...remarksOf(answer, view.notes)].join('\n'),
    warnings: warnings.length > 0 ? [warnings.join('\n')] : [],
    tables: answer.query.groupBy === 'user' && first === 0 && all.length > 0 ? [userTableOf(all)] : [],
    rows: shown.map((found, index) => ({
      ...rowOf(found, first + index + 1, zone),
      actions: actionsOf(found, view),
    })),
    positions: positionsOf(first, end, all.length),
    ...barBelow(view, shown.length, next),
  });
  return next === undefined ? { card } : { card, next };
};

/** The page of each answer that was made last: what many people ask at once is the same card for all of them. */
const made = new WeakMap<SignInAnswer, { readonly key: string; readonly page: SignInPage }>();

/** Everything that a page depends on besides its answer; of the moment, that is the age that it prints. */
const keyOf = ({ answer, asked, notes, first, resultId, zone, now }: SignInListView): string =>
  JSON.stringify([asked, notes, first, resultId, zone, completenessOf(answer, now)]);

/** One page of an answer: ten rows, or as many as can be sent in one card. */
export const signInPage = (view: SignInListView): SignInPage => {
  const key = keyOf(view);
  const last = made.get(view.answer);
  if (last?.key === key) return last.page;
  const page = firstThatFits(ROWS, (most) => pageOf(view, most));
  made.set(view.answer, { key, page });
  return page;
};
