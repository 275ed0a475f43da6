import type { GraphProblem } from './graph-problem.ts';
import type { SignIn } from './sign-in.ts';

/** What can be done to one target of a tenant. `graph/` maps each member to one request. */
export type Effect = {
  readonly effect: 'confirm-sign-in-compromised' | 'confirm-sign-in-safe' | 'dismiss-sign-in-risk';
  /** The id of the sign-in, which is its request id. */
  readonly signInId: string;
};

/** What is read to see how a target stands. */
export type Inspection = { readonly inspect: 'sign-in'; readonly signInId: string };

/** How a target stands. */
export type Inspected = { readonly inspected: 'sign-in'; readonly signIn: SignIn };

/**
 * How one POST ended. done: 2xx; not-done: Graph certainly did nothing and may be asked again (429, nothing was
 * sent); refused: Graph certainly did nothing and never will (other 4xx); ambiguous: it may or may not have been
 * done, so the target has to be read back before anything else.
 */
export type Performed =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'not-done'; readonly problem: GraphProblem }
  | { readonly outcome: 'refused'; readonly problem: GraphProblem }
  | { readonly outcome: 'ambiguous'; readonly problem: GraphProblem };

/** What the directory says of a person's account, as far as it decides. */
export interface Account {
  readonly enabled: boolean;
  readonly guest: boolean;
  /** The number of the person behind the account, where the directory holds one. */
  readonly employeeId?: string;
}
