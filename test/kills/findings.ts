import type { Approval } from '../../src/actions/approval.ts';
import type { LoggedRequest } from '../../src/demo/graph/log.ts';
import type { PretendGraph } from '../../src/demo/graph/server.ts';
import type { HistoryEntry } from '../../src/entra/ledger-event.ts';

/**
 * What may be wrong. lost: something was done, or nothing was, and the record says otherwise or nothing yet; doubled:
 * it was done twice; phantom: it was not done, and the record says so; blind: it was sent again without a look;
 * unannounced: it was sent without an intent on record.
 */
export interface Finding {
  readonly approval: number;
  readonly what: 'lost' | 'doubled' | 'phantom' | 'blind' | 'unannounced' | 'ledger' | 'logged';
  readonly detail: string;
}

/** What the pretend Graph saw of one sign-in, in order. */
const requestsAbout = ({ requests }: PretendGraph, signInId: string): readonly LoggedRequest[] =>
  requests.filter(
    ({ method, path, requestIds }) =>
      (method === 'POST' && requestIds.includes(signInId)) || (method === 'GET' && path.endsWith(signInId)),
  );

/** Whether it was sent again though nobody had looked since. After 429 nothing was done, so nobody needs to. */
const isBlind = (requests: readonly LoggedRequest[]): boolean =>
  requests.some((request, index) => {
    const next = requests[index + 1];
    return request.method === 'POST' && request.status !== 429 && next?.method === 'POST';
  });

const intentsIn = (history: readonly HistoryEntry[]): ReadonlySet<unknown> =>
  new Set(history.flatMap(({ kind, facts }) => (kind === 'intent' ? [facts.clientRequestId] : [])));

/** Holds one approval, at rest, against what was really done. */
export const findingsAbout = (
  approval: Approval,
  history: readonly HistoryEntry[],
  graph: PretendGraph,
): readonly Finding[] => {
  const intents = intentsIn(history);
  return approval.targets.flatMap(({ signIn: { id }, progress }) => {
    const done = graph.effects.filter(({ requestId }) => requestId === id).length;
    const seen = requestsAbout(graph, id);
    const saysDone = progress.at === 'done';
    const isUnannounced = seen.some(
      ({ method, headers }) => method === 'POST' && !intents.has(headers['client-request-id']),
    );
    const wrong: readonly (readonly [Finding['what'], boolean])[] = [
      ['lost', done > 0 && !saysDone],
      ['doubled', done > 1],
      ['phantom', done === 0 && saysDone],
      ['blind', isBlind(seen)],
      ['unannounced', isUnannounced],
    ];
    const detail = `${progress.at}, done ${done} times: ${seen.map(({ method, status }) => `${method} ${status}`).join(', ')}`;
    return wrong.flatMap(([what, is]) => (is ? [{ approval: approval.number, what, detail }] : []));
  });
};
