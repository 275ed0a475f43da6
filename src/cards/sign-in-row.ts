import { z } from 'zod';
import { SignInTarget } from '../actions/action.ts';
import type { Found } from '../entra/query.ts';
import type { SignIn } from '../entra/sign-in.ts';
import { confusable, showText } from '../lib/text.ts';
import { showInstant } from '../lib/time.ts';
import { type Button, button } from './button.ts';
import {
  FLAGGED,
  LOOK_ALIKE,
  NOT_CONFIRMED,
  placeOf,
  resultOf,
  riskOf,
  type Words,
  whoOf,
} from './sign-in-words.ts';
import { Colour, Text } from './template.ts';

/** A text of one colour. */
export const Run = z.strictObject({ text: Text, colour: Colour });

export const Badge = z.strictObject({ ...Run.shape, weight: z.enum(['Default', 'Bolder']) });

type Badge = z.infer<typeof Badge>;

/** What decides at a glance: who, when, the result, and the flag beside the risk. */
export const Head = z.strictObject({ who: Text, when: Text, result: Run, badges: z.array(Badge) });

/** One row: at most six lines, in the order in which an analyst decides. */
export const Row = z.strictObject({
  ...Head.shape,
  rest: Text,
  style: z.enum(['emphasis', 'accent', 'attention']),
});

export type Row = z.infer<typeof Row>;

/** How much of a name: of the UPN, which can be trusted, and of the display name, which is a label. */
export interface WhoLimit {
  readonly id: number;
  readonly name: number;
}

const namedOf = (signIn: SignIn, most: WhoLimit): string => {
  const { name, ...who } = whoOf(signIn);
  const id = showText(who.id, most.id);
  // Quoted, so that a name such as "Approved by CISO" is seen to be a name.
  return name === undefined ? id : `“${showText(name, most.name)}” ${id}`;
};

/** The flag, the risk in the words given, and what else has to be known about the row. */
const badgesOf = ({ signIn, confirmed }: Found, risk: Words): Badge[] => {
  const marks: Words[] = [
    ...(signIn.flaggedForReview ? [FLAGGED] : []),
    risk,
    ...(confirmed ? [] : [NOT_CONFIRMED]),
    ...(confusable(signIn.userPrincipalName ?? '') ? [LOOK_ALIKE] : []),
  ];
  return marks.map(({ text, colour }, index) => ({
    text: index === 0 ? text : `  |  ${text}`,
    colour,
    weight: colour === 'Default' ? 'Default' : 'Bolder',
  }));
};

/** The ground of the row: risk outdoes a flag, and nobody can take the one for the other. */
const styleOf = (signIn: SignIn): Row['style'] => {
  if (riskOf(signIn).colour === 'Attention') return 'attention';
  return signIn.flaggedForReview ? 'accent' : 'emphasis';
};

/** The first three lines of a row, which also stand on top of the details. */
export const headOf = (
  found: Found,
  zone: string,
  most: WhoLimit = { id: 72, name: 40 },
  risk: Words = riskOf(found.signIn),
): z.infer<typeof Head> => ({
  who: namedOf(found.signIn, most),
  when: showText(showInstant(found.signIn.createdDateTime, zone), 80),
  result: resultOf(found.signIn),
  badges: badgesOf(found, risk),
});

/** The other three lines of a row: app, address and request; no more than `most` of the app's name. */
export const restOf = (signIn: SignIn, most = 40): string => {
  const app = `App ${showText(signIn.appDisplayName || signIn.appId, most)}`;
  const client = signIn.clientAppUsed ? ` · ${showText(signIn.clientAppUsed, Math.min(most, 32))}` : '';
  const address = `IP ${showText(signIn.ipAddress, 45)} · ${placeOf(signIn)}`;
  return `${app}${client}\n${address}\nRequest ${showText(signIn.id, 36)}`;
};

// Ids of the log are GUIDs; anything else could not be found again, and no button pretends that it can.
const ID = /^[\w-]{1,64}$/;

/** A button about one row, if the row has an id that can be asked for. */
export const rowButton = (
  title: string,
  verb: 'details' | 'explain' | 'act' | 'request' | 'share' | 'share-to',
  result: string,
  row: string,
): Button[] => (ID.test(row) ? [button(title, verb, { result, row })] : []);

/** A button to the form that asks for a change, for sign-ins that can be changed. */
export const actButton = (title: string, result: string, signIn: SignIn): Button[] =>
  SignInTarget.safeParse(signIn).success ? rowButton(title, 'act', result, signIn.id) : [];

/** The row that has the number `position`, counted from 1 over the whole answer. */
export const rowOf = (found: Found, position: number, zone: string, most?: WhoLimit): Row => {
  const head = headOf(found, zone, most);
  return {
    ...head,
    who: `#${position} ${head.who}`,
    rest: restOf(found.signIn, most?.name),
    style: styleOf(found.signIn),
  };
};
