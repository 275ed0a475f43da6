import type { Row } from '../tenant/row.ts';

/** What Entra ID Protection says about a user. */
export interface UserRisk {
  readonly riskLevel: string;
  readonly riskState: string;
  readonly riskDetail: string;
}

const RISING = ['none', 'hidden', 'low', 'medium', 'high'];

/**
 * A user's risk as their risky sign-ins make it. One confirmed compromise makes it high; else open risk counts with
 * its highest level; else the latest decision stands, without a level. Undefined where nothing was ever risky.
 * @param signIns risky ones of this user, the one that changed last first
 */
export const riskOfUser = (signIns: readonly Row[]): UserRisk | undefined => {
  const [latest] = signIns;
  if (latest === undefined) return undefined;
  const inState = (state: string): readonly Row[] => signIns.filter(({ riskState }) => riskState === state);
  const [compromised] = inState('confirmedCompromised');
  if (compromised !== undefined) return { ...verdictOf(compromised), riskLevel: 'high' };
  const open = inState('atRisk');
  const [first] = open;
  if (first === undefined) return { ...verdictOf(latest), riskLevel: 'none' };
  const rank = Math.max(0, ...open.map((row) => RISING.indexOf(String(row.riskLevelAggregated))));
  return { ...verdictOf(first), riskLevel: RISING[rank] ?? 'none' };
};

const verdictOf = ({ riskState, riskDetail }: Row) => ({
  riskState: String(riskState),
  riskDetail: String(riskDetail ?? 'none'),
});
