import { crc32 } from 'node:zlib';

/** A file of an archive; its name is a relative path with forward slashes. */
export interface Packed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

// The records of a ZIP archive (APPNOTE.TXT 4.3). Names are UTF-8, which bit 11 says.
const VERSION = 20;
const UTF8_NAMES = 1 << 11;
const STORED = 0;
/** Midnight of 1 January 1980, the earliest that the format knows: an archive tells nothing of when it was made. */
const [MIDNIGHT, FIRST_DAY] = [0, 0x21];

const numbers = (...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer =>
  Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );

/** What stands of a file both before its bytes and in the directory at the end. */
const described = (bytes: Uint8Array, name: Buffer): Buffer =>
  numbers(
    [2, VERSION],
    [2, UTF8_NAMES],
    [2, STORED],
    [2, MIDNIGHT],
    [2, FIRST_DAY],
    [4, crc32(bytes)],
    [4, bytes.length],
    [4, bytes.length],
    [2, name.length],
    [2, 0],
  );

const localHeader = (about: Buffer, name: Buffer): Buffer =>
  Buffer.concat([numbers([4, 0x04034b50]), about, name]);

const directoryEntry = (about: Buffer, name: Buffer, offset: number): Buffer =>
  Buffer.concat([
    numbers([4, 0x02014b50], [2, VERSION]),
    about,
    numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
    name,
  ]);

const endOf = (count: number, size: number, offset: number): Buffer =>
  numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);

/**
 * A ZIP archive of these files, in this order, uncompressed. The same files give the same bytes, on every machine.
 * Throws a RangeError where the format has no room: 65,535 files, or 4 GB.
 */
export const zip = (files: readonly Packed[]): Buffer => {
  const [contents, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, bytes } of files) {
    const named = Buffer.from(name, 'utf8');
    const about = described(bytes, named);
    const content = Buffer.concat([localHeader(about, named), bytes]);
    contents.push(content);
    directory.push(directoryEntry(about, named, offset));
    offset += content.length;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...contents, list, endOf(files.length, list.length, offset)]);
};
