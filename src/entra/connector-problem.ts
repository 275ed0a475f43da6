/**
 * Why a call to Teams did not end well. After `ambiguous` alone it may have been posted or not; after everything else
 * nothing was.
 *
 * - `gone`: the bot was removed or blocked, or the conversation is no more, so stop trying.
 * - `too-big`: send less.
 * - `throttled`: try again later.
 * - `unreachable`: there was no connection, or no token for it, so nothing was sent; try again later.
 * - `foreign-host`: the address is not Teams, nothing was sent.
 * - `refused`: any other 4xx, or a redirect.
 * - `ambiguous`: 412, 5xx, no answer in time, or a connection cut under way.
 */
export type ConnectorProblem =
  | 'gone'
  | 'too-big'
  | 'throttled'
  | 'unreachable'
  | 'foreign-host'
  | 'refused'
  | 'ambiguous';

/** Thrown by everything that speaks to Teams. Its own message holds no header, body or address. */
export class ConnectorFailure extends Error {
  override readonly name = 'ConnectorFailure';
  readonly problem: ConnectorProblem;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | undefined;

  constructor(problem: ConnectorProblem, status?: number, options?: ErrorOptions) {
    super(status === undefined ? `Teams: ${problem}` : `Teams: ${problem} (${status})`, options);
    this.problem = problem;
    this.status = status;
  }
}
