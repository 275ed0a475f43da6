const TAG = /(<\/?at(?:\s[^<>]*)?>)/i;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};
const LONGEST_NAME = 256;

const decodeEntities = (text: string): string =>
  text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name) return NAMED[name.toLowerCase()] ?? entity;
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });

// Teams puts a non-breaking space after a mention.
const tidy = (text: string): string => text.replaceAll('\u00a0', ' ').trim();

const comparable = (name: string): string => tidy(decodeEntities(name)).replace(/\s+/g, ' ').toLowerCase();

/** How a mention of the bot may be written: its names, with or without the tag that Teams puts around them. */
export const namesOf = (texts: readonly (string | undefined)[]): ReadonlySet<string> =>
  new Set(
    texts.flatMap((text) =>
      text
        ? [
            comparable(
              text
                .split(TAG)
                .filter((_, at) => at % 2 === 0)
                .join(''),
            ),
          ]
        : [],
    ),
  );

/**
 * What a person typed, as plain text: mentions of the bot are taken out wherever they stand, other mentions become
 * their text, character references are decoded once. Positions in the activity's entities are not trusted. Linear in
 * the length of the text.
 */
export const readText = (text: string, botNames: ReadonlySet<string>): string => {
  const parts: string[] = [];
  const open: number[] = [];
  for (const [at, piece] of text.split(TAG).entries()) {
    const isTag = at % 2 === 1;
    if (!isTag) parts.push(piece);
    else if (!piece.startsWith('</')) open.push(parts.length);
    else {
      const inner = parts.splice(open.pop() ?? parts.length).join('');
      const isBot = inner.length <= LONGEST_NAME && botNames.has(comparable(inner));
      parts.push(isBot ? ' ' : inner);
    }
  }
  return tidy(decodeEntities(parts.join('')));
};
