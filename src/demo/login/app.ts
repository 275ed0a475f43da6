import type { KeyObject } from 'node:crypto';

/** Whose tokens an application takes as a proof of being itself. */
export interface Federated {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** The issuer's public key; left out, the issuer is this very login (a managed identity of the tenant). */
  readonly key?: KeyObject;
}

/** An app registration or a user-assigned managed identity, and how it may prove itself. */
export interface LoginApp {
  /** Application (client) id. */
  readonly appId: string;
  /** Object id of its service principal: `oid` and `sub` of its tokens. */
  readonly objectId: string;
  /** Application permissions that were consented to: `roles` of its tokens, but of none for the Bot Framework. */
  readonly roles: readonly string[];
  readonly secret?: string;
  /** Its certificate as PEM. */
  readonly certificate?: string;
  readonly federated?: Federated;
  /** Whether it is a managed identity, which gets tokens at the identity endpoint and nowhere else. */
  readonly isManagedIdentity?: boolean;
}
