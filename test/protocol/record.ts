import type { ApprovalState } from '../../src/actions/approval.ts';
import { changeOf, type RecordedChange } from '../../src/ledger/event.ts';
import type { Happening } from './journal.ts';
import type { Left } from './play.ts';

/** One entry of the ledger about an approval. */
export interface RecordedEntry extends RecordedChange {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
}

/** Everything that is left of a run: what happened, what the ledger says, what the tables hold. */
export interface Record extends Left {
  readonly journal: readonly Happening[];
  readonly entries: readonly RecordedEntry[];
}

export const recordOf = async (left: Left): Promise<Record> => {
  const entries: RecordedEntry[] = [];
  for await (const row of left.world.store.ledger.rows()) {
    const change = changeOf(row);
    if (change) entries.push({ ...change, seq: row.seq, at: row.at, actor: row.actor });
  }
  return { ...left, journal: left.world.journal, entries };
};

/** What is wrong with a run, a line each. */
export type Problems = readonly string[];

/** The rule that is broken where something is so. */
export const unless = (isKept: boolean, problem: string): Problems => (isKept ? [] : [problem]);

export const happened = <What extends Happening['what']>(
  journal: readonly Happening[],
  what: What,
): readonly Extract<Happening, { readonly what: What }>[] =>
  journal.filter((one): one is Extract<Happening, { readonly what: What }> => one.what === what);

/** The entries about one approval, in their order. */
export const about = ({ entries }: Pick<Record, 'entries'>, number: number): readonly RecordedEntry[] =>
  entries.filter(({ approval }) => approval === number);

/** The intent that a POST was made for. */
export const intentOf = (
  { entries }: Pick<Record, 'entries'>,
  clientRequestId: string,
): RecordedEntry | undefined =>
  entries.find(({ kind, facts }) => kind === 'intent' && facts.clientRequestId === clientRequestId);

const FINAL: ReadonlySet<string> = new Set<ApprovalState>([
  'rejected',
  'expired',
  'withdrawn',
  'void',
  'revoked',
  'done',
  'failed',
  'conflict',
]);

export const isFinal = ({ state }: Pick<RecordedEntry, 'state'>): boolean => FINAL.has(state);
