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
import { GAVE_UP, hashWords, leftOut, shareTitle } from './share-words.ts';
import { Row, rowOf, type WhoLimit } from './sign-in-row.ts';
import { cardMaker, firstThatFits, Text } from './template.ts';
import type { ShareView } from './view.ts';

const ShareCard = z.strictObject({
  title: Text,
  origin: z.strictObject({ who: Text, when: Text }),
  frozen: z.strictObject({ at: Text, note: Text }),
  warnings: z.array(Text),
  rows: z.array(Row),
  left: z.array(Text),
  /** What was asked and read, and the hash of it all; nothing where that is not what the ledger recorded. */
  proofs: z.array(z.strictObject({ facts: z.array(Fact), hash: Text })),
  buttons: z.array(Button),
});

type ShareCard = z.infer<typeof ShareCard>;

const make = cardMaker('share', ShareCard);

/** What a card says of the rows; nothing once they were erased. */
type Told = Pick<ShareCard, 'frozen' | 'rows' | 'left'> & {
  readonly warnings: readonly string[];
  readonly facts: readonly Fact[];
};

const ERASED: Told = {
  frozen: { at: 'What was shared is no longer kept.', note: 'Its hash is left, here and in the ledger.' },
  warnings: [],
  rows: [],
  left: [],
  facts: [],
};

const EDITED: Told = {
  ...ERASED,
  frozen: {
    at: 'What is stored of it was changed.',
    note: 'It is not what the ledger recorded, so nothing of it is shown.',
  },
};

/** How many rows, how much of their names, and how much of what was asked, the filter and the remarks. */
interface Limit extends WhoLimit {
  readonly most: number;
  readonly words: number;
}

const TIGHT = { id: 48, name: 16, words: 80 };

const LIMITS: readonly [Limit, ...Limit[]] = [
  { most: 10, id: 72, name: 40, words: 400 },
  ...[10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((most) => ({ most, ...TIGHT })),
];

/** A name is a label that people choose; the end of the object id tells two of them apart. */
const originOf = ({ number, incident, by, at, isEdited }: Share, zone: string): ShareCard['origin'] => {
  if (isEdited)
    return {
      who: 'Who shared it, when and for which incident is not said here: that may be changed too.',
      when: `"verify share ${number}" says what was changed.`,
    };
  const sharer = `shared by “${showText(by.name, 40)}” (…${showText(by.id.slice(-12), 12)})`;
  return {
    who: incident === undefined ? sharer : `${showText(incident, 40)} · ${sharer}`,
    when: `at ${momentOf(at, zone)}`,
  };
};

const FROZEN = 'Frozen: this card does not change. Refresh asks again, with your own rights.';

const noteOf = ({ redacted }: Share): string =>
  redacted.length > 0 ? `${FROZEN}\nLeft out here: ${leftOut(redacted)}.` : FROZEN;

const notesOf = (remarks: readonly string[], words: number): Fact[] =>
  remarks.length > 0
    ? [{ label: 'Notes', value: remarks.map((remark) => showText(remark, words)).join('\n') }]
    : [];

/** What was asked and read; the scope has an end of its own, for what was "now" is long past. */
const factsOf = ({ asked, answer, of, notes }: Snapshot, zone: string, { words }: Limit): Fact[] => [
  ...fact('Asked', asked, words),
  ...fact('Scope', scopeOf({ ...answer, scope: { ...answer.scope, untilNow: false } }, zone), 400),
  ...(answer.verdict.finished ? fact('Reading', readingOf(answer, of)) : []),
  ...notesOf(remarksOf(answer, notes), words),
  ...fact('Filter sent to Graph', answer.filter, words),
];

const STILL_MISSING =
  'Sign-ins of the newest minutes may have arrived since: Entra ID writes them down a few minutes late.';

/** What the reader must know to trust the rows; what was on its way when Graph was asked is so no longer. */
const warningsAbout = ({ answer, of }: Snapshot): string[] => [
  ...(answer.verdict.finished ? [] : [`${readingOf(answer, of)}.`]),
  ...warningsOf({ ...answer, scope: { ...answer.scope, settling: false } }),
  ...(answer.scope.settling ? [STILL_MISSING] : []),
];

const told = (snapshot: Snapshot, { share, zone }: ShareView, limit: Limit): Told => {
  const { answer } = snapshot;
  const shown = answer.rows.slice(0, limit.most);
  const left = answer.rows.length - shown.length;
  return {
    frozen: {
      at: `As it was at ${showText(showInstant(answer.fetchedAt, zone), 80)}`,
      note: noteOf(share),
    },
    warnings: warningsAbout(snapshot),
    rows: shown.map((found, index) => rowOf(found, index + 1, zone, limit)),
    left: left > 0 ? [`and ${counted(left, 'more row')}, for which this card has no room`] : [],
    facts: factsOf(snapshot, zone, limit),
  };
};

const warningsFor = ({ share, isRepeat }: ShareView, warnings: readonly string[]): string[] => {
  const all = [
    ...(isRepeat ? ['This may be a repeat of an earlier message.'] : []),
    ...(share.isGivenUp ? [GAVE_UP] : []),
    ...(share.isEdited ? [] : lookAlikeName(share.by.name)),
    ...warnings,
  ];
  return all.length > 0 ? [all.join('\n')] : [];
};

/** There is nothing to ask again once the question was erased. */
const buttonsOf = ({ number, snapshot }: Share): Button[] => [
  ...(snapshot ? [button('Refresh', 'refresh-share', { share: number })] : []),
  button('Verify', 'verify-share', { share: number }),
];

const within = (view: ShareView, limit: Limit): ShareCard => {
  const { share, zone } = view;
  const snapshot = share.snapshot && redact(share.snapshot, share.redacted);
  const empty = share.isEdited ? EDITED : ERASED;
  const { warnings, facts, ...rest } = snapshot ? told(snapshot, view, limit) : empty;
  return {
    title: shareTitle(share),
    origin: originOf(share, zone),
    warnings: warningsFor(view, warnings),
    ...rest,
    proofs: share.isEdited ? [] : [{ facts: [...facts], hash: hashWords(showText(share.hash, 64)) }],
    buttons: buttonsOf(share),
  };
};

/** What was shared, frozen, without what its place leaves out; texts are cut before a row goes. */
export const shareCard = (view: ShareView): AdaptiveCard =>
  firstThatFits(LIMITS, (limit) => ({ card: make(within(view, limit)) })).card;
