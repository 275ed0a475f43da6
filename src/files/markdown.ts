import { showText } from '../lib/text.ts';
import { bundled, type Cell, factsOf, type Row, type Writer } from './table.ts';

/** For reading; whoever needs the whole of a longer value takes another format. */
const LONGEST = 500;

// Renderers differ in what they make of these two, escaped, in a table.
const spelt = (text: string): string => text.replaceAll('|', '‹U+007C›').replaceAll('`', '‹U+0060›');

/** As code: nothing in it is a link, a tag or emphasis to any renderer; not even an address becomes one by itself. */
const codeOf = (text: string): string => (text === '' ? '' : `\`${spelt(showText(text, LONGEST))}\``);

const cellOf = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return codeOf(typeof cell === 'object' ? cell.join('; ') : String(cell));
};

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

/** A table to read or to put into a report: facts about the file as a list, then the rows. */
export const markdown: Writer = async function* (head, rows) {
  const { title, columns } = head;
  const facts = factsOf(head).map(({ title: name, value }) => `- ${name}: ${cellOf(value)}\n`);
  yield `# ${title}\n\n${facts.join('')}\n`;
  yield lineOf(columns.map(({ title: name }) => name)) + lineOf(columns.map(() => '---'));
  for await (const bundle of bundled(rows)) yield bundle.map((row: Row) => lineOf(row.map(cellOf))).join('');
};
