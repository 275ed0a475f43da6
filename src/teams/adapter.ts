import type { CloudAdapter } from 'botbuilder';
import type { Admitted } from './gate.ts';
import type { InvokeResponse } from './turn.ts';

/** What a turn ends in on the wire. */
export interface TurnResult {
  readonly status: number;
  readonly body?: unknown;
}

/**
 * Runs one turn of botbuilder without letting it near the wire: left alone it answers with the message of whatever
 * error it meets. An activity that nobody vouched for ends in status 500.
 */
export const runTurn = async (
  adapter: CloudAdapter,
  activity: Admitted['activity'],
  turn: () => Promise<InvokeResponse | undefined>,
): Promise<TurnResult> => {
  let finished = false;
  let status = 500;
  let body: unknown;
  const request = { method: 'POST', headers: {}, body: activity };
  const response = {
    socket: undefined,
    status: (code: number) => {
      status = code;
    },
    send: (content: unknown) => {
      body = content;
    },
    header: () => {},
    end: () => {},
  };
  await adapter.process(request, response, async (context) => {
    const answer = await turn();
    if (answer) await context.sendActivity({ type: 'invokeResponse', value: answer });
    finished = true;
  });
  return finished ? { status, body } : { status: 500 };
};
