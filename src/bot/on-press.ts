import { z } from 'zod';
import { render, summaryOf } from '../cards/render.ts';
import type { View } from '../cards/view.ts';
import { codeView } from '../commands/all/explain.ts';
import type { Press } from '../entra/inbound.ts';
import { answer, viewOfFailure } from './answer.ts';
import { decide, zoneOf } from './asker.ts';
import { LATE, within } from './in-time.ts';
import type { Middle } from './middle.ts';
import type { Chat, Ports, PressAnswer, StoredResult } from './ports.ts';
import { forgotten, refused, tooMany } from './problems.ts';

// Buttons carry ids and nothing else; whatever more a client sends is not read.
const Say = z.object({ verb: z.literal('say'), say: z.string().max(4_096) });
const Result = { result: z.string().max(64) };
const Button = z.discriminatedUnion('verb', [
  Say,
  z.object({ verb: z.literal('more'), ...Result, first: z.number().int().min(0).max(1_000_000) }),
  z.object({ verb: z.literal('refresh'), ...Result }),
  z.object({ verb: z.literal('details'), ...Result, row: z.string().max(128) }),
  z.object({ verb: z.literal('explain'), ...Result, row: z.string().max(128) }),
]);
type Button = z.infer<typeof Button>;
type ResultButton = Exclude<Button, { verb: 'say' }>;

/** The same list from another row on. */
const listFrom = (result: StoredResult, first: number, zone: string, now: number): View => ({
  card: 'sign-in-list',
  answer: result.answer,
  asked: result.asked,
  notes: result.notes,
  first: Math.min(first, Math.max(0, result.answer.rows.length - 1)),
  resultId: result.id,
  zone,
  now,
});

/** Asks the stored question again; a bound that rolls with the clock ("last 24h") rolls on when Graph is asked. */
const refresh = async (ports: Ports, press: Press, result: StoredResult, zone: string): Promise<View> => {
  const now = ports.clock();
  const answer = await ports.graph.readSignIns(result.answer.query);
  const again: StoredResult = {
    ...result,
    id: ports.newId(),
    personId: press.person.id,
    conversationId: press.place.conversationId,
    first: 0,
    answer,
  };
  await ports.store.results.save(again, now);
  return listFrom(again, 0, zone, now);
};

/** Rows of a full list card; the way back from a row leads to about where it stood. */
const PAGE = 10;

const showRow = (button: ResultButton & { row: string }, result: StoredResult, zone: string): View => {
  const index = result.answer.rows.findIndex(({ signIn }) => signIn.id === button.row);
  const row = result.answer.rows[index];
  if (!row) return forgotten;
  const { signIn, confirmed } = row;
  if (button.verb === 'explain') {
    const { errorCode, failureReason, additionalDetails } = signIn.status ?? {};
    const view = codeView(errorCode ?? 0, failureReason, additionalDetails);
    return { ...view, back: { resultId: result.id, row: button.row } };
  }
  const { fetchedAt } = result.answer;
  const first = index - (index % PAGE);
  return { card: 'sign-in-details', signIn, confirmed, fetchedAt, resultId: result.id, first, zone };
};

/** What a button about a stored answer shows, to someone who may see it. */
const showResult = async (middle: Middle, press: Press, button: ResultButton): Promise<View> => {
  const { ports, settings } = middle;
  const result = await ports.store.results.find(button.result);
  if (!result) return forgotten;
  // Somebody else's own sign-ins are other people's sign-ins to whoever presses.
  const aboutMe = result.aboutMe && result.personId === press.person.id;
  const decision = await decide(ports, settings, press, { needs: 'reader', aboutMe });
  if (!decision.permitted) return refused(decision.why);
  const zone = await zoneOf(ports, press.person);
  switch (button.verb) {
    case 'more':
      return listFrom(result, button.first, zone, ports.clock());
    case 'refresh':
      return refresh(ports, press, result, zone);
    case 'details':
    case 'explain':
      return showRow(button, result, zone);
  }
};

const show = async (middle: Middle, press: Press, button: Button): Promise<View> => {
  if (button.verb === 'say') return answer(middle.ports, middle.settings, press, button.say);
  try {
    return await showResult(middle, press, button);
  } catch (error) {
    return viewOfFailure(middle.ports, error, 'help');
  }
};

const answerPress = async (middle: Middle, press: Press, chat: Chat): Promise<PressAnswer> => {
  const { ports, settings, background } = middle;
  const button = Button.safeParse({ ...press.data, verb: press.verb });
  if (!button.success)
    return { message: 'This button is not known. It may come from another version: ask again.' };
  if (press.trigger === 'automatic')
    return { message: 'This card is not refreshed by itself. Press Refresh.' };
  const admission = middle.admit(press.person.id, ports.clock());
  if (admission !== 'answer') return { message: tooMany(settings.questionsPerMinute).next };

  const work = show(middle, press, button.data);
  const view = await within(work, settings.turnMs);
  if (view !== LATE) return { card: render(view) };
  background.run(async () => {
    const late = await work;
    if (press.cardId === undefined) await chat.send(render(late), summaryOf(late));
    else await chat.update(press.cardId, render(late), summaryOf(late));
  });
  return {
    card: render({ card: 'working', asked: button.data.verb === 'say' ? button.data.say : 'Refresh' }),
  };
};

/** Answers a pressed button, once however often it arrives, within the time that a press may take. */
export const onPress = (middle: Middle, press: Press, chat: Chat): Promise<PressAnswer> => {
  const meaning = [press.person.id, press.cardId, press.verb, JSON.stringify(press.data)].join('\n');
  return middle.presses([press.activityId, meaning], () => answerPress(middle, press, chat));
};
