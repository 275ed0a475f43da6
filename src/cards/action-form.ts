import { z } from 'zod';
import { ACTIONS } from '../actions/list.ts';
import { FormButton, formButton } from './approval-buttons.ts';
import { button } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { Fact } from './facts.ts';
import { lookAlikeUser } from './look-alike.ts';
import { Head, headOf, restOf, rowButton } from './sign-in-row.ts';
import { cardMaker, Text } from './template.ts';
import type { ActionFormView } from './view.ts';

const ActionForm = z.strictObject({
  head: Head,
  rest: Text,
  warnings: z.array(Text),
  meanings: z.array(Fact),
  choices: z.array(z.strictObject({ title: Text, value: Text })),
  buttons: z.array(FormButton),
});

const make = cardMaker('action-form', ActionForm);

const ALL = Object.values(ACTIONS);

/** The form that asks for a change of one sign-in. Nothing is chosen beforehand, so that nobody chooses by haste. */
export const actionFormCard = (view: ActionFormView): AdaptiveCard => {
  const { signIn, resultId, first, zone } = view;
  const ask = rowButton('Ask for approval', 'request', resultId, signIn.id);
  return make({
    head: headOf(view, zone),
    rest: restOf(signIn),
    warnings: lookAlikeUser(signIn.userPrincipalName),
    meanings: ALL.map(({ title, will }) => ({ label: title, value: will.slice(0, 1).join('') })),
    choices: ALL.map(({ name, title }) => ({ title, value: name })),
    buttons: [
      ...ask.map((one) => formButton(one, { style: 'positive', inputs: 'auto' })),
      formButton(button('Back to the list', 'more', { result: resultId, first })),
    ],
  });
};
