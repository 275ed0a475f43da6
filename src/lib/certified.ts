import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

const KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;
/** PKCS #8 says so in its first line, the older form in a line after it. */
const LOCKED = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;
const CERTIFICATES = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

const parsed = <Value>(parse: () => Value): Value | undefined => {
  try {
    return parse();
  } catch {
    return undefined;
  }
};

const chainFault = (key: KeyObject, [leaf, ...others]: readonly string[]): string | undefined => {
  const isOfKey = (pem = ''): boolean | undefined =>
    parsed(() => new X509Certificate(pem).checkPrivateKey(key));
  const fits = isOfKey(leaf);
  if (fits === undefined) return 'must hold a certificate that can be read, as PEM';
  if (fits) return undefined;
  return others.some(isOfKey)
    ? 'must begin its chain with the certificate of the key, and another stands before it'
    : 'must hold the key of its certificate, and holds another';
};

/**
 * Why a text is not an RSA private key with its certificate, and maybe the chain behind it, as PEM: the end of a
 * sentence that begins with what holds the text, and repeats nothing of it. Undefined where nothing is wrong.
 */
export const certifiedFault = (pem: string): string | undefined => {
  const certificates = pem.match(CERTIFICATES) ?? [];
  const [hasKey, hasCertificate] = [KEY.test(pem), certificates.length > 0];
  if (!hasKey && !hasCertificate) return 'must hold an RSA private key and its certificate, as PEM';
  if (!hasKey) return 'must hold the private key of the certificate too';
  if (!hasCertificate) return 'must hold the certificate too, and holds only a key';
  if (LOCKED.test(pem)) return 'must hold its private key without a password: nobody is there to type one';
  const key = parsed(() => createPrivateKey(pem));
  if (key === undefined) return 'must hold a private key that can be read, as PEM';
  if (key.asymmetricKeyType !== 'rsa')
    return `must hold an RSA key, and holds one of the kind "${key.asymmetricKeyType}"`;
  return chainFault(key, certificates);
};
