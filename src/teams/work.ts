import { ConnectorFailure } from '../entra/connector-problem.ts';
import type { Log } from '../lib/log.ts';
import type { Chat } from './doors.ts';

export interface WorkOptions {
  readonly log: Log;
  readonly onEvent: (name: 'turn.failed') => void;
  /** A short id that a person can read out and that stands in the log. */
  readonly newReference: () => string;
}

/** The doors at work: none of it rejects, and a stop can wait for all of it. */
export interface Work {
  /** Does work of which nobody sees the outcome; a failure is told in the chat, if that still works. */
  told(activityId: string, chat: Chat, work: () => Promise<void>): Promise<void>;
  /** Does work that has an answer; after a failure the answer is an apology. */
  answered<Answer>(
    activityId: string,
    work: () => Promise<Answer>,
  ): Promise<Answer | { readonly message: string }>;
  /** Resolves when nothing is at work any more. */
  idle(): Promise<void>;
}

const apology = (reference: string): string =>
  `Something went wrong, and it is not your fault. Try again; if it keeps happening, give whoever runs this bot the reference ${reference}.`;

// What throws before it returns a promise fails like everything else.
const attempt = async <Value>(work: () => Promise<Value>): Promise<Value> => work();

/** Keeps account of what the doors do. Errors go to the log in full; people see a reference to them. */
export const createWork = ({ log, onEvent, newReference }: WorkOptions): Work => {
  const running = new Set<Promise<unknown>>();

  const track = <Value>(work: Promise<Value>): Promise<Value> => {
    running.add(work);
    const done = (): boolean => running.delete(work);
    work.then(done, done);
    return work;
  };

  const report = (activityId: string, error: unknown): string => {
    const reference = newReference();
    const { problem, cause } = error instanceof ConnectorFailure ? error : {};
    log.error('turn.failed', { reference, activityId, problem, error, cause });
    onEvent('turn.failed');
    return apology(reference);
  };

  return {
    told: (activityId, chat, work) =>
      track(
        attempt(work)
          .catch((error: unknown) => chat.say(report(activityId, error)))
          .catch((error: unknown) => log.error('turn.untold', { activityId, error })),
      ),
    answered: (activityId, work) =>
      track(attempt(work).catch((error: unknown) => ({ message: report(activityId, error) }))),
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
};
