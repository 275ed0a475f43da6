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

/** A row, and its buttons with what clients that only know Action.Submit need, or bare. */
const ListRow = z.strictObject({
  ...Row.shape,
  actions: z.array(z.strictObject({ ...ButtonBar.shape, bare: z.array(Button) })),
});

const SignInList = z.strictObject({
  headline: Text,
  asked: Text,
  scope: Text,
  warnings: z.array(Text),
  tables: z.array(UserTable),
  rows: z.array(ListRow),
  positions: z.array(Text),
  buttons: z.array(Button),
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

/** So many rows find room with all of their buttons twice; clients that old can say "#7" instead. */
const ROWS_FOR_ALL_CLIENTS = 6;

const actionsOf = (
  { signIn }: Found,
  { answer, first, resultId }: SignInListView,
): z.infer<typeof ListRow>['actions'] => {
  const buttons = [
    ...rowButton('Details', 'details', resultId, signIn.id),
    ...actButton('Act…', resultId, signIn),
    ...rowButton('Share…', 'share', resultId, signIn.id),
  ];
  if (buttons.length === 0) return [];
  const isShort = answer.rows.length - first <= ROWS_FOR_ALL_CLIENTS;
  return [isShort ? { buttons, bare: [] } : { buttons: [], bare: buttons }];
};

/** That nothing was found can be shared too; a single row has such a button of its own. */
const shareButtons = ({ resultId: result, first }: SignInListView, shown: number): Button[] => {
  if (shown === 1) return [];
  return shown === 0
    ? [button('Share…', 'share', { result, first })]
    : [button(`Share these ${shown}…`, 'share', { result, first, count: shown })];
};

const buttonsOf = (view: SignInListView, shown: number, next: number | undefined): Button[] => [
  ...(next === undefined ? [] : [button('Show more', 'more', { result: view.resultId, first: next })]),
  button('Refresh', 'refresh', { result: view.resultId }),
  ...shareButtons(view, shown),
  ...(shown === 0 ? [] : [button('Export', 'export', { result: view.resultId })]),
];

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
    buttons: buttonsOf(view, shown.length, next),
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
