import type { FileConsent, Install, Message, Picked, Press, Search } from '../entra/inbound.ts';
import { SIGN_IN_SEARCH } from '../entra/message-extension.ts';
import type { Person } from '../entra/person.ts';
import type { Place } from '../entra/place.ts';
import { zoneNamed } from '../lib/zones.ts';
import { Consent, Execute, Query, type Spoken, type Update } from './activity.ts';
import { namesOf, readText } from './mentions.ts';
import { plainData } from './plain-data.ts';
import { quotedIn, withoutQuotes } from './quotes.ts';

/** What an activity means to the bot. */
export type Inbound =
  | { readonly kind: 'message'; readonly message: Message }
  /** Action.Execute: the answer travels in the response of the request. */
  | { readonly kind: 'execute'; readonly press: Press }
  /** Action.Submit: there is nothing to answer in, so the answer is posted. */
  | { readonly kind: 'submit'; readonly press: Press }
  | { readonly kind: 'install'; readonly install: Install }
  | { readonly kind: 'file'; readonly consent: FileConsent }
  | { readonly kind: 'search'; readonly search: Search }
  | { readonly kind: 'pick'; readonly picked: Picked }
  /** It came from the compose box, but is no search of ours. */
  | { readonly kind: 'odd-search' }
  /** An invoke for which there is no door: answered with this HTTP status, and with a card answer if `malformed`. */
  | { readonly kind: 'unhandled-invoke'; readonly status: 200 | 501; readonly malformed: boolean }
  | { readonly kind: 'nothing' };

/** What the gate knows beside the activity. */
export interface Ours {
  readonly appId: string;
  /** Lower case. */
  readonly tenantId: string;
}

const NOTHING: Inbound = { kind: 'nothing' };

const PLACE_KINDS: ReadonlyMap<string | undefined, Place['kind']> = new Map([
  ['personal', 'personal'],
  ['groupChat', 'group'],
  ['channel', 'channel'],
]);

/** Two people's chat has such an id, and is said to be personal; that of a person and the bot holds the app's own id. */
const isOfTwoPeople = (conversationId: string, { appId }: Ours): boolean =>
  conversationId.endsWith('@unq.gbl.spaces') && !conversationId.toLowerCase().includes(appId.toLowerCase());

const kindOf = ({ id, conversationType }: Spoken['conversation'], ours: Ours): Place['kind'] =>
  // An unknown kind of conversation may have anybody in it.
  isOfTwoPeople(id, ours) ? 'group' : (PLACE_KINDS.get(conversationType) ?? 'group');

const placeOf = ({ conversation, serviceUrl, recipient }: Spoken | Update, ours: Ours): Place => ({
  kind: kindOf(conversation, ours),
  conversationId: conversation.id,
  serviceUrl,
  tenantId: ours.tenantId,
  botId: recipient?.id ?? `28:${ours.appId}`,
});

const zoneOf = ({ localTimezone, entities }: Spoken): string | undefined =>
  [localTimezone, ...(entities ?? []).map(({ timezone }) => timezone)]
    .map((zone) => zone && zoneNamed(zone))
    .find(Boolean);

const personOf = (activity: Spoken, id: string, ours: Ours): Person => {
  const clientZone = zoneOf(activity);
  const name = activity.from.name ?? '';
  const teamsId = activity.from.id;
  return { id, teamsId, tenantId: ours.tenantId, name, ...(clientZone === undefined ? {} : { clientZone }) };
};

const textOf = ({ text = '', recipient, entities = [] }: Spoken): string => {
  const mentions = entities.filter(({ mentioned }) => mentioned && mentioned.id === recipient?.id);
  return readText(
    withoutQuotes(text),
    namesOf([
      recipient?.name,
      ...mentions.flatMap(({ text: written, mentioned }) => [written, mentioned?.name]),
    ]),
  );
};

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

type Common = Pick<Press, 'activityId' | 'person' | 'place' | 'cardId'>;

const readSearch = (value: unknown, { activityId, person, place }: Common): Inbound => {
  const { data: query } = Query.safeParse(value);
  if (!query) return { kind: 'odd-search' };
  const parameter = (wanted: string): unknown => query.parameters.find(({ name }) => name === wanted)?.value;
  const text = textIn(parameter(SIGN_IN_SEARCH.parameter));
  const isFirst = String(parameter('initialRun')) === 'true';
  const search = { activityId, text, isFirst, ...query.queryOptions, person, place };
  return { kind: 'search', search };
};

const readConsent = (value: unknown, { activityId, person, place }: Common): Inbound => {
  const { data: answer } = Consent.safeParse(value);
  if (!answer) return { kind: 'unhandled-invoke', status: 200, malformed: true };
  const upload = answer.action === 'accept' ? { upload: answer.uploadInfo } : {};
  return { kind: 'file', consent: { activityId, offer: answer.context.offer, ...upload, person, place } };
};

const readInvoke = (activity: Spoken, common: Common): Inbound => {
  // Teams tells that single sign-on failed; there is nothing to do about it, and 501 would look like a fault.
  if (activity.name === 'signin/failure') return { kind: 'unhandled-invoke', status: 200, malformed: false };
  if (activity.name === 'fileConsent/invoke') return readConsent(activity.value, common);
  if (activity.name === 'composeExtension/query') return readSearch(activity.value, common);
  if (activity.name === 'composeExtension/selectItem') {
    const { activityId, person, place } = common;
    return { kind: 'pick', picked: { activityId, data: plainData(activity.value), person, place } };
  }
  if (activity.name !== 'adaptiveCard/action') {
    return { kind: 'unhandled-invoke', status: 501, malformed: false };
  }
  const { data: value } = Execute.safeParse(activity.value);
  if (!value) return { kind: 'unhandled-invoke', status: 200, malformed: true };
  // Whatever is not plainly a press by a person is none.
  const trigger = (value.trigger ?? 'manual') === 'manual' ? 'manual' : 'automatic';
  const { verb = '', data } = value.action;
  return { kind: 'execute', press: { ...common, verb, data: plainData(data), trigger } };
};

/** Reads a message or an invoke of the person with this object id. */
export const readSpoken = (activity: Spoken, personId: string, ours: Ours): Inbound => {
  const activityId = activity.id;
  const person = personOf(activity, personId, ours);
  const place = placeOf(activity, ours);
  const { replyToId, value } = activity;
  const card = replyToId === undefined ? {} : { cardId: replyToId };
  if (activity.type === 'invoke') return readInvoke(activity, { activityId, person, place, ...card });
  if (!activity.text?.trim() && value !== null && typeof value === 'object') {
    const data = plainData(value);
    const press = {
      activityId,
      verb: textIn(data.verb),
      data,
      trigger: 'manual' as const,
      person,
      place,
      ...card,
    };
    return { kind: 'submit', press };
  }
  // In a channel what is replied to is the root of the thread; a quote is nearer to what is meant.
  const repliedTo = quotedIn(activity) ?? replyToId;
  const reply = repliedTo === undefined ? {} : { replyToId: repliedTo };
  return { kind: 'message', message: { activityId, text: textOf(activity), person, place, ...reply } };
};

/** Reads an installation or a change of members: only the bot's own arrival means something. */
export const readUpdate = (activity: Update, ours: Ours): Inbound => {
  const place = placeOf(activity, ours);
  const isArrival =
    activity.type === 'installationUpdate'
      ? activity.action === 'add'
      : (activity.membersAdded ?? []).some((member) => member.id === place.botId);
  return isArrival ? { kind: 'install', install: { activityId: activity.id ?? '', place } } : NOTHING;
};
