import { z } from 'zod';
import type { Effect, Inspection } from '../entra/effects.ts';
import type { Risk } from '../entra/risk.ts';
import { SignIn } from '../entra/sign-in.ts';

/** A sign-in as it was shown when a change was asked for: what tells it from others, and whose it is. */
export const SignInTarget = SignIn.pick({
  id: true,
  createdDateTime: true,
  userPrincipalName: true,
  userDisplayName: true,
  appDisplayName: true,
  appId: true,
  clientAppUsed: true,
  ipAddress: true,
  location: true,
  status: true,
  riskState: true,
  riskDetail: true,
  riskLevelAggregated: true,
  riskLevelDuringSignIn: true,
  riskEventTypes_v2: true,
  flaggedForReview: true,
})
  .extend({
    id: z.guid(),
    // A sign-in without a user has no risk that these actions could change.
    userId: z.string().min(1),
  })
  .strip();

export type SignInTarget = z.infer<typeof SignInTarget>;

export type ActionName = Effect['effect'];

/** One kind of change to the tenant, declared whole: what people read, what is checked, sent and read back. */
export interface Action {
  readonly name: ActionName;
  /** "Confirm compromised": on buttons and cards. */
  readonly title: string;
  /** The words that ask for it, the usual ones first. */
  readonly says: readonly [string, ...string[]];
  /** What a target must be, to be changed by this action. */
  readonly target: typeof SignInTarget;
  /** Preview: what will happen, and what will not, a sentence each. */
  readonly will: readonly string[];
  readonly willNot: readonly string[];
  /** Whether a target already stands as wished, whoever did it. */
  isWished(risk: Risk): boolean;
  /** Whether it shows that this very action was done. */
  isOurs(risk: Risk): boolean;
  perform(target: SignInTarget): Effect;
  /** What is read to see how a target stands: before the request, before it is sent, and as the proof. */
  verify(target: Pick<SignInTarget, 'id'>): Inspection;
  /** How often it may be sent again after it was read back as not done. */
  readonly repeats: number;
}

/** Without Entra ID P2 Graph hides how a state came about. */
const HIDDEN = 'hidden';

/** The parts that every action on one sign-in has in common. */
export const onSignIn = (
  name: ActionName,
  wished: { readonly state: string; readonly detail: string },
): Pick<Action, 'name' | 'target' | 'isWished' | 'isOurs' | 'perform' | 'verify'> => ({
  name,
  target: SignInTarget,
  isWished: ({ state }) => state === wished.state,
  isOurs: ({ state, detail }) => state === wished.state && [wished.detail, HIDDEN].includes(detail),
  perform: ({ id }) => ({ effect: name, signInId: id }),
  verify: ({ id }) => ({ inspect: 'sign-in', signInId: id }),
});
