/**
 * Everything that comes, as bytes; undefined as soon as it is more than `most` bytes. Whoever sends without end fills
 * no memory.
 */
export const readAll = async (
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
): Promise<Buffer | undefined> => {
  const taken: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > most) return undefined;
    taken.push(chunk);
  }
  return Buffer.concat(taken);
};
