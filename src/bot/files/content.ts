import type { ProblemView } from '../../cards/view.ts';
import type { FileSource } from '../../entra/offer.ts';
import { type Content, hashed } from '../../files/file.ts';
import { signInFile } from '../../files/sign-ins.ts';
import { timelineFile } from '../../files/timeline.ts';
import type { Asker } from '../asker.ts';
import type { Middle } from '../middle.ts';
import { forgotten } from '../problems.ts';
import { recordingOf } from '../recording.ts';
import { refusalOf } from '../refusal.ts';
import { timelineFor } from '../sharing/timeline.ts';

/** What a file is made for: the offer, or whoever took it. Each stands in the ledger by this name. */
export type Purpose = 'export' | 'download';

/** For whom, with which zone, and what for. */
export interface Reader {
  readonly asker: Asker;
  readonly zone: string;
  readonly purpose: Purpose;
}

/** All rows of an answer that was shown, for somebody who may see them; that they get them is on record by then. */
const answerContent = async (
  middle: Middle,
  result: string,
  { asker, zone, purpose }: Reader,
): Promise<Content | ProblemView> => {
  const { ports } = middle;
  const kept = await ports.store.results.find(result);
  if (!kept) return forgotten;
  // Somebody else's own sign-ins are other people's sign-ins to whoever takes them.
  const aboutMe = kept.aboutMe && kept.personId === asker.person.id;
  const { query } = kept.answer;
  const refusal = await refusalOf(middle, asker, { command: purpose, query, aboutMe });
  if (refusal) return refusal;
  const recording = recordingOf(ports, asker, purpose);
  recording.shown(kept.answer);
  await recording.written();
  return hashed(signInFile(kept, zone));
};

/** The timeline of an incident, likewise; it is redacted as the personal chat is, where the file is offered. */
const timelineContent = async (
  middle: Middle,
  name: string,
  { asker, zone, purpose }: Reader,
): Promise<Content | ProblemView> => {
  const { ports, settings } = middle;
  const redacted = settings.redactions.kinds.personal;
  const told = await timelineFor(middle, asker, purpose, { name, redacted });
  if ('card' in told) return told;
  return hashed(timelineFile(told, { by: asker.person, at: ports.clock(), zone }));
};

/** What a file holds, read anew each time; or why this person does not get it. Throws `LedgerFailure`. */
export const contentOf = async (
  middle: Middle,
  source: FileSource,
  reader: Reader,
): Promise<Content | ProblemView> =>
  'result' in source
    ? answerContent(middle, source.result, reader)
    : timelineContent(middle, source.timeline, reader);
