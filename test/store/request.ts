import { approve, type Ballot, reject, request, withdraw } from '../../src/actions/approval/decide.ts';
import { move } from '../../src/actions/approval/move.ts';
import type { Approval, Moved } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import type { Actor, ChangeEvent } from '../../src/entra/ledger-event.ts';
import { approvalSealsOf } from '../../src/ledger/approval-seal.ts';
import { seal } from '../../src/ledger/entry.ts';
import type { LedgerFact } from '../../src/ledger/event.ts';
import type { Result } from '../../src/lib/result.ts';
import type { Written } from '../../src/store/approvals.ts';
import type { Sealing } from '../../src/store/ledger.ts';
import { KEY, ORIGIN } from '../ledger/chain.ts';

export const NOW = Date.parse('2026-11-21T12:00:00Z');
export const LIFE = 30 * 60_000;

/** Those of this ledger. */
export const SEALS = approvalSealsOf(ORIGIN, [KEY]);

export const ana: Actor = { id: 'ana', name: 'Ana' };
export const bo: Actor = { id: 'bo', name: 'Bo' };

/** The id of the nth sign-in. */
export const signIn = (nth: number): string => `abcd0000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

const sealingOf = (event: ChangeEvent): Sealing => {
  const { kind, at, person, reason } = event;
  const draft = { at, origin: ORIGIN, kind, actor: person.id, body: JSON.stringify(event) };
  const why: readonly LedgerFact[] = reason === undefined ? [] : [{ what: 'reason', value: reason }];
  return { seal: (head) => seal(draft, head, KEY), facts: [{ what: 'name', value: person.name }, ...why] };
};

/** A change with its entries sealed. */
export const sealed = ({ entries, ...moved }: Moved): Written => ({
  ...moved,
  entries: entries.map(sealingOf),
  seal: (document) => SEALS.seal(moved.approval.number, document),
});

export interface Wish {
  readonly targets?: readonly [string, ...string[]];
  readonly requester?: Actor;
  readonly action?: keyof typeof ACTIONS;
  readonly alsoIn?: string;
  readonly at?: number;
}

/** What `create` takes: a request of Ana's about the first sign-in, where nothing else is said. */
export const asking =
  ({
    targets = [signIn(1)],
    requester = ana,
    action = 'confirm-sign-in-safe',
    alsoIn,
    at = NOW,
  }: Wish = {}) =>
  (number: number): Written => {
    const [first, ...others] = targets;
    const one = (id: string) => ({
      id,
      userId: 'kim',
      createdDateTime: '2026-11-21T11:00:00Z',
      riskState: 'atRisk',
    });
    return sealed(
      request({
        number,
        action: ACTIONS[action],
        signIns: [one(first), ...others.map(one)],
        reason: 'a new phone',
        requester,
        conversationId: 'chat',
        ...(alsoIn !== undefined && { alsoIn }),
        now: at,
        lifeMs: LIFE,
        reminderMs: 0,
      }),
    );
  };

const ballotOn = ({ version }: Approval, by: Actor, at: number): Ballot => ({
  by,
  at,
  version,
  activityId: 'press',
});

const permitted = (decided: Result<Moved, string>): Written => {
  if (!decided.ok) throw new Error(decided.error);
  return sealed(decided.value);
};

export const approved = (approval: Approval, at = NOW): Written =>
  permitted(approve(approval, ballotOn(approval, bo, at), { performMs: LIFE, mayBeOwn: false }));

export const rejected = (approval: Approval, at = NOW): Written =>
  permitted(reject(approval, ballotOn(approval, bo, at), 'it was not'));

export const withdrawn = (approval: Approval, at = NOW): Written =>
  permitted(withdraw(approval, ballotOn(approval, approval.requester, at)));

/** Its card has to be shown anew, and nothing else changes; there may be something to post. */
export const touched = (approval: Approval, notices: Moved['notices'] = []): Written =>
  sealed({ ...move(approval, {}, { kind: 'facts', by: bo, at: NOW, notices }), entries: [] });
