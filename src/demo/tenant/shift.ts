import { type DemoPerson, PEOPLE } from './people.ts';

/** Something that a person said before the demo began. */
export interface SaidEarlier {
  /** Before the demo began. */
  readonly minutesAgo: number;
  readonly by: DemoPerson;
  readonly text: string;
}

/** A thread of the channel, its first message first. */
export type EarlierThread = readonly [SaidEarlier, ...SaidEarlier[]];

const said = (minutesAgo: number, by: DemoPerson, text: string): SaidEarlier => ({ minutesAgo, by, text });

const { analyst, globalAdmin, helpDesk, outsider, secondAnalyst } = PEOPLE;

/** What the shift wrote about the password spray and the impossible traveller, the older thread first. */
export const SHIFT: readonly EarlierThread[] = [
  [
    said(
      1040,
      globalAdmin,
      'INC-203: nearly every account was tried with one password, from 203.0.113.7, .8 and .9. It worked for kim@contoso.com.',
    ),
    said(1012, helpDesk, 'Nine people called about locked accounts. They are open again.'),
    said(
      985,
      globalAdmin,
      'The three addresses are blocked. What is left is Kim’s risk, for tonight’s shift.',
    ),
  ],
  [
    said(
      290,
      secondAnalyst,
      'INC-204: henrik.dahl@contoso.com signs in from Oslo, and 40 minutes later from Lagos. The third try there worked.',
    ),
    said(
      281,
      helpDesk,
      'Henrik is at his desk in Oslo. He denied two prompts on his phone, and let the third pass so that it would stop.',
    ),
    said(276, outsider, 'I lead this one. Please keep everything about it in this thread.'),
    said(274, analyst, 'On it.'),
  ],
];
