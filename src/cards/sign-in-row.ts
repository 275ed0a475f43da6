import { z } from 'zod';
import type { Found } from '../entra/query.ts';
import type { SignIn } from '../entra/sign-in.ts';
import { showText } from '../lib/text.ts';
import { showInstant } from '../lib/time.ts';
import { Button, button } from './button.ts';
import { FLAGGED, placeOf, resultOf, riskOf, whoOf } from './sign-in-words.ts';
import { Colour, Text } from './template.ts';

const Run = z.strictObject({ text: Text, colour: Colour });

/** What decides at a glance: who, when, the result, and the flag beside the risk. */
export const Head = z.strictObject({ who: Text, when: Text, result: Run, badges: z.array(Run) });

/** One row of the list: at most six lines, in the order in which an analyst decides. */
export const Row = z.strictObject({
  ...Head.shape,
  rest: Text,
  actions: z.array(z.strictObject({ buttons: z.array(Button) })),
});

const namedOf = (signIn: SignIn): string => {
  const { id, name } = whoOf(signIn);
  // Quoted, so that a name such as "Approved by CISO" is seen to be a name.
  return name === undefined ? id : `“${name}” ${id}`;
};

const badgesOf = ({ signIn, confirmed }: Found): z.infer<typeof Run>[] => {
  const marks: z.infer<typeof Run>[] = [
    ...(signIn.flaggedForReview ? [FLAGGED] : []),
    riskOf(signIn),
    ...(confirmed ? [] : [{ text: 'NOT CONFIRMED', colour: 'Warning' as const }]),
  ];
  return marks.map(({ text, colour }, index) => ({ text: index === 0 ? text : `  |  ${text}`, colour }));
};

/** The first three lines of a row, which also stand on top of the details. */
export const headOf = (found: Found, zone: string): z.infer<typeof Head> => ({
  who: namedOf(found.signIn),
  when: showText(showInstant(found.signIn.createdDateTime, zone), 80),
  result: resultOf(found.signIn),
  badges: badgesOf(found),
});

const restOf = (signIn: SignIn): string => {
  const app = `App ${showText(signIn.appDisplayName || signIn.appId, 40)}`;
  const client = signIn.clientAppUsed ? ` · ${showText(signIn.clientAppUsed, 32)}` : '';
  const address = `IP ${showText(signIn.ipAddress, 45)} · ${placeOf(signIn)}`;
  return `${app}${client}\n${address}\nRequest ${showText(signIn.id, 36)}`;
};

// Ids of the log are GUIDs; anything else could not be found again, and no button pretends that it can.
const ID = /^[\w-]{1,64}$/;

/** A button about one row, if the row has an id that can be asked for. */
export const rowButton = (
  title: string,
  verb: 'details' | 'explain',
  result: string,
  row: string,
): Button[] => (ID.test(row) ? [button(title, verb, { result, row })] : []);

/** The row at `position` (counted from 1 over the whole answer). */
export const rowOf = (
  found: Found,
  position: number,
  resultId: string,
  zone: string,
): z.infer<typeof Row> => {
  const head = headOf(found, zone);
  const buttons = rowButton('Details', 'details', resultId, found.signIn.id);
  return {
    ...head,
    who: `#${position} ${head.who}`,
    rest: restOf(found.signIn),
    actions: buttons.length > 0 ? [{ buttons }] : [],
  };
};
