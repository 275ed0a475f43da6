import { z } from 'zod';
import type { Share, Snapshot } from '../entra/share.ts';
import { showText } from '../lib/text.ts';
import { showInstant } from '../lib/time.ts';
import { redact } from '../policy/redact.ts';
import { counted, readingOf, remarksOf, scopeOf, warningsOf } from './answer-words.ts';
import { momentOf } from './approval-status.ts';
import { Button, button } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { Fact, fact } from './facts.ts';
import { lookAlikeName } from './look-alike.ts';
import { hashWords, leftOut, shareTitle } from './share-words.ts';
import { Row, rowOf } from './sign-in-row.ts';
import { cardMaker, firstThatFits, Text } from './template.ts';
import type { ShareView } from './view.ts';

const ShareCard = z.strictObject({
  title: Text,
  origin: z.array(Fact),
  frozen: z.strictObject({ at: Text, note: Text }),
  warnings: z.array(Text),
  scope: z.array(Text),
  rows: z.array(Row),
  left: z.array(Text),
  facts: z.array(Fact),
  hash: Text,
  buttons: z.array(Button),
});

type ShareCard = z.infer<typeof ShareCard>;

const make = cardMaker('share', ShareCard);

/** What a card says of the rows; nothing once they were erased. */
type Told = Pick<ShareCard, 'frozen' | 'scope' | 'rows' | 'left' | 'facts'> & {
  readonly warnings: readonly string[];
};

const ERASED: Told = {
  frozen: { at: 'What was shared is no longer kept.', note: 'Its hash is left, here and in the ledger.' },
  warnings: [],
  scope: [],
  rows: [],
  left: [],
  facts: [],
};

/** A name is a label that people choose; the end of the object id tells two of them apart. */
const originOf = ({ incident, by, at }: Share, zone: string): Fact[] => [
  ...fact('Incident', incident, 40),
  { label: 'Shared by', value: `“${showText(by.name, 40)}” (…${showText(by.id.slice(-12), 12)})` },
  { label: 'Shared at', value: momentOf(at, zone) },
];

/** The scope with an end of its own: what was "now" is long past. */
const scopeWords = ({ answer, of, notes }: Snapshot, zone: string): string[] => [
  [
    scopeOf({ ...answer, scope: { ...answer.scope, untilNow: false } }, zone),
    readingOf(answer, of),
    ...remarksOf(answer, notes),
  ].join('\n'),
];

const factsOf = ({ asked, answer }: Snapshot, { redacted }: Share): Fact[] =>
  redacted.length > 0
    ? [{ label: 'Left out here', value: leftOut(redacted) }]
    : [...fact('Asked', asked, 200), ...fact('Filter sent to Graph', answer.filter, 400)];

const told = (snapshot: Snapshot, share: Share, zone: string, most: number): Told => {
  const { answer, numbers } = snapshot;
  const shown = answer.rows.slice(0, most);
  const left = answer.rows.length - shown.length;
  return {
    frozen: {
      at: `As it was at ${showText(showInstant(answer.fetchedAt, zone), 80)}`,
      note: 'Frozen: this card does not change. Refresh asks again, with your own rights.',
    },
    warnings: warningsOf(answer),
    scope: scopeWords(snapshot, zone),
    rows: shown.map((found, index) => rowOf(found, numbers[index] ?? index + 1, zone)),
    left: left > 0 ? [`and ${counted(left, 'more row')}, for which this card has no room`] : [],
    facts: factsOf(snapshot, share),
  };
};

const warningsFor = ({ share, isRepeat }: ShareView, warnings: readonly string[]): string[] => {
  const all = [
    ...(isRepeat ? ['This may be a repeat of an earlier message.'] : []),
    ...lookAlikeName(share.by.name),
    ...warnings,
  ];
  return all.length > 0 ? [all.join('\n')] : [];
};

/** There is nothing to ask again once the question was erased. */
const buttonsOf = ({ number, snapshot }: Share): Button[] => [
  ...(snapshot ? [button('Refresh', 'refresh-share', { share: number })] : []),
  button('Verify', 'verify-share', { share: number }),
];

const within = (view: ShareView, most: number): ShareCard => {
  const { share, zone } = view;
  const snapshot = share.snapshot && redact(share.snapshot, share.redacted);
  const { warnings, ...rest } = snapshot ? told(snapshot, share, zone, most) : ERASED;
  return {
    title: shareTitle(share),
    origin: originOf(share, zone),
    warnings: warningsFor(view, warnings),
    ...rest,
    hash: hashWords(showText(share.hash, 64)),
    buttons: buttonsOf(share),
  };
};

/** Rows of a card, from as many as are shared at once to what always fits. */
const ROWS: readonly [number, ...number[]] = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

/** What was shared, frozen, without what its place leaves out. */
export const shareCard = (view: ShareView): AdaptiveCard =>
  firstThatFits(ROWS, (most) => ({ card: make(within(view, most)) })).card;
