import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ACTIONS } from '../../src/actions/list.ts';
import { FLAGMAN } from '../../src/entra/ledger-event.ts';
import { compare, fold } from '../../src/ledger/fold.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import type { AccountRead, Committed, Happening, RolesRead } from './journal.ts';
import { about, happened, isFinal, type Problems, type Record, unless } from './record.ts';
import { DECIDER, READER } from './tenant.ts';
import { KEYS, ORIGIN } from './world.ts';

// The invariants that the tables and the ledger show, numbered as in the threat model.

/** Every change that is carried out was approved by another person, by a role that they held at that very press. */
export const approvedByAnother = (record: Record): Problems =>
  record.entries
    .filter(({ kind }) => kind === 'intent')
    .flatMap(({ approval, seq }) => {
      const mine = about(record, approval).filter((entry) => entry.seq < seq);
      const asked = mine.find(({ kind }) => kind === 'requested');
      const approved = mine.find(({ kind }) => kind === 'approved');
      const isAnother = record.world.circumstances.mode === 'single' || approved?.actor !== asked?.actor;
      return unless(approved !== undefined && isAnother, `I2: CR-${approval} was not approved by another`);
    });

const BY_ROLE: ReadonlySet<string> = new Set(['approved', 'rejected', 'resolved']);

/** No decision without roles that were read for this very press, however long it took, and that allow it. */
export const decidedByRole = ({ entries, journal }: Record): Problems => {
  const roles = happened(journal, 'roles');
  const accounts = happened(journal, 'account');
  return entries
    .filter(({ kind }) => BY_ROLE.has(kind))
    .flatMap(({ kind, approval, actor, facts }) => {
      const isTheirs = (read: RolesRead | AccountRead) =>
        read.task === facts.activity && read.person === actor;
      const held = roles.filter(isTheirs).some((read) => read.roles?.includes(DECIDER));
      const isEnabled = accounts.filter(isTheirs).some(({ enabled }) => enabled === true);
      return unless(
        held && isEnabled && facts.role === DECIDER,
        `I2, I13: CR-${approval} was ${kind} by ${actor} without a role read for it`,
      );
    });
};

/** Who asked takes back, and nobody else does; and rejects nothing. */
export const ownDecisions = (record: Record): Problems =>
  record.table.flatMap(({ number, requester }) =>
    about(record, number).flatMap(({ kind, actor }) =>
      unless(
        kind === 'withdrawn' ? actor === requester.id : kind !== 'rejected' || actor !== requester.id,
        `I2: CR-${number} was ${kind} by ${actor}`,
      ),
    ),
  );

/** A press counts once however often it arrives; one for an old version, or from elsewhere, never. */
export const pressesCountOnce = ({ journal, tableBefore, table }: Record): Problems => {
  // Whoever presses makes Flagman look at the time and at the targets, too.
  const presses = happened(journal, 'committed').filter(
    ({ task, entries }) => task !== 'worker' && entries.some(({ person }) => person.id !== FLAGMAN.id),
  );
  const tasks = presses.map(({ task }) => task);
  const repeated = tasks.filter((task, index) => tasks.indexOf(task) < index);
  const foreign = tasks.filter((task) => /^(?:elsewhere|stale)/.test(task));
  // What did not count for want of a role may count later: then it is pressed again.
  const changed = tableBefore.filter(
    (before, index) => before.state !== 'unknown' && !isDeepStrictEqual(before, table[index]),
  );
  return [
    ...changed.map(({ number }) => `I14: CR-${number} was changed by presses that arrived again`),
    ...repeated.map((task) => `I14: ${task} counted twice`),
    ...foreign.map((task) => `I15: ${task} counted`),
  ];
};

/** What is final stays so; only its proof may follow. */
export const finalStatesAbsorb = (record: Record): Problems =>
  record.table.flatMap(({ number, state, version }) => {
    const mine = about(record, number);
    const end = mine.findIndex(isFinal);
    const last = mine[end];
    const later = end < 0 ? [] : mine.slice(end + 1);
    return [
      ...unless(
        later.every((entry) => entry.kind === 'proof' && entry.state === last?.state),
        `I3: CR-${number} changed after it was ${last?.state}`,
      ),
      ...unless(
        last === undefined || (last.state === state && last.version === version),
        `I3: CR-${number} is ${state} in the table`,
      ),
    ];
  });

const DECISIONS: ReadonlySet<string> = new Set(['approved', 'rejected', 'withdrawn', 'expired', 'voided']);

/** One decision wins. */
export const oneWinner = (record: Record): Problems =>
  record.table.flatMap(({ number }) => {
    const won = about(record, number).filter(({ kind }) => DECISIONS.has(kind));
    return unless(won.length <= 1, `I4: CR-${number} was ${won.map(({ kind }) => kind).join(' and ')}`);
  });

/** A decision counts only before the end, and a change is begun only before its own. */
export const nothingTooLate = (record: Record): Problems => [
  ...record.table.flatMap(({ number, expiresAt }) =>
    about(record, number)
      .filter(({ kind, at }) => ['approved', 'rejected', 'withdrawn'].includes(kind) && at >= expiresAt)
      .flatMap(({ kind }) => [`I8: CR-${number} was ${kind} after its expiry`]),
  ),
  ...happened(record.journal, 'posted').flatMap(({ clientRequestId, effect, now }) => {
    const intent = record.entries.find(({ facts }) => facts.clientRequestId === clientRequestId);
    const approval = record.table.find(({ number }) => number === intent?.approval);
    const until = approval?.performBy ?? Number.NEGATIVE_INFINITY;
    return unless(now < until, `I8: ${effect.signInId} was sent ${now - until} ms too late`);
  }),
];

/** Nothing is left in the middle. */
export const nothingIsForgotten = ({ table, isAtRest }: Record): Problems => [
  ...unless(isAtRest, 'I7: something is due again and again'),
  ...table
    .filter(({ state }) => ['pending', 'approved', 'running'].includes(state))
    .map(({ number, state }) => `I7: CR-${number} is ${state} and nothing is due`),
];

/** The ledger is whole, and the tables are what it says. */
export const ledgerHolds = async ({ world, table }: Record): Promise<Problems> => {
  const { ledger } = world.store;
  const head = await ledger.head();
  const verified = await verifyLedger(ledger.rows(), { origin: ORIGIN, keys: KEYS, head });
  const differences = compare(await fold(ledger.rows()), table);
  return [
    ...unless(verified.ok, `I9: the ledger is broken: ${JSON.stringify(verified)}`),
    ...differences.map(({ number, what }) => `I9: the ledger tells CR-${number} otherwise: ${what}`),
  ];
};

const effectHash = (effect: unknown): string =>
  createHash('sha256').update(JSON.stringify(effect)).digest('base64');

/** What was sent is what was asked for, what was approved, and what the intent said. */
export const sentAsAsked = (record: Record): Problems =>
  happened(record.journal, 'posted').flatMap(({ clientRequestId, effect }) => {
    const intent = record.entries.find(({ facts }) => facts.clientRequestId === clientRequestId);
    const mine = intent ? about(record, intent.approval) : [];
    const asked = mine.find(({ kind }) => kind === 'requested');
    const approved = mine.find(({ kind }) => kind === 'approved');
    const action = Object.values(ACTIONS).find(({ name }) => name === asked?.facts.action);
    const targets = asked?.facts.targets ?? [];
    return unless(
      action?.name === effect.effect &&
        Array.isArray(targets) &&
        targets.includes(effect.signInId) &&
        intent?.facts.target === effect.signInId &&
        intent.facts.effect === effectHash(effect) &&
        intent.hash === approved?.hash,
      `I6: something else was sent to ${effect.signInId} than was approved`,
    );
  });

const isStepOf =
  (number: number) =>
  (one: Happening): one is Committed =>
    one.what === 'committed' && one.approval.number === number;

/** Between the step before and the intent the target was read, and the roles of both who asked and who approved. */
export const looksBeforeEach = ({ journal }: Record): Problems =>
  happened(journal, 'committed').flatMap((step) => {
    const intent = step.entries.find(({ kind }) => kind === 'intent');
    if (intent === undefined) return [];
    const { number, requester, decided } = step.approval;
    const until = journal.indexOf(step);
    const from = journal.slice(0, until).findLastIndex(isStepOf(number));
    const since = journal.slice(from, until).filter(({ life }) => life === step.life);
    const isAllowed = (person: string | undefined, role: string): boolean =>
      happened(since, 'roles').some((read) => read.person === person && read.roles?.includes(role)) &&
      happened(since, 'account').some((read) => read.person === person && read.enabled === true);
    const isRead = happened(since, 'inspected').some(
      ({ target, risk }) => target === intent.facts.target && risk !== undefined,
    );
    return [
      ...unless(isRead, `I11: CR-${number} was sent without a fresh look at its target`),
      ...unless(
        isAllowed(requester.id, READER) && isAllowed(decided?.by.id, DECIDER),
        `I13: CR-${number} was sent without a fresh look at the roles`,
      ),
    ];
  });
