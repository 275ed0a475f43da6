import type { RiskChange, SignInLog } from './sign-in-log.ts';

/** What an app can say about risky sign-ins, by the last segment of the path. */
export const SIGN_IN_ACTIONS = ['confirmCompromised', 'confirmSafe', 'dismiss'] as const;

export type SignInAction = (typeof SIGN_IN_ACTIONS)[number];

const OUTCOME: Readonly<Record<SignInAction, RiskChange>> = {
  confirmCompromised: {
    riskState: 'confirmedCompromised',
    riskDetail: 'adminConfirmedSigninCompromised',
    riskLevelAggregated: 'high',
  },
  confirmSafe: {
    riskState: 'confirmedSafe',
    riskDetail: 'adminConfirmedSigninSafe',
    riskLevelAggregated: 'none',
  },
  dismiss: {
    riskState: 'dismissed',
    riskDetail: 'adminDismissedRiskForSignIn',
    riskLevelAggregated: 'none',
  },
};

/** One sign-in of a POST that was carried out, whether or not its answer arrived. */
export interface CarriedOut {
  readonly action: SignInAction;
  readonly requestId: string;
  /** When it was done, milliseconds since 1970; it shows later by the lag. */
  readonly time: number;
  readonly clientRequestId: string;
}

/** What can be set while the pretend Graph runs. */
export interface Behaviour {
  /** Milliseconds from a POST until reads show what it did. */
  lag: number;
}

/** What is said about sign-ins, through this Graph or past it. */
export interface Verdicts {
  /** Everything carried out, oldest first. */
  readonly effects: readonly CarriedOut[];
  /** Carries an action out on sign-ins of the log. */
  readonly perform: (action: SignInAction, ids: readonly string[], clientRequestId: string) => void;
  /** Somebody decides elsewhere; it shows at once, and what was said before is never shown after it. */
  readonly decide: (id: string, risk: RiskChange) => void;
  /** Shows what is due. */
  readonly settle: () => void;
  /** Whether something said about this sign-in does not show yet. */
  readonly isProcessing: (id: string) => boolean;
}

interface Pending {
  readonly id: string;
  readonly risk: RiskChange;
  /** When it shows, milliseconds since 1970. */
  readonly due: number;
}

/** Judges the sign-ins of a log. */
export const createVerdicts = (log: SignInLog, clock: () => number, behaviour: Behaviour): Verdicts => {
  const effects: CarriedOut[] = [];
  let pending: readonly Pending[] = [];
  return {
    effects,
    perform: (action, ids, clientRequestId) => {
      const time = clock();
      const due = time + behaviour.lag;
      // What was said earlier shows no later, also where the lag has become shorter since.
      const earlier = pending.map((one) =>
        ids.includes(one.id) ? { ...one, due: Math.min(one.due, due) } : one,
      );
      pending = [...earlier, ...ids.map((id) => ({ id, risk: OUTCOME[action], due }))];
      effects.push(...ids.map((requestId) => ({ action, requestId, time, clientRequestId })));
    },
    decide: (id, risk) => {
      log.change(id, risk, clock());
      pending = pending.filter((one) => one.id !== id.toLowerCase());
    },
    settle: () => {
      const now = clock();
      for (const { id, risk, due } of pending) if (due <= now) log.change(id, risk, due);
      pending = pending.filter(({ due }) => due > now);
    },
    isProcessing: (id) => pending.some((one) => one.id === id),
  };
};
