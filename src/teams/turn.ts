import type { Press } from '../entra/inbound.ts';
import type { Place } from '../entra/place.ts';
import type { Log } from '../lib/log.ts';
import type { Chat, Doors, PressAnswer } from './doors.ts';
import { ConnectorFailure } from './http-client.ts';
import type { Inbound } from './inbound.ts';

/** What the HTTP request of an invoke is answered with. Source: Universal Actions for Adaptive Cards. */
export interface InvokeResponse {
  readonly status: 200 | 501;
  readonly body?: { readonly statusCode: number; readonly type: string; readonly value: unknown };
}

export interface TurnOptions {
  readonly doors: Doors;
  readonly chatIn: (place: Place, activityId: string) => Chat;
  readonly turnMs: number;
  readonly log: Log;
  readonly onEvent: (name: 'turn.failed') => void;
  /** A short id that a person can read out and that stands in the log. */
  readonly newReference: () => string;
}

export interface Turns {
  /** Goes through the right door. Never throws; resolves when the door is done, or earlier if it takes too long. */
  take(inbound: Inbound): Promise<InvokeResponse | undefined>;
  /** Resolves when no door is at work any more. */
  idle(): Promise<void>;
}

const STILL_AT_WORK: PressAnswer = { message: 'Still working on it. The answer follows here.' };

const MALFORMED = { code: 'BadRequest', message: 'The action could not be read.' };

const apology = (reference: string): string =>
  `Something went wrong, and it is not your fault. Try again; if it stays, tell whoever runs this bot the reference ${reference}.`;

// Teams takes exactly these two types for an answer, and for a message exactly a string.
const toResponse = (answer: PressAnswer): InvokeResponse => ({
  status: 200,
  body:
    'card' in answer
      ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card }
      : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.message },
});

const unhandled = ({ status, malformed }: { status: 200 | 501; malformed: boolean }): InvokeResponse =>
  malformed
    ? { status, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: MALFORMED } }
    : { status };

// What throws before it returns a promise fails like everything else.
const attempt = async <Value>(work: () => Promise<Value>): Promise<Value> => work();

/** The outcome of the work, or undefined if it is not there in time. The work goes on. */
const inTime = async <Value>(work: Promise<Value>, ms: number): Promise<Value | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Posts the answer to a press that can no longer, or never could, be answered in its response. */
const deliver = async (answer: PressAnswer, press: Press, chat: Chat): Promise<void> => {
  if ('message' in answer) return chat.say(answer.message);
  if (press.cardId !== undefined) return chat.update(press.cardId, answer.card, 'Updated');
  await chat.send(answer.card, 'Answer');
};

/** Leads what came in to its door, and keeps whatever goes wrong there away from the wire. */
export const createTurns = ({ doors, chatIn, turnMs, log, onEvent, newReference }: TurnOptions): Turns => {
  const atWork = new Set<Promise<unknown>>();

  const track = <Value>(work: Promise<Value>): Promise<Value> => {
    atWork.add(work);
    const done = (): boolean => atWork.delete(work);
    work.then(done, done);
    return work;
  };

  const report = (activityId: string, error: unknown): string => {
    const reference = newReference();
    const problem = error instanceof ConnectorFailure ? error.problem : undefined;
    log.error('turn.failed', { reference, activityId, problem, error });
    onEvent('turn.failed');
    return apology(reference);
  };

  /** Runs work of which nobody waits for the outcome; a failure is told in the chat if that still works. */
  const run = (activityId: string, chat: Chat, work: () => Promise<void>): Promise<void> =>
    track(
      attempt(work)
        .catch((error: unknown) => chat.say(report(activityId, error)))
        .catch((error: unknown) => log.error('turn.untold', { activityId, error })),
    );

  const press = (pressed: Press, chat: Chat): Promise<PressAnswer> =>
    track(
      attempt(() => doors.onPress(pressed, chat)).catch((error: unknown) => ({
        message: report(pressed.activityId, error),
      })),
    );

  const execute = async (pressed: Press, chat: Chat): Promise<InvokeResponse> => {
    const answering = press(pressed, chat);
    const answer = await inTime(answering, turnMs);
    if (answer) return toResponse(answer);
    void run(pressed.activityId, chat, async () => deliver(await answering, pressed, chat));
    return toResponse(STILL_AT_WORK);
  };

  const take: Turns['take'] = async (inbound) => {
    switch (inbound.kind) {
      case 'message': {
        const { message } = inbound;
        const chat = chatIn(message.place, message.activityId);
        await inTime(
          run(message.activityId, chat, () => doors.onMessage(message, chat)),
          turnMs,
        );
        return undefined;
      }
      case 'submit': {
        const chat = chatIn(inbound.press.place, inbound.press.activityId);
        const work = async (): Promise<void> =>
          deliver(await press(inbound.press, chat), inbound.press, chat);
        await inTime(run(inbound.press.activityId, chat, work), turnMs);
        return undefined;
      }
      case 'install': {
        const { install } = inbound;
        const chat = chatIn(install.place, install.activityId);
        await inTime(
          run(install.activityId, chat, () => doors.onInstall(install, chat)),
          turnMs,
        );
        return undefined;
      }
      case 'execute':
        return execute(inbound.press, chatIn(inbound.press.place, inbound.press.activityId));
      case 'unhandled-invoke':
        return unhandled(inbound);
      case 'nothing':
        return undefined;
    }
  };

  const idle = async (): Promise<void> => {
    while (atWork.size > 0) await Promise.allSettled(atWork);
  };
  return { take, idle };
};
