import type { HelpView } from '../../cards/view.ts';
import { sayings } from '../../commands/problem.ts';
import type { GivenUp } from '../../entra/share.ts';

const WHY: Readonly<Record<GivenUp, string>> = {
  gone: 'Flagman cannot speak there: the thread was removed, or Flagman was.',
  address: 'The address that Flagman knows of that thread is not one of Teams.',
  refused: 'Teams does not take the card.',
  edited: 'What is stored of it was changed: it is not what the ledger recorded, so it is posted nowhere.',
};

/** Why the card of a share was given up; the name of the incident is that of the ledger, unless the share is edited. */
export const whyGivenUp = (why: GivenUp, name = 'its incident'): string =>
  why === 'edited' ? WHY.edited : `Its card was meant for the thread of ${name}. ${WHY[why]}`;

/** What whoever shared can do now. */
const nextOf = (number: number, why: GivenUp): string => {
  if (why === 'edited')
    return `"verify share ${number}" says what was changed. Ask for the sign-ins anew, and share them again.`;
  const again =
    why === 'refused'
      ? 'Share fewer of its rows, or the same ones again later.'
      : 'Once Flagman can speak there, or the incident has another thread, share the rows again.';
  return `It is kept: say "share ${number}" to see it. ${again}`;
};

/** A share whose card was given up, as whoever shared is told of it later. */
export interface Unposted {
  readonly number: number;
  /** Absent where nobody can vouch for it. */
  readonly incident?: string | undefined;
  readonly why: GivenUp;
  /** An earlier try may have posted it. */
  readonly isDoubtful: boolean;
  /** They may have been told before. */
  readonly isRepeat: boolean;
}

/** The word to whoever shared what could not be posted; others may read it too, so it names nobody. */
export const unposted = ({ number, incident, why, isDoubtful, isRepeat }: Unposted): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: isDoubtful ? `Share ${number} may not have been posted` : `Share ${number} could not be posted`,
  paragraphs: [
    ...(isRepeat ? ['This may be a repeat of an earlier message.'] : []),
    whyGivenUp(why, incident),
    ...(isDoubtful
      ? ['Teams never said whether it took an earlier try, so the card may stand there all the same.']
      : []),
    nextOf(number, why),
  ],
  sections: [],
  suggestions: sayings(why === 'edited' ? `verify share ${number}` : `share ${number}`),
});
