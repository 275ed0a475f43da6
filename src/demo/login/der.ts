// The little of DER (ITU-T X.690) that a certificate takes: every value is a tag, a length and its contents.

const tlv = (tag: number, contents: Uint8Array): Buffer => {
  const { length } = contents;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), contents]);
  const digits = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.of(tag, 0x80 | digits.length), digits, contents]);
};

/** Several values in a row. Nothing in a certificate of ours is longer than 65,535 bytes. */
export const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, Buffer.concat(parts));

export const set = (...parts: readonly Uint8Array[]): Buffer => tlv(0x31, Buffer.concat(parts));

/** A whole number that is not negative, from its bytes, the highest first. */
export const integer = (bytes: Uint8Array): Buffer => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.of(0) : bytes.subarray(first);
  return tlv(0x02, (digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
};

/** An object identifier, such as `2.5.4.3`. */
export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] =>
    value < 0x80 ? [value] : [...base128(Math.floor(value / 0x80)).map((byte) => byte | 0x80), value % 0x80];
  return tlv(0x06, Buffer.from([40 * first + second, ...rest].flatMap(base128)));
};

export const text = (words: string): Buffer => tlv(0x0c, Buffer.from(words, 'utf8'));

export const yes = Buffer.of(0x01, 0x01, 0xff);

export const nothing = Buffer.of(0x05, 0x00);

/** Whole bytes, or as many bits less as are `unused`. */
export const bits = (bytes: Uint8Array, unused = 0): Buffer =>
  tlv(0x03, Buffer.concat([Buffer.of(unused), bytes]));

export const octets = (bytes: Uint8Array): Buffer => tlv(0x04, bytes);

/** A moment before 2050, in whole seconds; epoch milliseconds. */
export const time = (moment: number): Buffer =>
  tlv(0x17, Buffer.from(`${new Date(moment).toISOString().slice(2, 19).replace(/\D/g, '')}Z`));

/** A value whose meaning its number gives where it stands; `within` holds other values. */
export const numbered = (number: number, contents: Uint8Array, kind: 'plain' | 'within' = 'plain'): Buffer =>
  tlv((kind === 'within' ? 0xa0 : 0x80) | number, contents);
