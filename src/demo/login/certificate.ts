import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { bits, integer, nothing, numbered, octets, oid, sequence, set, text, time, yes } from './der.ts';

/** A certificate and its key, made for this moment and kept nowhere. */
export interface Certified {
  readonly certPem: string;
  readonly keyPem: string;
}

/** Who signs certificates of others. */
export interface Authority {
  /** What whoever shall trust it has to know. */
  readonly certPem: string;
  /** A certificate for a TLS server with these DNS names and IPv4 addresses. */
  readonly certifyServer: (names: readonly string[]) => Certified;
}

const DAY = 24 * 3600_000;
const OWN_EXTENSIONS = 3;

/** Two kinds: short keys for TLS, and RSA where Entra ID takes nothing else. */
type Kind = 'ec' | 'rsa';

const SIGNED_WITH: Readonly<Record<Kind, Buffer>> = {
  ec: sequence(oid('1.2.840.10045.4.3.2')),
  rsa: sequence(oid('1.2.840.113549.1.1.11'), nothing),
};

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const makePair = (kind: Kind): Pair =>
  kind === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });

interface Wanted {
  readonly subject: string;
  readonly key: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly signer: { readonly name: string; readonly key: KeyObject; readonly kind: Kind };
  /** Epoch milliseconds by the machine's own clock, which is what TLS goes by. */
  readonly now: number;
}

const nameOf = (name: string): Buffer => sequence(set(sequence(oid('2.5.4.3'), text(name))));

const extension = (id: string, value: Buffer, isCritical = false): Buffer =>
  sequence(oid(id), ...(isCritical ? [yes] : []), octets(value));

/** An X.509 certificate of version 3 (RFC 5280), valid for 30 days, as PEM. */
const certify = ({ subject, key, extensions, signer, now }: Wanted): string => {
  const toBeSigned = sequence(
    numbered(0, integer(Buffer.of(2)), 'within'),
    integer(randomBytes(16)),
    SIGNED_WITH[signer.kind],
    nameOf(signer.name),
    sequence(time(now - DAY), time(now + 30 * DAY)),
    nameOf(subject),
    key.export({ type: 'spki', format: 'der' }),
    numbered(OWN_EXTENSIONS, sequence(...extensions), 'within'),
  );
  const signature = bits(sign('sha256', toBeSigned, signer.key));
  const base64 = sequence(toBeSigned, SIGNED_WITH[signer.kind], signature).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

// Certificates may be signed with the key (bit 5); for a server's own, the first bit: digital signatures.
const SIGNS_CERTIFICATES = extension('2.5.29.15', bits(Buffer.of(0x04), 2), true);
const SIGNS = extension('2.5.29.15', bits(Buffer.of(0x80), 7), true);
const IS_AUTHORITY = extension('2.5.29.19', sequence(yes), true);
const IS_SERVER = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1')));

const DNS_NAME = 2;
const IP_ADDRESS = 7;

const alternative = (name: string): Buffer =>
  isIP(name) === 4
    ? numbered(IP_ADDRESS, Buffer.from(name.split('.').map(Number)))
    : numbered(DNS_NAME, Buffer.from(name, 'latin1'));

/** Makes a test authority. `now` is in epoch milliseconds by the machine's own clock. */
export const makeAuthority = (now: number): Authority => {
  const name = `Pretend authority ${randomBytes(4).toString('hex')}`;
  const { privateKey, publicKey } = makePair('ec');
  const signer = { name, key: privateKey, kind: 'ec' } as const;
  const extensions = [IS_AUTHORITY, SIGNS_CERTIFICATES];
  return {
    certPem: certify({ subject: name, key: publicKey, extensions, signer, now }),
    certifyServer: (names) => {
      const pair = makePair('ec');
      const own = [SIGNS, IS_SERVER, extension('2.5.29.17', sequence(...names.map(alternative)))];
      const certPem = certify({ subject: 'localhost', key: pair.publicKey, extensions: own, signer, now });
      return { certPem, keyPem: pemOf(pair.privateKey) };
    },
  };
};

/** A certificate that signs itself, as one uploads it to an app registration to prove who the app is. */
export const makeAppCertificate = (now: number): Certified => {
  const { privateKey, publicKey } = makePair('rsa');
  const signer = { name: 'Flagman', key: privateKey, kind: 'rsa' } as const;
  const certPem = certify({ subject: signer.name, key: publicKey, extensions: [SIGNS], signer, now });
  return { certPem, keyPem: pemOf(privateKey) };
};
