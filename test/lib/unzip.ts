/** A file as an archive tells of it. */
export interface Unpacked {
  readonly name: string;
  readonly bytes: Buffer;
  /** As DOS writes it: date in the upper half, time in the lower. */
  readonly written: number;
}

/** CRC-32 bit by bit, as ISO 3309 defines it. */
const crcOf = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
};

const need = (what: string, holds: boolean): void => {
  if (!holds) throw new Error(`not an archive that can be read: ${what}`);
};

const fileAt = (zip: Buffer, entry: number): Unpacked => {
  const [crc, size, length] = [
    zip.readUInt32LE(entry + 16),
    zip.readUInt32LE(entry + 24),
    zip.readUInt16LE(entry + 28),
  ];
  const named = zip.subarray(entry + 46, entry + 46 + length);
  const local = zip.readUInt32LE(entry + 42);
  need('the local header', zip.readUInt32LE(local) === 0x04034b50);
  need(
    'what header and directory say differs',
    zip.subarray(entry + 6, entry + 32).equals(zip.subarray(local + 4, local + 30)),
  );
  need('the name', zip.subarray(local + 30, local + 30 + length).equals(named));
  need('it is compressed', zip.readUInt16LE(entry + 10) === 0);
  need('the name is not UTF-8', (zip.readUInt16LE(entry + 8) & 0x800) !== 0);
  const start = local + 30 + length + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + size);
  need('the checksum', crcOf(bytes) === crc);
  return { name: named.toString('utf8'), bytes, written: zip.readUInt32LE(entry + 12) };
};

/** Reads an archive by its directory, as unzip does; throws where it is not whole. For archives without compression. */
export const unzip = (zip: Buffer): readonly Unpacked[] => {
  const end = zip.length - 22;
  need('the end', end >= 0 && zip.readUInt32LE(end) === 0x06054b50);
  const files: Unpacked[] = [];
  let entry = zip.readUInt32LE(end + 16);
  need('the directory', entry + zip.readUInt32LE(end + 12) === end);
  while (entry < end) {
    need('an entry', zip.readUInt32LE(entry) === 0x02014b50);
    files.push(fileAt(zip, entry));
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  need(
    'the count',
    zip.readUInt16LE(end + 10) === files.length && zip.readUInt16LE(end + 8) === files.length,
  );
  return files;
};
