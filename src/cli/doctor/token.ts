import { z } from 'zod';
import { TokenFailure, type TokenSource } from '../../entra/application.ts';
import { asDocumented } from './permissions.ts';
import { type TokenFault, tokenFaultOf } from './token-faults.ts';

/** What a token says of itself. Nobody checked its signature: it came straight from the login, over TLS. */
export interface TokenClaims {
  readonly audience: string;
  readonly tenantId: string;
  readonly appId: string;
  /** Application permissions; none where nothing was consented to. */
  readonly roles: readonly string[];
  /** Epoch seconds before which it does not count, where it says so. */
  readonly notBefore: number | undefined;
}

/** What asking for a token came to. */
export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string; readonly claims: TokenClaims | undefined }
  /** By the login; the number of the AADSTS code. */
  | { readonly kind: 'refused'; readonly code: string }
  /** For a reason without such a number; with the HTTP status, where that is the reason. */
  | { readonly kind: 'failed'; readonly fault: TokenFault; readonly status: number | undefined }
  /** The file with the token of the workload cannot be read; the sentence says why. */
  | { readonly kind: 'no-file'; readonly message: string }
  /** A fixed text for a pretend Microsoft. */
  | { readonly kind: 'fixed'; readonly token: string };

const Claims = z.object({
  aud: z.string(),
  tid: z.string(),
  // Tokens of version 1 name the application in `appid`, those of version 2 in `azp`.
  appid: z.string().optional(),
  azp: z.string().optional(),
  roles: z.array(z.string()).optional(),
  nbf: z.number().optional().catch(undefined),
});

const payloadOf = (token: string): unknown => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Reads a token without checking it; undefined where it is none that can be read. */
export const claimsOf = (token: string): TokenClaims | undefined => {
  const { data } = Claims.safeParse(payloadOf(token));
  if (!data) return undefined;
  return {
    audience: data.aud,
    tenantId: data.tid,
    appId: data.appid ?? data.azp ?? '',
    roles: (data.roles ?? []).map(asDocumented),
    notBefore: data.nbf,
  };
};

/** What a failure to get a token means, by its code. */
export const failureOf = (code: string): TokenAnswer => {
  const number = /^AADSTS(\d{4,9})$/.exec(code)?.[1];
  if (number !== undefined) return { kind: 'refused', code: number };
  const status = /^http_(\d{3})$/.exec(code)?.[1];
  return {
    kind: 'failed',
    fault: tokenFaultOf(code),
    status: status === undefined ? undefined : Number(status),
  };
};

/** Asks once for a token. Throws nothing but faults of ours. */
export const askForToken = async (tokens: TokenSource, scope: string): Promise<TokenAnswer> => {
  try {
    const token = await tokens(scope);
    return { kind: 'token', token, claims: claimsOf(token) };
  } catch (error) {
    if (error instanceof TokenFailure) return failureOf(error.code);
    throw error;
  }
};
