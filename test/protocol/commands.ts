import type { ActionName } from '../../src/actions/action.ts';
import type { Fault } from './answers.ts';
import type { WorkerMoment } from './journal.ts';
import type { PEOPLE, Tenant, TurnOfRisk } from './tenant.ts';
import type { Circumstances } from './world.ts';

/** How far whatever was begun goes on before the next command: to its end, or through gates that chance picks. */
export type Pace = 'through' | readonly number[];

export const VERBS = [
  'approve',
  'approve-own',
  'reject',
  'withdraw',
  'resolve-done',
  'resolve-failed',
] as const;

export type Person = (typeof PEOPLE)[number];

/** What a client can send beside the three fields that count. */
export type Forged = Readonly<Record<string, unknown>>;

export type Command = { readonly replica: number; readonly pace: Pace } & (
  | {
      readonly do: 'ask';
      readonly by: Person;
      readonly action: ActionName;
      readonly signIns: readonly [string, ...string[]];
    }
  | {
      readonly do: 'press';
      readonly by: Person;
      readonly verb: (typeof VERBS)[number];
      /** Which approval, counted from the newest. */
      readonly which: number;
      /** How far the version is from the one that stands in the store. */
      readonly off: number;
      readonly isHere: boolean;
      readonly forged: Forged;
    }
  | { readonly do: 'press again'; readonly which: number }
  | { readonly do: 'tend' }
  | { readonly do: 'nothing' }
  | { readonly do: 'wait' | 'set clocks'; readonly ms: number }
  | { readonly do: 'fail POST'; readonly fault: Fault }
  | { readonly do: 'fail reads'; readonly of: keyof Tenant['blind']; readonly times: number }
  | { readonly do: 'take role' | 'give role' | 'disable'; readonly from: Person }
  | { readonly do: 'turn'; readonly signIn: string; readonly to: TurnOfRisk }
  | { readonly do: 'kill' | 'go on' }
  | { readonly do: 'stand still'; readonly after: number }
  | { readonly do: 'kill at'; readonly moment: WorkerMoment }
);

/** One run: what chance decides once, and what happens. */
export interface Run {
  readonly circumstances: Circumstances;
  readonly commands: readonly Command[];
  /** What happens when everything has come to rest. */
  readonly afterwards: readonly Command[];
}
