import { isDeepStrictEqual } from 'node:util';
import type { Incidents, Shares } from './bot/share-ports.ts';
import { literalFilter, toOData } from './entra/filter.ts';
import type { Incident } from './entra/incident.ts';
import type { ShareEvent, TimelineEntry } from './entra/ledger-event.ts';
import type { Share, Verified } from './entra/share.ts';
import type { ToldRow } from './ledger/event.ts';
import {
  approvalsIn,
  Declared,
  incidentTopic,
  ownEntryOf,
  Shared,
  shareTopic,
  topicsIn,
} from './ledger/incident-event.ts';
import { orFail, type Prepared, type RunningLedger } from './running-ledger.ts';
import type { Store } from './store/store.ts';

const UNREADABLE = 'What was shared could not be read.';

const UNWRITTEN = 'What was shared could not be written.';

/** What the ledger is told of a new share. */
const eventOf = ({ number, hash, snapshot, ...share }: Share): ShareEvent => {
  const { at, by, incident, conversationId, redacted } = share;
  if (snapshot === undefined) throw new RangeError('A share begins with its snapshot.');
  const { rows, query, verdict } = snapshot.answer;
  const users = rows.map(({ signIn }) => (signIn.userPrincipalName || signIn.userId || '').toLowerCase());
  const filter = literalFilter(query);
  return {
    kind: 'shared',
    at,
    person: by,
    ...(conversationId !== undefined && { conversationId }),
    share: number,
    ...(incident !== undefined && { incident }),
    hash,
    rows: rows.length,
    verdict: verdict.finished ? 'finished' : verdict.why,
    redacted,
    users: [...new Set(users)],
    filter: filter === undefined ? '' : toOData(filter),
  };
};

type Recorder = Pick<RunningLedger, 'prepare' | 'onTopic' | 'isIn'>;

/**
 * What of a share is not as its entry says, in words; the ledger keeps no name for ever.
 *
 * @param keptSince since when rows are kept, epoch milliseconds: what is newer was not erased by us
 */
export const editedIn = (
  share: Share,
  { row, name }: ToldRow,
  { isIn }: Pick<RunningLedger, 'isIn'>,
  keptSince: number,
): string[] => {
  const { at, by, incident, conversationId, redacted, hash, snapshot } = share;
  const recorded = Shared.parse(JSON.parse(row.body));
  const tests: readonly (readonly [boolean, string])[] = [
    [hash === recorded.hash, 'its rows'],
    // What cannot be read any more has another hash.
    [
      hash !== recorded.hash || snapshot !== undefined || row.at < keptSince,
      'its rows, which are gone before their time',
    ],
    [by.id === row.actor && (by.name === name || by.name === '' || name === ''), 'who shared it'],
    [at === row.at, 'when it was shared'],
    [incident === recorded.incident, 'its incident'],
    [isDeepStrictEqual(redacted, recorded.redacted), 'what it leaves out'],
    [isIn(row, recorded.place, conversationId), 'its place'],
  ];
  return tests.flatMap(([isSame, what]) => (isSame ? [] : [what]));
};

/** Holds a share against its entry. */
const verified = async (share: Share, ledger: Recorder, keptSince: number): Promise<Verified> => {
  const entries = await ledger.onTopic(shareTopic(share.number));
  const entry = entries.find(({ row }) => topicsIn(row)[0] === shareTopic(share.number));
  if (!entry) return { share, edited: ['that it was shared at all'] };
  const { seq, at, body } = entry.row;
  const recorded = { seq, at, hash: Shared.parse(JSON.parse(body)).hash };
  return { share, edited: editedIn(share, entry, ledger, keptSince), recorded };
};

const withoutRows = ({ snapshot: _edited, ...share }: Share): Share => ({ ...share, isEdited: true });

/**
 * Shares, each written in one transaction with its entry of the ledger, and held against it whenever it is read.
 *
 * @param keptSince since when rows are kept, epoch milliseconds: what is newer was not erased by us
 */
export const sharesOf = (
  { shares }: Pick<Store, 'shares'>,
  ledger: Recorder,
  keptSince: () => number,
): Shares => {
  const verify = async (number: number): Promise<Verified | undefined> => {
    const share = await shares.find(number);
    return share && verified(share, ledger, keptSince());
  };
  const shownOf = ({ share, edited }: Verified): Share => (edited.length > 0 ? withoutRows(share) : share);
  return {
    create: (source, sharing, from) =>
      orFail(UNWRITTEN, async () => {
        let entry: Prepared | undefined;
        const enter = (made: Share) => (entry = ledger.prepare(eventOf(made)));
        const share = await shares.create(source, sharing, enter, from);
        entry?.committed();
        return entry ? share : shownOf(await verified(share, ledger, keptSince()));
      }),
    find: (number) =>
      orFail(UNREADABLE, async () => {
        const found = await verify(number);
        return found && shownOf(found);
      }),
    verify: (number) => orFail(UNREADABLE, () => verify(number)),
  };
};

type Teller = Recorder & Pick<RunningLedger, 'history'>;

/** An incident whose place is the one that the ledger recorded last. Throws when it is not. */
const genuine = async (incident: Incident | undefined, ledger: Teller): Promise<Incident | undefined> => {
  if (!incident) return undefined;
  const { name, conversationId, by } = incident;
  const rows = (await ledger.onTopic(incidentTopic(name))).map(({ row }) => row);
  const newest = rows.findLast(
    ({ kind, body }) => kind === 'incident' && Declared.parse(JSON.parse(body)).incident === name,
  );
  const isSame =
    newest !== undefined &&
    newest.actor === by.id &&
    ledger.isIn(newest, Declared.parse(JSON.parse(newest.body)).place, conversationId);
  if (!isSame) throw new RangeError(`The place of ${name} is not the one that the ledger recorded.`);
  return incident;
};

/** Incidents, each of whose places stands in the ledger, and what the ledger says of them. */
export const incidentsOf = ({ incidents }: Pick<Store, 'incidents'>, ledger: Teller): Incidents => ({
  declare: (incident, moves, approvals) =>
    orFail('The place of an incident could not be written.', async () => {
      const { name, conversationId, at, by: person } = incident;
      const event = { kind: 'incident', at, person, incident: name, conversationId, approvals } as const;
      let entry: Prepared | undefined;
      const isDone = await incidents.declare(
        incident,
        moves,
        (before) => (entry = ledger.prepare({ ...event, ...(before !== undefined && { before }) })),
      );
      entry?.committed();
      return isDone;
    }),
  find: (name) => orFail(UNREADABLE, async () => genuine(await incidents.find(name), ledger)),
  in: (conversationId) => orFail(UNREADABLE, async () => genuine(await incidents.in(conversationId), ledger)),
  list: (most) => orFail(UNREADABLE, () => incidents.list(most)),
  async timeline(name) {
    const rows = await ledger.onTopic(incidentTopic(name));
    const own = rows.flatMap((row) => ownEntryOf(row) ?? []);
    const numbers = new Set(rows.flatMap(({ row }) => approvalsIn(row, name)));
    const histories = await Promise.all(
      Array.from(
        numbers,
        async (approval): Promise<readonly TimelineEntry[]> =>
          (await ledger.history(approval)).map((entry) => ({ ...entry, approval })),
      ),
    );
    return [...own, ...histories.flat()].toSorted((one, other) => one.seq - other.seq);
  },
});
