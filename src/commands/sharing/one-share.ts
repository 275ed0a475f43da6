import type { HelpView, View } from '../../cards/view.ts';
import type { Share, Verified } from '../../entra/share.ts';
import { leftOver } from '../changes/left-over.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command, Powers } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, sayings } from '../problem.ts';
import { missing } from '../values/missing.ts';
import { verdictOn } from './verdict.ts';

/** The number of a share, and how a card's hash begins, where one was typed. */
interface Named {
  readonly number: number;
  readonly hash?: string;
}

const NUMBER = /^#?0*([1-9]\d{0,8})$/;

/** A part of a hash is long enough to tell a forged card by. */
const HASH = /^[\da-f]{8,64}$/;

const readNamed = (phrase: Phrase, at: number, takesHash: boolean): Named | Problem | undefined => {
  const [, digits] = NUMBER.exec(wordAt(phrase.tokens, at)) ?? [];
  if (digits === undefined) return undefined;
  const rest = phrase.tokens.slice(at + 1).map(({ lower }) => lower);
  const hash = rest.filter((word) => !['sha-256', 'sha256', 'hash'].includes(word)).join('');
  if (takesHash && HASH.test(hash)) return { number: Number(digits), hash };
  return isPoliteEnd(phrase.tokens, at + 1)
    ? { number: Number(digits) }
    : leftOver(phrase, at + 1, 'A share is called by its number alone.');
};

const noSuchShare = (number: number): HelpView => ({
  card: 'help',
  title: `There is no share ${number}`,
  paragraphs: ['Nothing was shared under this number.'],
  sections: [],
  suggestions: sayings('incidents', 'help share'),
});

/** What checking a share came to; `hash` is what somebody read off a card. It tells of nobody. */
export const verifiedView = (verified: Verified, hash?: string): HelpView => {
  const { title, paragraphs } = verdictOn(verified, hash);
  return {
    card: 'help',
    isGeneral: true,
    title,
    paragraphs,
    sections: [],
    suggestions: sayings(`share ${verified.share.number}`),
  };
};

/** Declares what is said with the number of a share. */
const aboutShare = (
  declared: Pick<Command, 'name' | 'summary' | 'examples' | 'details' | 'needs' | 'starts'>,
  run: (powers: Powers, named: Named) => Promise<View>,
): Command => {
  const command: Command = {
    ...declared,
    listed: false,
    read: (phrase, at): Call | Problem | undefined => {
      const named = readNamed(phrase, at, declared.needs === 'nothing');
      if (isProblem(named)) return named;
      if (named === undefined)
        return declared.needs === 'nothing'
          ? missing(phrase, at, 'the number of a share', 'verify share 12')
          : undefined;
      return {
        command,
        asked: phrase.text,
        aboutMe: false,
        notes: [],
        run: (powers) => run(powers, named),
      };
    },
  };
  return command;
};

/** "verify share 12": whether what was shared is still what the ledger recorded. */
export const verifyShare = aboutShare(
  {
    name: 'verify share',
    summary: 'Whether what was shared is still as the ledger recorded it.',
    examples: ['verify share 12', 'verify share 12 4f1d5a0c9be27713'],
    details: [
      'With the SHA-256 of a card, or its first eight digits and more, it tells whether that card is genuine.',
    ],
    needs: 'nothing',
    starts: wordsIn('verify share, check share, verify the share, is share, prove share, validate share'),
  },
  async ({ verifyShare: verify }, { number, hash }) => {
    const verified = await verify(number);
    return verified ? verifiedView(verified, hash) : noSuchShare(number);
  },
);

const shown = (share: Share, zone: string): View => ({ card: 'share', share, zone });

/** "share 12": what was shared, as it was. */
export const oneShare = aboutShare(
  {
    name: 'a share',
    summary: 'What was shared under a number, as it was.',
    examples: ['share 12', 'show share 12'],
    details: [],
    needs: 'reader',
    starts: wordsIn('share, show share, open share, show me share'),
  },
  async ({ share, zone }, { number }) => {
    const found = await share(number);
    return found ? shown(found, zone) : noSuchShare(number);
  },
);
