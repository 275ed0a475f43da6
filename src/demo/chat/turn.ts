import type { Messages, Seen } from './messages.ts';

/** What one person saw happen after saying or pressing something. */
export interface Turn {
  /** Status of the bot's HTTP answer; null when the bot was not spoken to. */
  readonly status: number | null;
  /** Where it happened: in a channel the thread. */
  readonly conversationId: string;
  /** The bot's messages that came or changed, oldest first, as they look at the end. */
  readonly answers: readonly Seen[];
  /** The short notice that a press can leave. */
  readonly toast: string | null;
}

/** When a turn counts as over. */
export interface Until {
  /** Waits, after the HTTP turn, until what came or changed fits. */
  readonly until?: (answers: readonly Seen[]) => boolean;
  /** Milliseconds to wait for that, 5,000 when absent. */
  readonly within?: number;
}

const WITHIN = 5000;

/** Waits until what a person saw come or change since a revision fits; throws with what there is when it does not. */
export const settle = (
  messages: Messages,
  { personId, conversationId, since }: { personId: string; conversationId: string; since: number },
  { until, within = WITHIN }: Until,
): Promise<readonly Seen[]> => {
  const look = (): readonly Seen[] =>
    messages.list(conversationId, personId, since).filter(({ authorId }) => authorId === null);
  if (until === undefined || until(look())) return Promise.resolve(look());
  return new Promise((resolve, reject) => {
    const stop = messages.listen(() => {
      const answers = look();
      if (!until(answers)) return;
      finish();
      resolve(answers);
    });
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`Not what was waited for within ${within} ms: ${JSON.stringify(look())}`));
    }, within);
    const finish = (): void => {
      clearTimeout(timer);
      stop();
    };
  });
};
