import { randomUUID } from 'node:crypto';
import { type CardAction, findAction } from './actions.ts';
import { type Activity, invokeActivity, type Scene, submitActivity } from './activity.ts';
import { personMri } from './conversations.ts';
import { deliver } from './deliver.ts';
import { effectOf } from './invoke-response.ts';
import { Refreshing, SpeakingData } from './outbound.ts';
import { say } from './say.ts';
import { messageOf, playTurn, type Stage, sceneOf } from './stage.ts';
import type { Turn, Until } from './turn.ts';

/** How a button is pressed. */
export interface PressOptions extends Until {
  /** What stands in the card's inputs. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** `submit` is an older client, which takes the button's fallback. */
  readonly client?: 'execute' | 'submit';
}

/** A client asks for a fresh card at most once in this many milliseconds. */
const REFRESH_EVERY = 60_000;
/** Where no users are named, cards refresh by themselves only in conversations up to this size. */
const REFRESH_MEMBERS = 60;

const asRecord = (value: unknown): Activity =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const execute = (
  stage: Stage,
  scene: Scene,
  cardId: string,
  action: CardAction,
  trigger: 'manual' | 'automatic',
  { inputs, ...options }: PressOptions,
): Promise<Turn> =>
  playTurn(stage, scene, options, async () => {
    const { fallback: _fallback, ...known } = action;
    const press = {
      id: `f:${randomUUID()}`,
      cardId,
      action: { ...known, data: { ...asRecord(action.data), ...inputs } },
      trigger,
    };
    const delivery = await deliver(invokeActivity(scene, press), stage.line());
    const effect = effectOf(delivery);
    if ('toast' in effect) return { delivery, toast: effect.toast };
    stage.rooms.messages.show(scene.conversationId, cardId, scene.person.oid, effect.card);
    return { delivery };
  });

const submit = (
  stage: Stage,
  scene: Scene,
  cardId: string,
  action: CardAction,
  { inputs, ...options }: PressOptions,
): Promise<Turn> => {
  const speaking = SpeakingData.safeParse(action.data);
  if (speaking.success) {
    const { type, value, text } = speaking.data.msteams;
    const words = String(type === 'imBack' ? value : text);
    return say(stage, scene.person.oid, scene.conversationId, words, { ...options, replyToId: cardId });
  }
  return playTurn(stage, scene, options, async () => {
    const press = { id: stage.rooms.nextId(), cardId, data: { ...asRecord(action.data), ...inputs } };
    return { delivery: await deliver(submitActivity(scene, press), stage.line()) };
  });
};

/** Sends a button's press, whether or not the button is on a card. */
export const invoke = (
  stage: Stage,
  personId: string,
  conversationId: string,
  cardId: string,
  action: CardAction,
  options: PressOptions = {},
): Promise<Turn> => {
  const scene = sceneOf(stage, personId, conversationId);
  return action.type === 'Action.Execute'
    ? execute(stage, scene, cardId, action, 'manual', options)
    : submit(stage, scene, cardId, action, options);
};

/** Presses the button with this title or verb on a card as the person sees it. */
export const press = (
  stage: Stage,
  personId: string,
  conversationId: string,
  cardId: string,
  button: string | ((action: CardAction) => boolean),
  options: PressOptions = {},
): Promise<Turn> => {
  const { card } = messageOf(stage, sceneOf(stage, personId, conversationId), cardId);
  const action = findAction(card, button);
  if (action === undefined) throw new Error(`The card ${cardId} has no such button: ${String(button)}`);
  if (options.client !== 'submit') return invoke(stage, personId, conversationId, cardId, action, options);
  const fallback = findAction({ fallback: action.fallback }, ({ type }) => type === 'Action.Submit');
  if (fallback === undefined) throw new Error(`The button has no fallback: ${String(button)}`);
  return invoke(stage, personId, conversationId, cardId, fallback, options);
};

/** What a client does by itself when a card with `refresh` comes into sight; null when it does nothing. */
export const makeRefresh = (
  stage: Stage,
): ((personId: string, conversationId: string, cardId: string) => Promise<Turn | null>) => {
  const last = new Map<string, number>();
  return async (personId, conversationId, cardId) => {
    const scene = sceneOf(stage, personId, conversationId);
    const wants = Refreshing.safeParse(messageOf(stage, scene, cardId).card);
    if (!wants.success) return null;
    const { action, userIds } = wants.data.refresh;
    const meant =
      userIds?.includes(personMri(stage.rooms.appId, personId)) ??
      scene.conversation.memberIds.length <= REFRESH_MEMBERS;
    const key = `${personId} ${cardId}`;
    if (!meant || scene.now - (last.get(key) ?? Number.NEGATIVE_INFINITY) < REFRESH_EVERY) return null;
    last.set(key, scene.now);
    return execute(stage, scene, cardId, action, 'automatic', {});
  };
};
