import { type Checkpoint, type CheckpointProblem, readCheckpoint } from '../ledger/checkpoint.ts';
import type { PublicKey } from '../ledger/keys.ts';
import type { Fault, Verification } from '../ledger/verify.ts';
import { fail, ok, type Result } from '../lib/result.ts';

/** What a tool says in the end, and the exit code that goes with it. */
export interface Verdict {
  readonly code: number;
  readonly text: string;
}

const FAULTS: Readonly<Record<Fault, string>> = {
  changed: 'it was changed: its texts do not have its hash',
  removed: 'entries from here on were removed',
  inserted: 'it stands there a second time',
  're-ordered': 'the entries from here on were re-ordered',
  forged: 'it was changed or inserted, and hashed anew without the key',
  unlinked: 'it does not follow the entry before it: it belongs to another history',
  'foreign-origin': 'it belongs to the ledger of another origin',
  'unknown-key':
    'it was sealed by a key that is not given: name every old key too (LEDGER_OLD_KEYS, or --public-key)',
  'old-key': 'it was sealed by a key that had been replaced before, or that no entry announced',
  cut: 'the end of the ledger was cut off: the store counts more entries',
  behind:
    'the ledger is not what the checkpoint was signed for: its end was cut off, or all of it was replaced',
  unreadable: 'its line is not as ledger:export writes it',
};

const PROBLEMS: Readonly<Record<CheckpointProblem, string>> = {
  'not-a-checkpoint': 'it holds no note of a checkpoint',
  'foreign-origin': 'it is of the ledger of another origin',
  'unknown-key': 'it was signed by a key that is not given',
  'bad-signature': 'its signature does not fit: it was changed, or signed without the key',
};

const CODES: Readonly<Partial<Record<Fault | CheckpointProblem, number>>> = { behind: 3, 'unknown-key': 4 };
const BROKEN = 2;

/** A note, and where it comes from. */
export interface Note {
  readonly path: string;
  readonly text: string;
}

/** The checkpoints of notes; else what is wrong with the first bad one. */
export const checkpointsOf = (
  notes: readonly Note[],
  origin: string,
  keys: readonly PublicKey[],
): Result<readonly Checkpoint[], Verdict> => {
  const checkpoints: Checkpoint[] = [];
  for (const { path, text } of notes) {
    const read = readCheckpoint(text, origin, keys);
    if (typeof read === 'string') {
      const why = `The checkpoint cannot be gone by (${read}): ${PROBLEMS[read]} (${path}).`;
      return fail({ code: CODES[read] ?? BROKEN, text: why });
    }
    checkpoints.push(read);
  }
  return ok(checkpoints);
};

type Whole = Verification & { readonly ok: true };

const broken = ({ seq, why }: Verification & { readonly ok: false }): Verdict => ({
  code: CODES[why] ?? BROKEN,
  text: `Broken at entry ${seq} (${why}): ${FAULTS[why]}.`,
});

/** What no ledger can show by itself, said every time. */
const tailOf = ({ uncovered }: Whole): string => {
  if (uncovered === 0) return 'Had there been entries after it, their removal would not show.';
  const [entries, their] = uncovered === 1 ? ['entry', 'its'] : ['entries', 'their'];
  return `${uncovered} ${entries} after the last checkpoint: ${their} removal would not show.`;
};

const newestOf = (checkpoints: readonly Checkpoint[]): Checkpoint | undefined =>
  checkpoints.toSorted((one, other) => other.size - one.size)[0];

/** The verdict of whoever holds the secrets. */
export const verdictOf = (
  found: Verification,
  origin: string,
  checkpoints: readonly Checkpoint[],
): Verdict => {
  if (!found.ok) return broken(found);
  const newest = newestOf(checkpoints);
  const whole = `Whole: ${found.head.size} entries of ${origin}.`;
  if (!newest)
    return { code: 0, text: `${whole} There is no checkpoint: entries cut off at the end would not show.` };
  const covered = found.uncovered === 0 ? 'all of them' : `the first ${newest.size}`;
  const text = `${whole} The checkpoint of ${newest.time} covers ${covered}. ${tailOf(found)}`;
  return { code: 0, text };
};

/** The verdict where the table of requests was held against a ledger that is whole. */
export const withTable = (verdict: Verdict, differences: readonly string[]): Verdict => {
  if (verdict.code !== 0 || differences.length === 0) return verdict;
  const text = [verdict.text, 'What stands beside the ledger was edited:', ...differences].join('\n');
  return { code: BROKEN, text };
};

/** The verdict by public keys alone, which leaves more open. */
export const publicVerdictOf = (
  found: Verification,
  origin: string,
  checkpoints: readonly Checkpoint[],
): Verdict => {
  if (!found.ok) return broken(found);
  const { size } = found.head;
  const proven = size - found.uncovered;
  const entries = proven === size ? `all ${size}` : `the first ${proven} of ${size}`;
  const newest = newestOf(checkpoints);
  const text = [
    `Proven: ${entries} entries of ${origin}, by the checkpoint of ${newest?.time} (key ${newest?.keyId}).`,
    tailOf(found),
    ...(found.uncovered === 0 ? [] : ['What stands after the last checkpoint is unproven.']),
    'The seals of the entries (MACs) were not checked: that takes the secret key.',
  ];
  return { code: 0, text: text.join(' ') };
};
