import type { Action, ActionName } from './action.ts';
import { confirmCompromised } from './confirm-compromised.ts';
import { confirmSafe } from './confirm-safe.ts';
import { dismissRisk } from './dismiss-risk.ts';

/** Everything that can be changed, by name. A new action is its file, its member of `Effect`, and its line here. */
export const ACTIONS: Readonly<Record<ActionName, Action>> = {
  'confirm-sign-in-compromised': confirmCompromised,
  'confirm-sign-in-safe': confirmSafe,
  'dismiss-sign-in-risk': dismissRisk,
};

/** The most targets that one approval holds. */
export const MOST_TARGETS = 10;
