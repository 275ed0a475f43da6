import { z } from 'zod';
import type { SignIn } from '../entra/sign-in.ts';
import { showText } from '../lib/text.ts';
import { showInstant } from '../lib/time.ts';
import { type Button, ButtonBar, barOf, button, sayButtons } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { Section } from './facts.ts';
import { lookAlikeUser } from './look-alike.ts';
import { actButton, Head, headOf, rowButton } from './sign-in-row.ts';
import { sectionsOf } from './sign-in-sections.ts';
import { cardMaker, firstThatFits, Text } from './template.ts';
import type { SignInDetailsView, Suggestion } from './view.ts';

const SignInDetails = z.strictObject({
  head: Head,
  warnings: z.array(Text),
  aboutIt: z.array(ButtonBar),
  sections: z.array(Section),
  asked: Text,
  actions: z.array(ButtonBar),
});

const make = cardMaker('sign-in-details', SignInDetails);

// Only what cannot be mistaken for more words of a question becomes part of one.
const UPN = /^[\w.+'-]{1,64}@[\w.-]{1,64}$/;
const ADDRESS = /^[\da-f.:]{3,45}$/i;

const followUps = ({ userPrincipalName: upn, ipAddress: ip }: SignIn): Suggestion[] => [
  ...(upn && UPN.test(upn) ? [{ title: 'Same user', say: `sign-ins for ${upn} last 7 days` }] : []),
  ...(ip && ADDRESS.test(ip) ? [{ title: 'Same IP', say: `who signed in from ${ip} last 24h` }] : []),
];

const back = ({ resultId, first }: SignInDetailsView): Button[] =>
  first === undefined ? [] : [button('Back to the list', 'more', { result: resultId, first })];

const aboutIt = ({ signIn, resultId }: SignInDetailsView): Button[] => [
  ...(signIn.status?.errorCode ? rowButton('Explain this error', 'explain', resultId, signIn.id) : []),
  ...actButton('Act on this sign-in…', resultId, signIn),
  ...rowButton('Share…', 'share', resultId, signIn.id),
];

/** How many entries of a list and how much of a value. */
interface Limit {
  readonly most: number;
  readonly longest: number;
}

const LIMITS: readonly [Limit, ...Limit[]] = [
  { most: 8, longest: 300 },
  { most: 5, longest: 200 },
  { most: 3, longest: 100 },
  { most: 1, longest: 48 },
];

const sectionsWithin = (signIn: SignIn, { most, longest }: Limit): Section[] =>
  sectionsOf(signIn, most).map(({ heading, facts }) => ({
    heading,
    facts: facts.map(({ label, value }) => ({ label, value: showText(value, longest) })),
  }));

/** Everything about one sign-in, in sections; a card that would be too large has shorter lists and values. */
export const detailsCard = (view: SignInDetailsView): AdaptiveCard => {
  const { signIn, zone } = view;
  const rest = {
    head: headOf(view, zone),
    warnings: lookAlikeUser(signIn.userPrincipalName),
    aboutIt: barOf(aboutIt(view)),
    asked: `As Graph gave it at ${showInstant(view.fetchedAt, zone)}`,
    actions: barOf([...back(view), ...sayButtons(followUps(signIn))]),
  };
  const { card } = firstThatFits(LIMITS, (limit) => ({
    card: make({ ...rest, sections: sectionsWithin(signIn, limit) }),
  }));
  return card;
};
