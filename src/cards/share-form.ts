import { z } from 'zod';
import { incidentName } from '../entra/incident.ts';
import { FormButton, formButton } from './approval-buttons.ts';
import { type Button, button } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { Fact } from './facts.ts';
import { sharedRows } from './share-words.ts';
import { headOf, rowButton } from './sign-in-row.ts';
import { cardMaker, firstThatFits, Text } from './template.ts';
import type { ShareFormView } from './view.ts';

/** To which incident: nothing is chosen beforehand but the one whose place this is. */
const Choice = z.strictObject({
  chosen: z.union([Text, z.literal('')]),
  choices: z.array(z.strictObject({ title: Text, value: Text })),
});

const ShareForm = z.strictObject({
  title: Text,
  lists: z.array(z.strictObject({ rows: z.array(Fact) })),
  note: Text,
  inputs: z.array(Choice),
  buttons: z.array(FormButton),
});

const make = cardMaker('share-form', ShareForm);

const POSTED =
  'Everyone in the thread of the incident can read it, frozen as it is here, without what that place leaves out. It is written into the ledger.';

const NO_INCIDENT =
  'No incident has a thread yet. Mention me in one and say, for example: this is incident INC-204';

const choiceOf = ({ incidents, here }: ShareFormView, most: number): z.infer<typeof Choice>[] => {
  const names = [...(here ? [here] : []), ...incidents].flatMap(({ name }) => incidentName(name) ?? []);
  const choices = [...new Set(names)].slice(0, most).map((name) => ({ title: name, value: name }));
  const chosen = (here && incidentName(here.name)) ?? '';
  return choices.length > 0 ? [{ chosen, choices }] : [];
};

const rowsOf = ({ snapshot, zone }: ShareFormView): Fact[] =>
  snapshot.answer.rows.map((found) => {
    const { who, when, result } = headOf(found, zone);
    return { label: who, value: `${when} · ${result.text}` };
  });

const shareButton = ({ resultId: result, row, first, snapshot }: ShareFormView): Button[] => {
  const count = snapshot.answer.rows.length;
  if (row !== undefined) return rowButton('Share', 'share-to', result, row);
  return [button('Share', 'share-to', { result, first, ...(count > 0 && { count }) })];
};

const within = (view: ShareFormView, most: number): z.infer<typeof ShareForm> => {
  const { resultId, first, snapshot } = view;
  const rows = rowsOf(view).slice(0, most);
  const inputs = choiceOf(view, most);
  const share = inputs.length > 0 ? shareButton(view) : [];
  return {
    title: `Share: ${sharedRows(snapshot)}`,
    lists: rows.length > 0 ? [{ rows }] : [],
    note: inputs.length > 0 ? POSTED : NO_INCIDENT,
    inputs,
    buttons: [
      ...share.map((one) => formButton(one, { style: 'positive', inputs: 'auto' })),
      formButton(button('Back to the list', 'more', { result: resultId, first })),
    ],
  };
};

/** Rows and incidents of a card. */
const MOST: readonly [number, ...number[]] = [40, 10];

/** The form to share rows of an answer. */
export const shareFormCard = (view: ShareFormView): AdaptiveCard =>
  firstThatFits(MOST, (most) => ({ card: make(within(view, most)) })).card;
