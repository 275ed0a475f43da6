import type { Verified } from '../../entra/share.ts';
import { isoOf, showInstant } from '../../lib/time.ts';

/** What checking a share came to, in words. */
export interface ShareVerdict {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** 64 digits in groups of eight, so that two people can compare them. */
const grouped = (hash: string): string => hash.replace(/(.{8})(?=.)/g, '$1 ');

/**
 * Says whether a share is what the ledger recorded. `typed` is what somebody read off a card, or the beginning of it.
 */
export const verdictOn = ({ share, edited, recorded }: Verified, typed?: string): ShareVerdict => {
  const name = `share ${share.number}`;
  if (!recorded)
    return {
      title: `Nothing proves ${name}`,
      paragraphs: ['The ledger has no entry about it. What stands in the store may have been made up.'],
    };
  const entry = `Entry ${recorded.seq} of the ledger, of ${showInstant(isoOf(recorded.at), 'UTC')}, recorded SHA-256 ${grouped(recorded.hash)}.`;
  if (typed !== undefined && !recorded.hash.startsWith(typed))
    return {
      title: `That card does not show ${name}`,
      paragraphs: [`Its SHA-256 is another one. ${entry}`],
    };
  if (edited.length > 0)
    return {
      title: `What is stored of ${name} was changed`,
      paragraphs: [`Not as the ledger recorded it: ${edited.join('; ')}. Do not rely on it. ${entry}`],
    };
  if (!share.snapshot)
    return {
      title: `The rows of ${name} are no longer kept`,
      paragraphs: [`${entry} Its rows can no longer be compared with a card.`],
    };
  const card =
    typed === undefined ? 'Compare it with the SHA-256 on the card.' : 'That of the card is the same.';
  return {
    title: `${name[0]?.toUpperCase()}${name.slice(1)} is as it was shared`,
    paragraphs: [
      `What the store holds is what was recorded. ${entry} ${card}`,
      `A card can be copied with its SHA-256 and other rows: those that were shared are shown by "${name}".`,
    ],
  };
};
