import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import { connect } from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeAppCertificate, makeAuthority } from '../../src/demo/login/certificate.ts';
import { bits, integer, numbered, octets, oid, sequence, text, time } from '../../src/demo/login/der.ts';
import { listenOnLoopback } from '../../src/lib/loopback.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('DER', () => {
  // Worked examples, and shapes that every certificate holds.
  test.each([
    ['2.5.4.3', '0603550403'],
    ['1.2.840.113549.1.1.11', '06092a864886f70d01010b'],
    ['1.3.6.1.5.5.7.3.1', '06082b06010505070301'],
  ])('the identifier %s', (dotted, wanted) => {
    expect(hex(oid(dotted))).toBe(wanted);
  });

  test.each([
    [[0], '020100'],
    [[0, 0], '020100'],
    [[127], '02017f'],
    [[128], '02020080'],
    [[0, 1], '020101'],
    [[1, 0], '02020100'],
  ])('a whole number is as short as can be and never negative: %j', (bytes, wanted) => {
    expect(hex(integer(Uint8Array.from(bytes)))).toBe(wanted);
  });

  test('a moment is in UTC, to the second', () => {
    expect(
      time(Date.UTC(2026, 10, 22, 1, 2, 3, 999))
        .subarray(2)
        .toString(),
    ).toBe('261122010203Z');
  });

  test('bits that are not used are counted, and numbered values nest', () => {
    expect(hex(bits(Buffer.of(0x04), 2))).toBe('03020204');
    expect(hex(numbered(2, Buffer.from('a')))).toBe('820161');
    expect(hex(numbered(3, octets(Buffer.of(1)), 'within'))).toBe('a303040101');
    expect(hex(sequence(text('é')))).toBe('30040c02c3a9');
  });

  test('a length is written in the shortest form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (length) => {
        const value = octets(new Uint8Array(length));
        const head = value.length - length;
        expect(head).toBe(length < 0x80 ? 2 : length <= 0xff ? 3 : 4);
        expect(value.readUIntBE(head === 2 ? 1 : 2, head === 2 ? 1 : head - 2)).toBe(length);
      }),
      { numRuns: 100 },
    );
  });
});

/** What a client makes of a server: nothing, or the code of its refusal. */
const visit = (port: number, servername: string, ca: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca }, () => {
      socket.destroy();
      resolve('welcome');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });

describe('a test authority', () => {
  const now = Date.now();
  const authority = makeAuthority(now);
  const server = authority.certifyServer(['127.0.0.1', 'localhost', 'login.microsoftonline.us']);

  test('signs for the names that it was told, for thirty days', () => {
    const certificate = new X509Certificate(server.certPem);
    const issuer = new X509Certificate(authority.certPem);
    expect(issuer.ca).toBe(true);
    expect(issuer.verify(issuer.publicKey)).toBe(true);
    expect(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkHost('login.microsoftonline.us')).toBeDefined();
    expect(certificate.checkHost('login.microsoftonline.com')).toBeUndefined();
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.validFromDate.getTime()).toBeLessThan(now);
    expect(certificate.validToDate.getTime()).toBeGreaterThan(now + 29 * 24 * 3600_000);
  });

  test('is believed by TLS for these names, by whoever trusts it, and by nobody else', async () => {
    const https = createServer({ cert: server.certPem, key: server.keyPem });
    const port = await listenOnLoopback(https);
    expect(await visit(port, 'localhost', authority.certPem)).toBe('welcome');
    expect(await visit(port, 'login.microsoftonline.us', authority.certPem)).toBe('welcome');
    expect(await visit(port, 'graph.microsoft.com', authority.certPem)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await visit(port, 'localhost', makeAuthority(now).certPem)).toBe(
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    );
    await new Promise((resolve) => https.close(resolve));
  });

  test('makes other keys each time: none is kept', () => {
    expect(makeAuthority(now).certPem).not.toBe(authority.certPem);
  });
});

test('the certificate of an app signs itself and goes with its RSA key', () => {
  const { certPem, keyPem } = makeAppCertificate(Date.now());
  const certificate = new X509Certificate(certPem);
  expect(certificate.publicKey.asymmetricKeyType).toBe('rsa');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(keyPem).toContain('BEGIN PRIVATE KEY');
});
