import { approve, type Ballot, pass, reject, withdraw } from '../../src/actions/approval/decide.ts';
import type { Approval, Moved } from '../../src/actions/approval.ts';
import type { Result } from '../../src/lib/result.ts';
import type { Store } from '../../src/store/store.ts';
import { ana, bo, sealed } from './request.ts';

/** How an approval can be decided, each by somebody of their own. */
const WAYS = {
  bo: (approval, at) =>
    approve(approval, { ...ballotOf(approval, at), by: bo }, { performMs: 1, mayBeOwn: false }),
  cy: (approval, at) =>
    approve(
      approval,
      { ...ballotOf(approval, at), by: { id: 'cy', name: 'Cy' } },
      { performMs: 1, mayBeOwn: false },
    ),
  dee: (approval, at) =>
    reject(approval, { ...ballotOf(approval, at), by: { id: 'dee', name: 'Dee' } }, 'no'),
  ana: (approval, at) => withdraw(approval, { ...ballotOf(approval, at), by: ana }),
} satisfies Readonly<Record<string, (approval: Approval, at: number) => Result<Moved, string>>>;

export type Voter = keyof typeof WAYS;

export const VOTERS = Object.keys(WAYS) as readonly Voter[];

const ballotOf = ({ version }: Approval, at: number): Omit<Ballot, 'by'> => ({
  at,
  version,
  activityId: 'press',
});

const inAnyOrder = <Item>(items: readonly Item[]): readonly Item[] =>
  items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);

/** One person decides about all of them at once, a moment before they expire. Gives those where it counted. */
export const voteOnAll = async (
  store: Store,
  voter: Voter,
  numbers: readonly number[],
): Promise<readonly number[]> => {
  const vote = async (number: number): Promise<readonly number[]> => {
    const approval = await store.approvals.find(number);
    if (!approval) throw new Error(`CR-${number} is not there.`);
    const moved = WAYS[voter](approval, approval.expiresAt - 1);
    return moved.ok && (await store.approvals.save(sealed(moved.value))) ? [number] : [];
  };
  return (await Promise.all(inAnyOrder(numbers).map(vote))).flat();
};

/** Lets everything expire that is pending, until nothing is. Gives those that it ended. */
export const sweep = async (store: Store, at: number): Promise<readonly number[]> => {
  const due = (await store.approvals.due(at, 7)).filter(({ state }) => state === 'pending');
  if (due.length === 0) return [];
  const ended = inAnyOrder(due).map(async (approval) => {
    const moved = pass(approval, at);
    return moved && (await store.approvals.save(sealed(moved))) ? [approval.number] : [];
  });
  return [...(await Promise.all(ended)).flat(), ...(await sweep(store, at))];
};
