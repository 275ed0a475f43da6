/** How an application proves who it is. `local` proves nothing: its token is a fixed text for a pretend Microsoft. */
export type Credential =
  | { readonly kind: 'password'; readonly password: string }
  /** The private key and the certificate with its chain, as PEM. */
  | { readonly kind: 'certificate'; readonly pem: string }
  /** The application is a user-assigned managed identity of the machine it runs on. */
  | { readonly kind: 'managed-identity' }
  /** Somebody whom the app registration trusts vouches for it: a managed identity, or whoever writes a file. */
  | { readonly kind: 'federated'; readonly by: Voucher }
  | { readonly kind: 'local' };

/** Whose token an application shows instead of a secret of its own. */
export type Voucher =
  /** A user-assigned managed identity, by its client id. */
  | { readonly clientId: string }
  /** A file that somebody keeps fresh, such as Kubernetes. */
  | { readonly tokenFile: string };

/** An application that is registered in the tenant, and how it proves who it is. */
export interface Application {
  /** Application (client) id. */
  readonly appId: string;
  readonly credential: Credential;
}

/**
 * Gives an access token for a scope such as `https://graph.microsoft.com/.default`. A token is kept until shortly before
 * it ends; with `fresh` one is had that was not there before. Throws `TokenFailure`.
 */
export type TokenSource = (scope: string, options?: { readonly fresh?: boolean }) => Promise<string>;

/** No token could be had. It holds no secret, and nothing of what was sent or answered but a code. */
export class TokenFailure extends Error {
  override readonly name = 'TokenFailure';
  /** Why: the code of Entra ID (`AADSTS7000215`), else a fixed word of the identity library or of the network. */
  readonly code: string;

  constructor(code: string) {
    super(`No token could be had: ${code}.`);
    this.code = code;
  }
}
