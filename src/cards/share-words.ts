import type { Redaction, Share, Snapshot } from '../entra/share.ts';
import { counted, flaggedOf, headlineOf, isTop } from './answer-words.ts';

/** How many of the rows of an answer a snapshot holds: "3 of 412 flagged sign-ins". It holds no personal data. */
export const sharedRows = ({ answer, of }: Snapshot): string => {
  if (of === 0) return headlineOf(answer);
  const shown = answer.rows.length;
  const noun = `${flaggedOf(answer)}sign-in`;
  const all = isTop(answer, of) ? `the newest ${of === 1 ? noun : counted(of, noun)}` : counted(of, noun);
  const rows = shown < of ? `${shown} of ${all}` : all;
  return answer.verdict.finished ? rows : `${rows} found before reading stopped`;
};

/** "Share 12 · 3 of 412 flagged sign-ins" */
export const shareTitle = ({ number, snapshot, isEdited }: Share): string =>
  snapshot
    ? `Share ${number} · ${sharedRows(snapshot)}`
    : `Share ${number} · ${isEdited ? 'changed' : 'erased'}`;

const KINDS: Readonly<Record<Redaction, string>> = {
  user: 'names and ids of users',
  address: 'IP addresses',
  device: 'devices',
};

const listed = new Intl.ListFormat('en');

/** What a place leaves out, in words: "names and ids of users, IP addresses, and what was asked". */
export const leftOut = (redacted: readonly Redaction[]): string =>
  listed.format([...redacted.map((kind) => KINDS[kind]), 'what was asked']);

/** Of a share whose card was given up, for it may be met elsewhere: with "share 12", and in a timeline. */
export const GAVE_UP = 'When it was shared, Flagman gave up posting it into the thread of its incident.';

/** A hash in groups that people can compare: 64 digits as eight groups of eight. */
export const hashWords = (hash: string): string => hash.replaceAll(/.{8}(?=.)/g, '$& ');
