import { redact } from '../../lib/log.ts';
import { type CheckName, exitCodeOf, type Finding, type FindingVerdict } from './finding.ts';

const TITLES: Readonly<Record<CheckName, string>> = {
  configuration: 'Configuration',
  'bot-credentials': 'Bot credentials',
  'graph-credentials': 'Graph credentials',
  permissions: 'Graph permissions',
  graph: 'Graph',
  licence: 'Licence',
  clock: 'Clock',
  store: 'Store',
  ledger: 'Ledger',
  places: 'Places',
  inbound: 'Inbound',
};

const MARKS: Readonly<Record<FindingVerdict, string>> = {
  ok: 'ok     ',
  warning: 'warning',
  wrong: 'WRONG  ',
  'not-checked': '-      ',
};

/** Under what stands behind a mark. */
const INDENT = ' '.repeat(9);

const WIDTH = 110;

/** A command between backquotes is one word. */
const WORDS = /\S*`[^`]*`\S*|\S+/g;

/** Breaks a text into lines between words; a word is never cut, so that a command can be copied. */
const wrapped = (text: string): string => {
  const lines = (text.match(WORDS) ?? []).reduce<string[]>((done, word) => {
    const last = done.at(-1);
    if (last !== undefined && last.length + word.length + INDENT.length < WIDTH)
      done[done.length - 1] = `${last} ${word}`;
    else done.push(word);
    return done;
  }, []);
  return lines.join(`\n${INDENT}`);
};

const lineOf = ({ check, about, verdict, what, mend }: Finding): string => {
  const subject = about === undefined ? TITLES[check] : `${TITLES[check]}, ${about}`;
  const lines = [`${MARKS[verdict]}  ${wrapped(`${subject}: ${what}`)}`];
  if (mend !== undefined) lines.push(`${INDENT}${wrapped(`To mend it: ${mend}`)}`);
  return lines.join('\n');
};

const counted = (findings: readonly Finding[], verdict: FindingVerdict): number =>
  findings.filter((finding) => finding.verdict === verdict).length;

const closing = (findings: readonly Finding[]): string => {
  const [bad, warned] = [counted(findings, 'wrong'), counted(findings, 'warning')];
  const warnings = `${warned} ${warned === 1 ? 'warning' : 'warnings'}`;
  const remarks = [
    ...(warned > 0 ? [warnings] : []),
    ...(exitCodeOf(findings) === 2 ? ['not everything could be looked at'] : []),
  ];
  if (bad === 0) return `${['Nothing is wrong', ...remarks].join('; ')}.`;
  return `${bad} ${bad === 1 ? 'thing is' : 'things are'} wrong; ${warnings}.`;
};

/** For people at a terminal. */
export const asText = (findings: readonly Finding[], secrets: readonly string[]): string =>
  redact(`${[...findings.map(lineOf), '', closing(findings)].join('\n')}\n`, secrets);

/** For machines: the exit code, and the findings in their order. */
export const asJson = (
  findings: readonly Finding[],
  secrets: readonly string[],
  exitCode: number = exitCodeOf(findings),
): string => {
  const clean = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? redact(value, secrets) : value;
  return `${JSON.stringify({ exitCode, findings }, clean, 2)}\n`;
};
