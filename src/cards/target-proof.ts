import type { ActionName } from '../actions/action.ts';
import type { Progress } from '../actions/approval/progress.ts';
import type { Approval, Target } from '../actions/approval.ts';
import { ACTIONS } from '../actions/list.ts';
import type { Risk } from '../entra/risk.ts';
import { counted } from './answer-words.ts';
import { shortList } from './facts.ts';
import { notDone } from './not-done.ts';
import { levelOf, riskWords, type Words } from './sign-in-words.ts';

type At<Name extends Progress['at']> = Extract<Progress, { readonly at: Name }>;

const changeOf = (before: Risk, now: Risk): string => `${riskWords(before)} → ${riskWords(now)}`;

const good = (text: string): Words => ({ text, colour: 'Good' });
const accent = (text: string): Words => ({ text, colour: 'Accent' });
const warning = (text: string): Words => ({ text, colour: 'Warning' });
const attention = (text: string): Words => ({ text, colour: 'Attention' });

const accepted = ({ now, dueAt }: At<'done'>, before: Risk, action: ActionName): Words => {
  if (now === undefined)
    return dueAt === undefined
      ? warning('Graph accepted it; the new state did not show in time.')
      : accent('Graph accepted it and is still processing.');
  return ACTIONS[action].isWished(now)
    ? good(`DONE: ${changeOf(before, now)} (accepted by Graph and read back)`)
    : warning(`Graph accepted it, and a person decided otherwise since: ${changeOf(before, now)}`);
};

const done = (progress: At<'done'>, before: Risk, action: ActionName): Words => {
  const change = progress.now ? `: ${changeOf(before, progress.now)}` : '';
  switch (progress.how) {
    case 'accepted':
      return accepted(progress, before, action);
    case 'read-back':
      return good(`DONE${change} (found done when it was read back)`);
    case 'already':
      return good(`ALREADY SO${change} (somebody else had done it)`);
    case 'resolved':
      return good(`DONE, says the person who looked${change}`);
  }
};

const STOPPED: Readonly<Record<At<'stopped'>['why'], string>> = {
  role: 'NOT SENT: a role was missing.',
  lower: 'NOT SENT: the risk has sunk since it was shown. Ask again if it is still wanted.',
  edited: 'NOT SENT: what is stored of the approval is not what the ledger says.',
};

const waiting = ({ attempts }: At<'waiting'>): Words =>
  attempts === 0
    ? accent('Not sent yet.')
    : accent(`Not done yet after ${counted(attempts, 'attempt')}; another one follows.`);

const progressOf = ({ before, progress }: Target, { action, state }: Approval): Words[] => {
  switch (progress.at) {
    case 'waiting':
      return state === 'approved' || state === 'running' ? [waiting(progress)] : [];
    case 'sent':
      return [accent('Sent; Flagman is reading back how that ended.')];
    case 'done':
      return [done(progress, before, action)];
    case 'failed':
      return [attention(notDone(progress.why))];
    case 'conflict':
      return [warning(`NOT DONE: a person decided elsewhere: ${changeOf(before, progress.now)}`)];
    case 'stopped':
      return [warning(STOPPED[progress.why])];
    case 'unknown':
      return [
        attention('UNKNOWN: it may have been done or not. Look at this sign-in in the Entra admin center.'),
      ];
  }
};

/** What rose: the level, the state, or only what was detected. */
const rise = (before: Risk, now: Risk): string => {
  if (before.state !== now.state) return changeOf(before, now);
  if (before.level !== now.level) return `${levelOf(before.level)} → ${levelOf(now.level)}`;
  return `also detected ${shortList(now.events.filter((event) => !before.events.includes(event)))}`;
};

/** The last line of a target: how its risk has risen while it waits, then what was done about it and the proof. */
export const proofOf = (target: Target, approval: Approval): Words[] =>
  approval.state === 'pending' && target.risen
    ? [attention(`RISK HAS RISEN SINCE: ${rise(target.before, target.risen)}`)]
    : progressOf(target, approval);
