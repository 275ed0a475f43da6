import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/** What an auditor may have of a key: it verifies checkpoints and can forge nothing. */
export interface PublicKey {
  /** The beginning of the SHA-256 of the public key (SPKI, DER), so that whoever has the key can tell its id. */
  readonly id: string;
  /** Ed25519. */
  readonly publicKey: KeyObject;
}

/** Everything that is made from one secret. */
export interface LedgerKey extends PublicKey {
  /** Seals rows. */
  readonly mac: KeyObject;
  /** Seals the documents of approvals. */
  readonly approval: KeyObject;
  /** Turns names into pseudonyms. */
  readonly pseudonym: KeyObject;
  /** Signs checkpoints. */
  readonly privateKey: KeyObject;
}

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const derived = (secret: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `flagman ledger ${use}`, 32));

/** The id of a public key, of which these are the bytes (SPKI, DER). */
export const keyIdOf = (der: Uint8Array): string =>
  createHash('sha256').update(der).digest('hex').slice(0, 16);

const publicKeyOf = (publicKey: KeyObject): PublicKey => ({
  id: keyIdOf(publicKey.export({ format: 'der', type: 'spki' })),
  publicKey,
});

/** Makes a ledger's keys from a secret of at least 32 random bytes; each use gets a key of its own. */
export const ledgerKeyOf = (secret: Uint8Array): LedgerKey => {
  const der = Buffer.concat([PKCS8, derived(secret, 'checkpoint')]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return {
    ...publicKeyOf(createPublicKey(privateKey)),
    // As objects: an HMAC by plain bytes costs six times as much.
    mac: createSecretKey(derived(secret, 'mac')),
    approval: createSecretKey(derived(secret, 'approval')),
    pseudonym: createSecretKey(derived(secret, 'pseudonym')),
    privateKey,
  };
};

/** The public halves as PEM, in the order given. */
export const pemOf = (keys: readonly PublicKey[]): string =>
  keys.map(({ publicKey }) => publicKey.export({ format: 'pem', type: 'spki' })).join('');

const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** The public keys in a text of PEM, in its order; none where one of them is broken or not Ed25519. */
export const publicKeysIn = (text: string): readonly PublicKey[] => {
  try {
    const keys = (text.match(PEM) ?? []).map((pem) => createPublicKey(pem));
    return keys.every(({ asymmetricKeyType }) => asymmetricKeyType === 'ed25519')
      ? keys.map(publicKeyOf)
      : [];
  } catch {
    return [];
  }
};

/**
 * A stand-in for a name: equal for equal names of one kind, and nothing to anybody who lacks the key, not even by
 * trying names.
 */
export const pseudonymOf = (
  key: LedgerKey,
  kind: 'user' | 'address' | 'place' | 'filter',
  name: string,
): string => createHmac('sha256', key.pseudonym).update(`${kind}\0${name}`).digest('base64url').slice(0, 22);
