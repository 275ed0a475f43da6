import type { ProblemView } from '../cards/view.ts';
import type { Query } from '../entra/query.ts';
import { type Asker, decide, type Needs } from './asker.ts';
import type { Middle } from './middle.ts';
import { refused } from './problems.ts';
import { recordingOf } from './recording.ts';

/** What somebody wanted: the command or button by its name, and what it would have shown or repeated. */
interface Wanted {
  readonly command: string;
  readonly query?: Query | undefined;
  /** What they need for it: a role that may read, unless it says otherwise. */
  readonly needs?: Needs['needs'];
  /** Whether it is about the asker alone. */
  readonly aboutMe?: boolean;
  /** What was typed, to be said once more when the roles can be read again. */
  readonly asked?: string;
  /** How the refusal is put, where that is not the usual way. */
  readonly says?: typeof refused;
}

/** Why this person is refused what they want; that they are is on record. Undefined: they may have it. */
export const refusalOf = async (
  { ports, settings }: Pick<Middle, 'ports' | 'settings'>,
  asker: Asker,
  { command, query, needs = 'reader', aboutMe = false, asked, says = refused }: Wanted,
): Promise<ProblemView | undefined> => {
  const permit = await decide(ports, settings, asker, { needs, aboutMe });
  if (permit.permitted) return undefined;
  const recording = recordingOf(ports, asker, command);
  recording.refused(permit.why, query);
  await recording.written();
  return says(permit.why, asked);
};
