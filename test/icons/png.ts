import { inflateSync } from 'node:zlib';

/** A picture, four bytes a pixel: red, green, blue, alpha. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): readonly [red: number, green: number, blue: number, alpha: number];
}

const SIGNATURE = '89504e470d0a1a0a';
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

const chunksOf = (png: Buffer): ReadonlyMap<string, Buffer> => {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.set(name, Buffer.concat([chunks.get(name) ?? Buffer.alloc(0), data]));
    at += 12 + length;
  }
  return chunks;
};

/** What the PNG specification calls the Paeth predictor. */
const paeth = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
};

const predicted = (filter: number, left: number, up: number, corner: number): number =>
  [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? Number.NaN;

const unfiltered = (raw: Buffer, height: number, row: number, pixel: number): Buffer => {
  const out = Buffer.alloc(height * row);
  const before = (y: number, x: number): number => (y < 0 || x < 0 ? 0 : (out[y * row + x] ?? 0));
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x += 1) {
      const guess = predicted(filter, before(y, x - pixel), before(y - 1, x), before(y - 1, x - pixel));
      out[y * row + x] = (raw[y * (row + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
};

/** Reads a PNG of eight bits a channel, with or without alpha, not interlaced. Throws on any other file. */
export const readPng = (png: Buffer): Picture => {
  if (png.toString('hex', 0, 8) !== SIGNATURE) throw new Error('not a PNG');
  const chunks = chunksOf(png);
  const head = chunks.get('IHDR') ?? Buffer.alloc(13);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const channels = CHANNELS[head[9] ?? 0];
  if (head[8] !== 8 || channels === undefined || head[12] !== 0) throw new Error('a PNG of another kind');
  const raw = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const bytes = unfiltered(raw, height, width * channels, channels);
  return {
    width,
    height,
    at: (x, y) => {
      const [red = 0, green = 0, blue = 0, alpha = 255] = bytes
        .subarray((y * width + x) * channels)
        .subarray(0, channels);
      return [red, green, blue, alpha];
    },
  };
};
