/** What YAML holds here. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly number: number;
}

const refuse = ({ number, text }: Line): never => {
  throw new Error(`Line ${number} is more YAML than this reader knows: ${text}`);
};

const readScalar = (text: string, line: Line): Yaml => {
  const quoted = /^'((?:[^']|'')*)'$/.exec(text);
  if (quoted) return (quoted[1] ?? '').replaceAll("''", "'");
  if (text === '') return null;
  // What could mean anything but itself must stand in quotes.
  if (/^[-&*!|>{}[\]%@`"'?,#]\s|^[&*!|>{}[\]%@`"']|: | #|:$/.test(text)) refuse(line);
  if (/^(true|false)$/.test(text)) return text === 'true';
  if (/^(yes|no|on|off|y|n|null|~|\d+:\d+.*|0\d+|\d+\.\d+)$/i.test(text)) refuse(line);
  return /^\d+$/.test(text) ? Number(text) : text;
};

/** Reads lines from the first on while they are indented as it is. */
const readBlock = (lines: Line[]): Yaml => {
  const [first] = lines;
  if (!first) return null;
  return first.text.startsWith('- ') ? readList(lines, first.indent) : readMap(lines, first.indent);
};

const readList = (lines: Line[], indent: number): readonly Yaml[] => {
  const items: Yaml[] = [];
  for (let line = lines[0]; line?.indent === indent; line = lines[0]) {
    if (!line.text.startsWith('- ')) refuse(line);
    lines.shift();
    items.push(readScalar(line.text.slice(2), line));
  }
  return items;
};

const readMap = (lines: Line[], indent: number): Yaml => {
  const entries = new Map<string, Yaml>();
  for (let line = lines[0]; line?.indent === indent; line = lines[0]) {
    const [, key, rest = ''] = /^([\w.-]+):(?: (.*))?$/.exec(line.text) ?? [];
    if (key === undefined || entries.has(key)) return refuse(line);
    lines.shift();
    const isBlock = rest === '' && (lines[0]?.indent ?? 0) > indent;
    entries.set(key, isBlock ? readBlock(lines) : readScalar(rest, line));
  }
  return Object.fromEntries(entries);
};

/**
 * Reads the part of YAML that compose.yaml keeps to: maps and lists by indentation, words, whole numbers, and text in
 * single quotes. Throws at anything else, so that nothing is read otherwise than Docker reads it.
 */
export const readYaml = (text: string): Yaml => {
  const lines = text
    .split('\n')
    .map((line, index) => ({ indent: line.search(/\S/), text: line.trim(), number: index + 1 }))
    .filter((line) => line.indent >= 0 && !line.text.startsWith('#'));
  const read = readBlock(lines);
  const [left] = lines;
  return left ? refuse(left) : read;
};
