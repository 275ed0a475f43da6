import type { Approval } from '../actions/approval.ts';
import { literalFilter, toOData } from '../entra/filter.ts';
import type { QuestionEvent } from '../entra/ledger-event.ts';
import { namedIn } from '../entra/named.ts';
import type { Query, SignInAnswer } from '../entra/query.ts';
import type { Asker } from './asker.ts';
import type { Ports } from './ports.ts';

/**
 * What one turn leaves in the ledger. Entries begin to be written at once, beside whatever else the turn does;
 * nothing may be shown before `written` resolves.
 */
export interface Recording {
  /** Somebody will see this answer, or what is left of it. */
  shown(answer: SignInAnswer): void;
  /** Graph was asked this and gave nothing. */
  failed(query: Query): void;
  /** The policy said no, and why. */
  refused(why: string, query?: Query): void;
  /** Entries about a user were read, or the directory was asked for a name. */
  lookedUp(name: string, found: number): void;
  /** Approvals were shown, and with them whose sign-ins they are about. */
  saw(approvals: readonly Approval[]): void;
  /** Throws `LedgerFailure` when one of them could not be written. */
  written(): Promise<void>;
}

type Outcome = Pick<QuestionEvent, 'kind' | 'filter' | 'named' | 'rows' | 'verdict'>;

const NOBODY = { users: [], addresses: [] } as const;

const literalOf = (query: Query): string => {
  const filter = literalFilter(query);
  return filter === undefined ? '' : toOData(filter);
};

/** A single row is about whoever it belongs to, whether or not the question named them. */
const belongsTo = ({ rows: [only, ...others] }: SignInAnswer): readonly string[] => {
  const user = others.length === 0 && only?.signIn.userPrincipalName;
  return user ? [user.toLowerCase()] : [];
};

const shownOutcome = (answer: SignInAnswer): Outcome => {
  const { filter, query, rows, verdict } = answer;
  const { users, addresses } = namedIn(query);
  return {
    kind: 'question',
    filter,
    named: { users: [...new Set([...users, ...belongsTo(answer)])], addresses },
    rows: rows.length,
    verdict: verdict.finished ? 'finished' : verdict.why,
  };
};

const unanswered = (kind: QuestionEvent['kind'], verdict: string, query?: Query): Outcome => ({
  kind,
  filter: query ? literalOf(query) : '',
  named: query ? namedIn(query) : NOBODY,
  rows: 0,
  verdict,
});

/** Begins the recording of a turn: who asks where, by which command or button. */
export const recordingOf = (ports: Ports, { person, place }: Asker, command: string): Recording => {
  const entries: Promise<void>[] = [];
  const write = (outcome: Outcome): void => {
    const { id, name } = person;
    const who = { at: ports.clock(), person: { id, name }, conversationId: place.conversationId, command };
    const entry = ports.ledger.append({ ...who, ...outcome });
    // It is waited for in `written`; until then its failure is nobody's.
    entry.catch(() => undefined);
    entries.push(entry);
  };
  return {
    shown: (answer) => write(shownOutcome(answer)),
    failed: (query) => write(unanswered('question', 'failed', query)),
    refused: (why, query) => write(unanswered('refusal', why, query)),
    lookedUp: (name, rows) =>
      write({
        kind: 'question',
        filter: '',
        named: { users: [name.toLowerCase()], addresses: [] },
        rows,
        verdict: 'finished',
      }),
    saw(approvals) {
      const signIns = approvals.flatMap(({ targets }) => targets.map((target) => target.signIn));
      const users = signIns.map(({ userPrincipalName, userId }) =>
        (userPrincipalName || userId).toLowerCase(),
      );
      write({
        kind: 'question',
        filter: '',
        named: { users: [...new Set(users)], addresses: [] },
        rows: signIns.length,
        verdict: 'finished',
      });
    },
    async written() {
      await Promise.all(entries);
    },
  };
};

/** Asks Graph, and records what came of it. */
export const askGraph = async (ports: Ports, recording: Recording, query: Query): Promise<SignInAnswer> => {
  try {
    const answer = await ports.graph.readSignIns(query);
    recording.shown(answer);
    return answer;
  } catch (error) {
    recording.failed(query);
    throw error;
  }
};
