import { readFileSync } from 'node:fs';
import { CLAUSES } from '../commands/clauses/list.ts';
import { COMMANDS } from '../commands/list.ts';
import { VARIABLES, type Variable } from '../config/variables.ts';
import { PERMISSIONS } from '../entra/permissions.ts';
import { manifestOf, manifestText, writtenManifest } from './manifest.ts';

/** A file that is made from declarations, wholly or between marks. */
export interface Document {
  readonly path: string;
  /** What the file should hold now. */
  readonly text: string;
}

/** Text in a cell of a Markdown table. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const commandTable = (): string =>
  table(
    ['say', 'what it does'],
    COMMANDS.map(({ examples, summary }) => [`\`${cell(examples[0])}\``, cell(summary)]),
  );

const clauseTable = (): string =>
  table(
    ['clause', 'what it does', 'for example'],
    CLAUSES.filter(({ variant }) => !variant).map(({ name, doc, examples }) => [
      cell(name),
      cell(doc),
      `\`${cell(examples[0])}\``,
    ]),
  );

const variables = (): readonly (readonly [string, Variable<unknown>])[] => Object.entries(VARIABLES);

const variableTable = (): string =>
  table(
    ['variable', 'usual', 'what it does'],
    variables().map(([name, { usual, does }]) => [`\`${name}\``, usual ? `\`${usual}\`` : '', cell(does)]),
  );

const permissionTable = (): string =>
  table(
    ['permission', 'for'],
    PERMISSIONS.filter(({ needed }) => needed !== 'extra').map(({ name, purpose }) => [
      `\`${name}\``,
      cell(purpose),
    ]),
  );

/** Puts text between `<!-- name -->` and `<!-- /name -->`, as far to the right as the first of them stands. */
const between = (document: string, name: string, text: string): string => {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [document.indexOf(open), document.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`The marks of "${name}" are missing.`);
  const [indent = ''] = / *$/.exec(document.slice(0, start)) ?? [];
  const lines = ['', ...text.split('\n'), ''].join(`\n${indent}`);
  return `${document.slice(0, start + open.length)}${lines}${document.slice(end)}`;
};

const readme = (path: string): Document => {
  const parts = {
    commands: commandTable(),
    clauses: clauseTable(),
    permissions: permissionTable(),
    variables: variableTable(),
  };
  const text = Object.entries(parts).reduce(
    (document, [name, part]) => between(document, name, part),
    readFileSync(path, 'utf8'),
  );
  return { path, text };
};

/** Lines of at most so many characters, each behind "# ". */
const comment = (text: string, width = 100): string => {
  const lines = text.split(' ').reduce<string[]>((done, word) => {
    const last = done.at(-1);
    if (last !== undefined && last.length + word.length < width) done[done.length - 1] = `${last} ${word}`;
    else done.push(`# ${word}`);
    return done;
  }, []);
  return lines.join('\n');
};

const environment = (path: string): Document => {
  const groups = Map.groupBy(variables(), ([, { group }]) => group);
  const sections = [...groups].map(([group, members]) => {
    const entries = members.map(([name, { does, usual }]) => {
      const line = `${name}=${usual ?? ''}`;
      // A variable that is set, even to nothing, counts; so only what every start needs is left uncommented.
      return `${comment(does)}\n${NEEDED.has(name) ? line : `# ${line}`}`;
    });
    return [`# --- ${group} ---`, ...entries].join('\n\n');
  });
  const head = comment('Copy this file to .env and fill it in. Real environment variables win over it.');
  return { path, text: `${[head, ...sections].join('\n\n')}\n` };
};

const NEEDED: ReadonlySet<string> = new Set([
  'MicrosoftAppId',
  'MicrosoftAppTenantId',
  'MicrosoftAppPassword',
  'LEDGER_KEY',
]);

/** Every document that is made from declarations, as it should be now. Reads the files that are made in part. */
export const documents = (): readonly Document[] => [
  readme('README.md'),
  environment('.env.sample'),
  { path: 'manifest/manifest.json', text: manifestText(manifestOf(writtenManifest())) },
];
