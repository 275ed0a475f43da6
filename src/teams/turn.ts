import type { Press } from '../entra/inbound.ts';
import type { Place } from '../entra/place.ts';
import { LATE, within } from '../lib/within.ts';
import { type ComposeResponse, pickResponse, searchResponse, wordsResponse } from './compose-extension.ts';
import type { Chat, Doors, PickAnswer, PressAnswer, SearchAnswer } from './doors.ts';
import type { Inbound } from './inbound.ts';
import { createWork, type WorkOptions } from './work.ts';

/** What the HTTP request of a pressed button is answered with. Source: Universal Actions for Adaptive Cards. */
interface ActionResponse {
  readonly status: 200 | 501;
  readonly body?: { readonly statusCode: number; readonly type: string; readonly value: unknown };
}

/** What the HTTP request of an invoke is answered with. */
export type InvokeResponse = ActionResponse | ComposeResponse;

export interface TurnOptions extends WorkOptions {
  readonly doors: Doors;
  readonly chatIn: (place: Place, activityId: string) => Chat;
  readonly turnMs: number;
  readonly searchMs: number;
}

/** The turns at work. */
export interface Turns {
  /** Goes through the right door. Never throws; resolves when the door is done, or earlier if it takes too long. */
  take(inbound: Exclude<Inbound, { readonly kind: 'nothing' }>): Promise<InvokeResponse | undefined>;
  /** Resolves when no door is at work any more. */
  idle(): Promise<void>;
}

const STILL_AT_WORK: PressAnswer = { message: 'Still working on it. The answer will follow here.' };

const PRESS_AGAIN = 'The answer came too late to be shown to you alone. Press again.';

const TOO_SLOW = { message: 'This takes longer than Teams waits. Type a space, or try again in a moment.' };

const ODD_SEARCH = 'This is not a search of Flagman.';

const MALFORMED = { code: 'BadRequest', message: 'The action could not be read.' };

// Teams takes exactly these two types for an answer, and for a message exactly a string.
const toResponse = (answer: PressAnswer): ActionResponse => ({
  status: 200,
  body:
    'card' in answer
      ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card }
      : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.message },
});

const unhandled = ({ status, malformed }: { status: 200 | 501; malformed: boolean }): ActionResponse =>
  malformed
    ? { status, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: MALFORMED } }
    : { status };

/**
 * Posts the answer to a press that can no longer, or never could, be answered in its response. Where others read
 * along, the card that was pressed stays as it is: an edit would be seen by all of them.
 */
const deliver = async (answer: PressAnswer, { cardId, place }: Press, chat: Chat): Promise<void> => {
  if ('message' in answer) return chat.say(answer.message);
  if (answer.isForOne && place.kind !== 'personal') return chat.say(PRESS_AGAIN);
  if (cardId !== undefined && place.kind === 'personal') return chat.update(cardId, answer.card, 'Updated');
  await chat.send(answer.card, 'Answer');
};

/** Leads what came in to its door, and keeps whatever goes wrong there away from the wire. */
export const createTurns = ({ doors, chatIn, turnMs, searchMs, ...reporting }: TurnOptions): Turns => {
  const { told, answered, idle } = createWork(reporting);

  /** Work whose outcome is posted; the request waits for it only so long. */
  const post = async (
    { place, activityId }: { readonly place: Place; readonly activityId: string },
    work: (chat: Chat) => Promise<void>,
  ): Promise<undefined> => {
    const chat = chatIn(place, activityId);
    await within(
      told(activityId, chat, () => work(chat)),
      turnMs,
    );
  };

  const execute = async (press: Press): Promise<InvokeResponse> => {
    const chat = chatIn(press.place, press.activityId);
    const answering = answered(press.activityId, () => doors.onPress(press, chat));
    const answer = await within(answering, turnMs);
    if (answer !== LATE) return toResponse(answer);
    void told(press.activityId, chat, async () => deliver(await answering, press, chat));
    return toResponse(STILL_AT_WORK);
  };

  /** Work whose outcome Teams waits for in the compose box; later on nobody could be told. */
  const compose = async <Answer extends SearchAnswer | PickAnswer>(
    activityId: string,
    work: () => Promise<Answer>,
  ): Promise<Answer | { readonly message: string }> => {
    const answer = await within(answered(activityId, work), searchMs);
    return answer === LATE ? TOO_SLOW : answer;
  };

  const take: Turns['take'] = async (inbound) => {
    switch (inbound.kind) {
      case 'message':
        return post(inbound.message, (chat) => doors.onMessage(inbound.message, chat));
      case 'submit': {
        const { press } = inbound;
        return post(press, async (chat) => {
          const answer = await doors.onSubmit(press, chat);
          if (answer) await deliver(answer, press, chat);
        });
      }
      case 'install':
        return post(inbound.install, (chat) => doors.onInstall(inbound.install, chat));
      case 'file': {
        const { consent } = inbound;
        await post(consent, (chat) => doors.onFile(consent, chat));
        return { status: 200 };
      }
      case 'execute':
        return execute(inbound.press);
      case 'search': {
        const { search } = inbound;
        return searchResponse(await compose(search.activityId, () => doors.onSearch(search)));
      }
      case 'pick': {
        const { picked } = inbound;
        return pickResponse(await compose(picked.activityId, () => doors.onPick(picked)));
      }
      case 'odd-search':
        return wordsResponse(ODD_SEARCH);
      case 'unhandled-invoke':
        return unhandled(inbound);
    }
  };
  return { take, idle };
};
