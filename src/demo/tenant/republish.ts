import type { Random } from './random.ts';
import type { Row } from './row.ts';

/**
 * Publishes some sign-ins a second time, as the service does when it learns more: first the version without
 * risk, later the one with it. The last version of an id is the valid one.
 */
export const republish = (rows: readonly Row[], random: Random): readonly Row[] =>
  rows.flatMap((row) => {
    if (row.riskState === 'atRisk' && random.chance(0.5)) return [unscored(row), row];
    if (row.riskState === 'none' && random.chance(0.004))
      return [{ ...row, processingTimeInMilliseconds: 1 }, row];
    return [row];
  });

const unscored = (row: Row): Row => ({
  ...row,
  riskState: 'none',
  riskDetail: 'none',
  riskLevelAggregated: 'none',
  riskLevelDuringSignIn: 'none',
  riskEventTypes_v2: [],
});
