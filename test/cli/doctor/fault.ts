import type { FindingVerdict } from '../../../src/cli/doctor/finding.ts';
import { PERMISSIONS } from '../../../src/entra/permissions.ts';
import type { Ground } from './ground.ts';

export const PERMISSION_CHECKS = PERMISSIONS.map(({ name }) => `permissions ${name}`);
export const PLACE_CHECKS = ['places APPROVALS_CONVERSATION', 'places LEDGER_CONVERSATION'];

/** One thing that is wrong, and what is found that was not found before. */
export interface Case {
  readonly fault: string;
  /** Gives the variables that are not as usual, where there are any. */
  readonly happens: (ground: Ground) => unknown;
  readonly finds: Readonly<Record<string, readonly [FindingVerdict, RegExp, RegExp?]>>;
  /** Whether it is one by permissions of files. */
  readonly byPermission?: true;
  /** What then cannot be checked. */
  readonly unchecked?: readonly string[];
  /** What is not spoken of any more. */
  readonly gone?: readonly string[];
}

/** What hangs on a token for Graph. */
export const WITHOUT_GRAPH = {
  unchecked: ['permissions', 'graph', 'licence'],
  gone: PERMISSION_CHECKS,
} as const;

export const WITHOUT_BOT = { unchecked: ['places'], gone: PLACE_CHECKS } as const;

export const WITHOUT_BOTH = {
  unchecked: [...WITHOUT_GRAPH.unchecked, ...WITHOUT_BOT.unchecked],
  gone: [...WITHOUT_GRAPH.gone, ...WITHOUT_BOT.gone],
} as const;

export const WITHOUT_STORE = { unchecked: ['ledger', 'places'], gone: PLACE_CHECKS } as const;
