import { everything, interactive, managedIdentity, nonInteractive } from './all/event-types.ts';
import { explainCode, explainTerm } from './all/explain.ts';
import { exportAnswer } from './all/export.ts';
import { failed } from './all/failed.ts';
import { filterUsed } from './all/filter-used.ts';
import { flagged } from './all/flagged.ts';
import { footer } from './all/footer.ts';
import { makeHelp } from './all/help.ts';
import { history } from './all/history.ts';
import { impossible } from './all/impossible.ts';
import { interrupted } from './all/interrupted.ts';
import { later } from './all/later.ts';
import { nextPage } from './all/next-page.ts';
import { risky } from './all/risky.ts';
import { showRow } from './all/row.ts';
import { servicePrincipals } from './all/service-principals.ts';
import { signIn } from './all/sign-in.ts';
import { signIns, who } from './all/sign-ins.ts';
import { successful } from './all/successful.ts';
import { timezone } from './all/timezone.ts';
import { whatCanIDo } from './all/what-can-i-do.ts';
import { approve, reject, withdraw } from './changes/decide.ts';
import { oneRequest } from './changes/one-request.ts';
import { pendingApprovals } from './changes/pending.ts';
import { requestHistory } from './changes/request-history.ts';
import { confirmCompromised, confirmSafe, dismissRisk } from './changes/requests.ts';
import { resolve } from './changes/resolve.ts';
import { unclear } from './changes/unclear.ts';
import { whoDecided } from './changes/who-decided.ts';
import { CLAUSES } from './clauses/list.ts';
import type { Command } from './command.ts';
import { incidents } from './sharing/incidents.ts';
import { oneShare, verifyShare } from './sharing/one-share.ts';
import { share } from './sharing/share.ts';
import { thisIsIncident } from './sharing/this-is-incident.ts';
import { timeline } from './sharing/timeline.ts';

/** The questions about sign-ins, the most telling noun first, the plainest last. */
export const QUESTIONS: readonly Command[] = [
  flagged,
  signIn,
  who,
  risky,
  failed,
  interrupted,
  successful,
  servicePrincipals,
  managedIdentity,
  nonInteractive,
  interactive,
  everything,
  signIns,
];

const OTHERS: readonly Command[] = [
  footer,
  showRow,
  nextPage,
  filterUsed,
  exportAnswer,
  history,
  explainCode,
  explainTerm,
  timezone,
  whatCanIDo,
];

/** Changes, decisions about them, and what there is to know of both. */
const CHANGES: readonly Command[] = [
  confirmCompromised,
  confirmSafe,
  dismissRisk,
  approve,
  reject,
  withdraw,
  resolve,
  pendingApprovals,
  oneRequest,
  whoDecided,
  requestHistory,
];

/** What is shared, and the incidents that it belongs to. */
const SHARING: readonly Command[] = [share, oneShare, verifyShare, thisIsIncident, incidents, timeline];

/** Everything that people can say. A new command is its file and its line here. */
export const COMMANDS: readonly Command[] = [
  ...QUESTIONS,
  ...CHANGES,
  ...SHARING,
  ...OTHERS,
  makeHelp({
    questions: [...QUESTIONS, ...OTHERS],
    changes: CHANGES,
    sharing: SHARING,
    clauses: CLAUSES,
  }),
];

/** Recognised, but only to say why not. */
export const REFUSED: readonly Command[] = [unclear, later, impossible];
