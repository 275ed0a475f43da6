import type { RefusalName } from './refusal.ts';

/** What is wrong with the login; change it at any time. Empty: nothing. */
export interface Faults {
  /** Refuses every application at the token endpoint, for this reason. */
  refuse?: RefusalName;
  /** Application permissions that nobody consented to after all. */
  withoutRoles?: readonly string[];
  /** Milliseconds by which the login's clock goes wrong: of `iat`, `nbf`, `exp` and the `Date` header. */
  skewMs?: number;
  /** Milliseconds that every answer takes longer. */
  delayMs?: number;
  /** Every connection is cut before a byte of the answer. */
  isDown?: boolean;
}
