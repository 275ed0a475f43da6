import type { z } from 'zod';

/** One setting: `.env.sample` and the README's table are made from these. */
export interface Variable<Value> {
  /** What it does, in one or two sentences for whoever runs Flagman. */
  readonly does: string;
  /** Reads the text of the variable; its messages complete "NAME …". */
  readonly schema: z.ZodType<Value, string>;
  /** Used when the variable is absent; absent here means the variable has no default. */
  readonly usual?: string;
  /** What of its text must never be logged. Such a variable may stand in a file that NAME_FILE names instead. */
  readonly secrets?: (text: string) => readonly string[];
  readonly group:
    | 'Bot'
    | 'Graph'
    | 'Questions'
    | 'Changes'
    | 'Sharing'
    | 'Ledger'
    | 'Running'
    | 'Trying it on this machine';
}

/** A variable that need not be set. */
export interface Setting<Value> extends Variable<Value> {
  readonly usual: string;
}

/** Declares a variable; the type of its value is that of its schema. */
export const variable = <Value>(declared: Variable<Value>): Variable<Value> => declared;

/** Declares a variable that need not be set. */
export const setting = <Value>(declared: Setting<Value>): Setting<Value> => declared;
