import type { SignInListView, View } from '../cards/view.ts';
import { codeView } from '../commands/all/explain.ts';
import type { Press } from '../entra/inbound.ts';
import type { KeptAnswer } from '../entra/kept-answer.ts';
import type { SignInAnswer } from '../entra/query.ts';
import { zoneOf } from './asker.ts';
import type { Ports, Settings } from './ports.ts';
import type { ResultButton } from './pressed.ts';
import { forgotten } from './problems.ts';
import { askGraph, type Recording, recordingOf } from './recording.ts';
import { refusalOf } from './refusal.ts';

/** Rows of a full list card; the way back from a row leads to about where it stood. */
const PAGE = 10;

/** What showing needs: the ports, who pressed where, and the zone of that person. */
interface Showing {
  readonly ports: Ports;
  readonly press: Press;
  readonly result: KeptAnswer;
  readonly zone: string;
  readonly recording: Recording;
}

/** Shows rows from another one on, and remembers that this person was shown them here, for "next page". */
const showList = async (
  { ports, press, result, zone }: Showing,
  answer: SignInAnswer,
  first: number,
): Promise<SignInListView> => {
  const now = ports.clock();
  const from = Math.min(first, Math.max(0, answer.rows.length - 1));
  const { personId, asked, notes, aboutMe } = result;
  const { id: resultId } = await ports.store.results.show(
    { personId, asked, notes, aboutMe, answer },
    { personId: press.person.id, conversationId: press.place.conversationId, first: from },
    now,
  );
  return { card: 'sign-in-list', answer, asked, notes, first: from, resultId, zone, now };
};

/** Asks the stored question again; a bound that rolls with the clock ("last 24h") rolls on when Graph is asked. */
const refresh = async (showing: Showing): Promise<View> => {
  const { ports, recording, result } = showing;
  return showList(showing, await askGraph(ports, recording, result.answer.query), 0);
};

const showMore = (showing: Showing, first: number): Promise<View> => {
  const { answer } = showing.result;
  showing.recording.shown(answer);
  return showList(showing, answer, first);
};

const showRow = (button: ResultButton & { row: string }, { result, zone, recording }: Showing): View => {
  const index = result.answer.rows.findIndex(({ signIn }) => signIn.id === button.row);
  const row = result.answer.rows[index];
  if (!row) return forgotten;
  recording.shown({ ...result.answer, rows: [row] });
  const { signIn, confirmed } = row;
  if (button.verb === 'explain') {
    const { errorCode, failureReason, additionalDetails } = signIn.status ?? {};
    const view = codeView(errorCode ?? 0, failureReason, additionalDetails);
    return { ...view, back: { resultId: result.id, row: button.row } };
  }
  const { fetchedAt } = result.answer;
  const first = index - (index % PAGE);
  if (button.verb === 'act')
    return { card: 'action-form', signIn, confirmed, resultId: result.id, first, zone };
  return { card: 'sign-in-details', signIn, confirmed, fetchedAt, resultId: result.id, first, zone };
};

const pressed = (button: ResultButton, showing: Showing): View | Promise<View> => {
  switch (button.verb) {
    case 'more':
      return showMore(showing, button.first);
    case 'refresh':
      return refresh(showing);
    case 'details':
    case 'explain':
    case 'act':
      return showRow(button, showing);
  }
};

/** What a button about a stored answer shows, to someone who may see it. Throws when Graph, store or ledger fail. */
export const showResult = async (
  ports: Ports,
  settings: Settings,
  press: Press,
  button: ResultButton,
): Promise<View> => {
  const result = await ports.store.results.find(button.result);
  if (!result) return forgotten;
  // Somebody else's own sign-ins are other people's sign-ins to whoever presses.
  const aboutMe = result.aboutMe && result.personId === press.person.id;
  const { query } = result.answer;
  const refusal = await refusalOf({ ports, settings }, press, { command: button.verb, query, aboutMe });
  if (refusal) return refusal;
  const recording = recordingOf(ports, press, button.verb);
  try {
    const zone = await zoneOf(ports, press.person);
    return await pressed(button, { ports, press, result, zone, recording });
  } finally {
    await recording.written();
  }
};
