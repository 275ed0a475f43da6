import type { SignInDetailsView, SignInListView } from '../../cards/view.ts';
import type { Query } from '../../entra/query.ts';
import type { Powers, Shown } from '../command.ts';

/** A page of an answer, from its row `shown.first` on. */
export const listView = (shown: Shown, powers: Powers): SignInListView => ({
  card: 'sign-in-list',
  answer: shown.answer,
  asked: shown.asked,
  notes: shown.notes,
  first: shown.first,
  resultId: shown.resultId,
  zone: powers.zone,
  now: powers.now,
});

/** Everything about the row at this index of an answer; undefined when it has no such row. */
export const detailsView = (shown: Shown, index: number, powers: Powers): SignInDetailsView | undefined => {
  const row = shown.answer.rows[index];
  return (
    row && {
      card: 'sign-in-details',
      signIn: row.signIn,
      confirmed: row.confirmed,
      fetchedAt: shown.answer.fetchedAt,
      resultId: shown.resultId,
      zone: powers.zone,
    }
  );
};

/** Whether the question asks for this very sign-in; what was found otherwise, by its correlation, is another one. */
const asksFor = ({ where, otherwise }: Query, id: string | undefined): boolean =>
  where.some(
    (condition) =>
      condition.op === 'eq' &&
      condition.property === 'id' &&
      (otherwise === undefined || condition.value === id),
  );

/** Asks Graph, keeps the answer, and shows it: one sign-in asked for by its id in full, all else as a list. */
export const ask = async (
  query: Query,
  asked: string,
  notes: readonly string[],
  powers: Powers,
): Promise<SignInListView | SignInDetailsView> => {
  const answer = await powers.readSignIns(query);
  const shown = await powers.rememberShown({ asked, notes, answer, first: 0 });
  const [first, ...others] = answer.rows;
  const isIt = others.length === 0 && asksFor(query, first?.signIn.id.toLowerCase());
  return (isIt ? detailsView(shown, 0, powers) : undefined) ?? listView(shown, powers);
};
