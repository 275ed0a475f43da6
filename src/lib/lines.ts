const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/**
 * The lines of a text that comes in pieces, without their `\n` or `\r\n`. Nothing else ends a line: the line breaks
 * that Unicode knows besides, and a carriage return alone, are characters of it. A last line needs no end.
 */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let open: string[] = [];
  for await (const piece of pieces) {
    const [first = '', ...others] = piece.split('\n');
    open.push(first);
    for (const next of others) {
      yield withoutReturn(open.join(''));
      open = [next];
    }
  }
  const last = open.join('');
  if (last !== '') yield withoutReturn(last);
}
