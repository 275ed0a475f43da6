import { expect, test } from '@jest/globals';
import { readAll } from '../../src/lib/read-all.ts';

const bytes = (...sizes: number[]): Uint8Array[] => sizes.map((size) => new Uint8Array(size).fill(7));

test('what is as long as allowed is read whole', async () => {
  expect(await readAll(bytes(3, 0, 2), 5)).toEqual(Buffer.alloc(5, 7));
  expect(await readAll([], 0)).toEqual(Buffer.alloc(0));
});

test('what is longer is not read to its end', async () => {
  let sent = 0;
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) {
      sent += 1;
      yield new Uint8Array(10);
    }
  };
  expect(await readAll(endless(), 25)).toBeUndefined();
  expect(sent).toBe(3);
});
