import type { Row } from '../tenant/row.ts';

/** What is said anew about the risk of a sign-in. */
export interface RiskChange {
  readonly riskState: string;
  readonly riskDetail: string;
  readonly riskLevelAggregated: string;
  /** Where a detection came with it. */
  readonly riskEventTypes_v2?: readonly string[];
}

/** Whether something was ever found in a sign-in; a decision about it does not end that. */
export const isRisky = ({ riskState }: Row): boolean => typeof riskState === 'string' && riskState !== 'none';

/** The sign-ins as they stand now. They begin as the tenant's, which itself is never changed. */
export interface SignInLog {
  /** Every published version. */
  readonly newestFirst: () => readonly Row[];
  /** The same turned round; versions of one sign-in keep their order. */
  readonly oldestFirst: () => readonly Row[];
  /** The valid version of a sign-in, which is the last one. Ids compare without case. */
  readonly find: (id: string) => Row | undefined;
  /** The valid version of every sign-in. */
  readonly valid: () => readonly Row[];
  /** When the risk of a sign-in was last changed, milliseconds since 1970; undefined: never since the start. */
  readonly changedAt: (id: string) => number | undefined;
  /** Changes the valid version. A changed row is a new object, so nothing kept for the old one is used again. */
  readonly change: (id: string, risk: RiskChange, time: number) => void;
}

/** Keeps the log of a running pretend Graph. */
export const createSignInLog = (published: readonly Row[]): SignInLog => {
  const rows = [...published];
  const ascending = rows
    .map((row, index) => ({ index, time: Date.parse(row.createdDateTime) }))
    .sort((one, other) => one.time - other.time)
    .map(({ index }) => index);
  const last = new Map(rows.map((row, index) => [row.id, index]));
  const changed = new Map<string, number>();
  const at = (indices: Iterable<number>): readonly Row[] =>
    [...indices].flatMap((index) => rows[index] ?? []);
  const indexOf = (id: string): number => last.get(id.toLowerCase()) ?? -1;
  return {
    newestFirst: () => rows,
    oldestFirst: () => at(ascending),
    find: (id) => rows[indexOf(id)],
    valid: () => at(last.values()),
    changedAt: (id) => changed.get(id),
    change: (id, risk, time) => {
      const index = indexOf(id);
      const row = rows[index];
      if (row === undefined) throw new Error(`No sign-in has the id ${id}`);
      rows[index] = { ...row, ...risk };
      changed.set(row.id, time);
    },
  };
};
