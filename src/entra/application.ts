/** How an application proves who it is. `local` proves nothing: its token is a fixed text for a pretend Microsoft. */
export type Credential =
  | { readonly kind: 'password'; readonly password: string }
  /** The thumbprint is SHA-1, the key PEM with its chain. */
  | { readonly kind: 'certificate'; readonly thumbprint: string; readonly privateKey: string }
  | { readonly kind: 'managed-identity' }
  | { readonly kind: 'local' };

/** An application that is registered in the tenant, and how it proves who it is. */
export interface Application {
  readonly appId: string;
  readonly credential: Credential;
}
