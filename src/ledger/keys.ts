import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/** Everything that is made from one secret. */
export interface LedgerKey {
  /** Names the key and tells nothing of it. */
  readonly id: string;
  /** Seals rows. */
  readonly mac: KeyObject;
  /** Turns names into pseudonyms. */
  readonly pseudonym: KeyObject;
  /** Signs and verifies checkpoints (Ed25519). */
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const derived = (secret: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `flagman ledger ${use}`, 32));

/** Makes a ledger's keys from a secret of at least 32 random bytes; each use gets a key of its own. */
export const ledgerKeyOf = (secret: Uint8Array): LedgerKey => {
  const der = Buffer.concat([PKCS8, derived(secret, 'checkpoint')]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return {
    id: derived(secret, 'id').toString('hex').slice(0, 16),
    // As objects: an HMAC by plain bytes costs six times as much.
    mac: createSecretKey(derived(secret, 'mac')),
    pseudonym: createSecretKey(derived(secret, 'pseudonym')),
    privateKey,
    publicKey: createPublicKey(privateKey),
  };
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
