import { ConnectorFailure, type ConnectorProblem } from '../../entra/connector-problem.ts';
import type { Place } from '../../entra/place.ts';
import type { Reach } from '../../teams/reach.ts';
import { about, type Found, fine, warning, wrong } from './finding.ts';

/** What was seen of one conversation. */
export type PlaceAnswer =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'there' }
  | { readonly kind: 'posted' }
  | { readonly kind: 'failed'; readonly problem: ConnectorProblem };

/** A line that says who speaks and why, once `--post` allows it. */
const TRIAL =
  'Flagman: this is a trial by its doctor, and nothing else. What is meant for here will come here.';

/** Looks whether the bot is in a conversation; says something there only if it may. */
export const visit = async (
  place: Place | undefined,
  reach: Pick<Reach, 'visit' | 'say'>,
  mayPost: boolean,
): Promise<PlaceAnswer> => {
  if (!place) return { kind: 'unknown' };
  try {
    await reach.visit(place);
    if (!mayPost) return { kind: 'there' };
    await reach.say(place, TRIAL);
    return { kind: 'posted' };
  } catch (error) {
    return { kind: 'failed', problem: error instanceof ConnectorFailure ? error.problem : 'ambiguous' };
  }
};

const AGAIN = 'Run this again in a minute.';

const failedFound = (variable: string, problem: ConnectorProblem): Found => {
  switch (problem) {
    case 'gone':
      return wrong(
        'The bot is not in that conversation any more, or it was deleted.',
        `Add the bot there again and write to it once, or let ${variable} name another conversation.`,
      );
    case 'throttled':
      return warning('Teams asks to slow down.', AGAIN);
    case 'unreachable':
      return wrong(
        'Teams could not be reached, or the bot got no token.',
        'Mend the bot credentials, or let this machine reach Teams on port 443.',
      );
    case 'foreign-host':
      return wrong(
        'The address of that conversation is not Teams in this cloud.',
        'Look whether CLOUD names the right cloud; then write to the bot there once.',
      );
    case 'refused':
    case 'too-big':
      return wrong(
        'Teams refuses the bot.',
        `Look whether the Azure Bot has the id of MicrosoftAppId and the channel Microsoft Teams: \`az bot show\`, \`az bot msteams show\`.`,
      );
    case 'ambiguous':
      return wrong('Teams gave no answer that says whether the bot is there.', AGAIN);
  }
};

/** Whether what is meant for the conversation that a variable names would come there. */
export const placeFinding = (variable: string, answer: PlaceAnswer): Found => {
  switch (answer.kind) {
    case 'unknown':
      return about(
        variable,
        wrong(
          'The bot was never in that conversation.',
          'Add the bot there and write to it once; the log then shows the id of the conversation. Or mend the id.',
        ),
      );
    case 'there':
      return about(variable, fine('The bot is in that conversation. Nothing was posted there.'));
    case 'posted':
      return about(variable, fine('A line was posted there.'));
    case 'failed':
      return about(variable, failedFound(variable, answer.problem));
  }
};

/** Nothing to look at. */
export const noPlaces: Found = fine(
  'No conversation is configured: requests stay where they were asked for.',
);
