import { z } from 'zod';
import { render, summaryOf } from '../../cards/render.ts';
import type { ShareView } from '../../cards/view.ts';
import type { Picked } from '../../entra/inbound.ts';
import type { KeptAnswer } from '../../entra/kept-answer.ts';
import type { Place } from '../../entra/place.ts';
import type { Redaction } from '../../entra/share.ts';
import { LATE, within } from '../../lib/within.ts';
import { type Redactions, redactedIn } from '../../policy/redactions.ts';
import { viewOfFailure } from '../answer.ts';
import { zoneOf } from '../asker.ts';
import type { Middle } from '../middle.ts';
import { inWords } from '../press-answer.ts';
import { forgotten } from '../problems.ts';
import type { PickAnswer } from '../search-ports.ts';
import { snapshotOf } from '../sharing/share.ts';
import { onRecord, permitFor, type Words } from './ask.ts';

// A result carries ids and nothing else; whatever more a client sends is not read.
const Pick = z.object({ result: z.string().max(64), row: z.string().min(1).max(128) });

const NO_SIGN_IN: Words = { message: 'This line is no sign-in that can be sent. Pick another one.' };

const TOO_SLOW: Words = { message: 'This takes longer than Teams waits. Nothing was sent: pick it again.' };

/** The card may go anywhere from the compose box, and most likely into the chat that the search was opened in. */
const redactedFor = (redactions: Redactions, place: Place): readonly Redaction[] => [
  ...new Set([...redactions.kinds.extension, ...redactedIn(redactions, place)]),
];

const share = async (
  { ports, settings }: Middle,
  { activityId, person, place }: Picked,
  result: KeptAnswer,
  index: number,
): Promise<PickAnswer> => {
  const incident = await ports.incidents.in(place.conversationId);
  const shared = await ports.shares.create(`pick ${place.conversationId} ${activityId}`, {
    at: await ports.now(),
    by: { id: person.id, name: person.name },
    ...(incident && { incident: incident.name }),
    redacted: redactedFor(settings.redactions, place),
    snapshot: snapshotOf(result, [index + 1], ports.newId()),
  });
  const view: ShareView = { card: 'share', share: shared, zone: await zoneOf(ports, person) };
  return { card: render(view), summary: summaryOf(view) };
};

const pick = async (middle: Middle, picked: Picked): Promise<PickAnswer> => {
  const { data } = Pick.safeParse(picked.data);
  if (!data) return NO_SIGN_IN;
  const result = await middle.ports.store.results.find(data.result);
  if (!result) return { message: inWords(forgotten) };
  const index = result.answer.rows.findIndex(({ signIn }) => signIn.id === data.row);
  if (index === -1) return NO_SIGN_IN;
  // Somebody else's own sign-ins are other people's sign-ins to whoever picks one.
  const aboutMe = result.aboutMe && result.personId === picked.person.id;
  const decision = await permitFor(middle, picked, aboutMe);
  // The share leaves its own entry, in the transaction that keeps it.
  return onRecord(middle, { search: picked, decision }, () => share(middle, picked, result, index));
};

/** Freezes the sign-in that somebody picked into a share, and gives its card: Teams puts it into their message. */
export const onPick = async (middle: Middle, picked: Picked): Promise<PickAnswer> => {
  const { ports, settings } = middle;
  const work = pick(middle, picked).catch((error: unknown) => ({
    message: inWords(viewOfFailure(ports, error)),
  }));
  const answer = await within(work, settings.search.answerMs);
  return answer === LATE ? TOO_SLOW : answer;
};
