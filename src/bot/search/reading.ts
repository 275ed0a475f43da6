import { type Call, isChange, type ReadContext } from '../../commands/command.ts';
import { isProblem } from '../../commands/problem.ts';
import { readPhrase } from '../../commands/read.ts';
import type { Query } from '../../entra/query.ts';
import { showText } from '../../lib/text.ts';

/** A whole question about sign-ins. */
export interface SearchQuestion {
  readonly asked: string;
  readonly query: Query;
  readonly aboutMe: boolean;
  readonly notes: readonly string[];
}

/** What stands in an empty search. */
export const HINT =
  'Type a question, such as "flagged for user@contoso.com", or a user, an address or a request id.';

const ELSEWHERE = 'Here sign-ins are searched. Say that to Flagman in a chat.';

/** No domain ends in one letter: the rest of the name is on its way. */
const UNFINISHED_NAME = /@[^\s@]+\.[a-z]$/i;

const isQuestion = (call: Call): call is Call & { readonly query: Query } => call.query !== undefined;

/** Reads what stands in the search: a question, or what to say about it. */
export const readSearch = (text: string, context: ReadContext): SearchQuestion | string => {
  if (UNFINISHED_NAME.test(text)) return `Keep typing. ${HINT}`;
  const reading = readPhrase(text, context);
  if (isProblem(reading))
    return showText(`Not a whole question yet. ${reading.what} ${reading.why} ${reading.next}`, 600);
  if (isChange(reading) || !isQuestion(reading)) return ELSEWHERE;
  const { asked, query, aboutMe, notes } = reading;
  return { asked, query, aboutMe, notes };
};
