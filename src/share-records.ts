import type { Incidents, Shares } from './bot/share-ports.ts';
import { literalFilter, toOData } from './entra/filter.ts';
import type { ShareEvent, TimelineEntry } from './entra/ledger-event.ts';
import type { Share, Verified } from './entra/share.ts';
import type { LedgerRow } from './ledger/entry.ts';
import { approvalsIn, incidentTopic, ownEntryOf, Shared, shareTopic } from './ledger/incident-event.ts';
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

/** What one entry recorded of share n; undefined when it is about something else. */
const recordedIn = ({ seq, at, kind, body }: LedgerRow, number: number): Verified['recorded'] => {
  if (kind !== 'shared') return undefined;
  const { share, hash } = Shared.parse(JSON.parse(body));
  return share === number ? { seq, at, hash } : undefined;
};

/** Shares, each written in one transaction with its entry of the ledger. */
export const sharesOf = (
  { shares }: Pick<Store, 'shares'>,
  ledger: Pick<RunningLedger, 'prepare' | 'onTopic'>,
): Shares => ({
  create: (source, sharing) =>
    orFail(UNWRITTEN, async () => {
      let entry: Prepared | undefined;
      const share = await shares.create(source, sharing, (made) => (entry = ledger.prepare(eventOf(made))));
      entry?.committed();
      return share;
    }),
  find: (number) => orFail(UNREADABLE, () => shares.find(number)),
  verify: (number) =>
    orFail(UNREADABLE, async () => {
      const share = await shares.find(number);
      if (!share) return undefined;
      const entries = await ledger.onTopic(shareTopic(number));
      const recorded = entries.map(({ row }) => recordedIn(row, number)).find(Boolean);
      return { share, ...(share.snapshot && { hash: share.hash }), ...(recorded && { recorded }) };
    }),
});

/** Incidents, each of whose places stands in the ledger, and what the ledger says of them. */
export const incidentsOf = (
  { incidents }: Pick<Store, 'incidents'>,
  ledger: Pick<RunningLedger, 'prepare' | 'onTopic' | 'history'>,
): Incidents => ({
  declare: (incident, approvals) =>
    orFail('The place of an incident could not be written.', async () => {
      const { name, conversationId, at, by: person } = incident;
      const event = { kind: 'incident', at, person, incident: name, conversationId, approvals } as const;
      const entry = ledger.prepare(event);
      await incidents.declare(incident, entry);
      entry.committed();
    }),
  find: (name) => orFail(UNREADABLE, () => incidents.find(name)),
  in: (conversationId) => orFail(UNREADABLE, () => incidents.in(conversationId)),
  list: (most) => orFail(UNREADABLE, () => incidents.list(most)),
  async timeline(name) {
    const rows = await ledger.onTopic(incidentTopic(name));
    const own = rows.flatMap((row) => ownEntryOf(row) ?? []);
    const numbers = new Set(rows.flatMap(({ row }) => approvalsIn(row)));
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
