import type { Powers, Shown } from '../commands/command.ts';
import type { ShownAnswer } from '../entra/kept-answer.ts';
import { roleName } from '../entra/roles.ts';
import { authorize } from '../policy/authorize.ts';
import { asSeenIn, redactedIn } from '../policy/redactions.ts';
import { type Asker, readRoles } from './asker.ts';
import { mayChange } from './authority.ts';
import { viewOf } from './changes/show.ts';
import type { Ports, Settings } from './ports.ts';
import { askGraph, type Recording } from './recording.ts';
import { readTimeline } from './sharing/timeline.ts';

/** The most incidents that a list shows. */
const MOST_INCIDENTS = 40;

/** A phrase that was understood and permitted, on its way to an answer. */
export interface Running {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly asker: Asker;
  readonly zone: string;
  readonly now: number;
  readonly aboutMe: boolean;
  readonly recording: Recording;
  /** The answer that the phrase goes on from; the same one, however often it is asked for. */
  readonly meant: () => Promise<ShownAnswer | undefined>;
}

/** The answer that is gone on from, of which only the row with this index is meant, if there is one. */
const lastShown = async ({ meant, recording }: Running, row?: number): Promise<Shown | undefined> => {
  const shown = await meant();
  if (!shown) return undefined;
  const { answer } = shown;
  recording.shown(row === undefined ? answer : { ...answer, rows: answer.rows.slice(row, row + 1) });
  return { ...shown, resultId: shown.id };
};

/**
 * What a command may do: read, and remember what was shown. Nothing here reaches a function that changes the tenant,
 * and whatever tells of other people is recorded.
 */
export const powersFor = (running: Running): Powers => {
  const { ports, settings, asker, zone, now, aboutMe, recording } = running;
  return {
    ...asker,
    zone,
    now,
    readSignIns: (query) => askGraph(ports, recording, query),
    async rememberShown({ first, ...shown }) {
      const personId = asker.person.id;
      const showing = { personId, conversationId: asker.place.conversationId, first };
      const { id } = await ports.store.results.show({ ...shown, personId, aboutMe }, showing, now);
      return { ...shown, first, resultId: id };
    },
    lastShown: (row) => lastShown(running, row),
    rememberZone: (chosen) => ports.store.preferences.setZone(asker.person.id, chosen),
    async askedAbout(user) {
      const found = await ports.ledger.askedAbout(user);
      recording.lookedUp(user, found.length);
      return found;
    },
    async standing() {
      const { id } = asker.person;
      const [roles, changes] = await Promise.all([
        readRoles(ports, id),
        mayChange(ports, settings.changes, id),
      ]);
      const facts = { needs: 'reader', aboutMe: false, place: asker.place.kind, roles } as const;
      const { permitted } = authorize({ ...facts, readerRoles: settings.readerRoles });
      const names = roles?.map((role) => roleName(role) ?? role);
      return { roles: names, mayRead: permitted, ...(roles && changes) };
    },
    async openApprovals() {
      const open = await ports.approvals.open();
      recording.saw(open);
      return open;
    },
    async approval(number) {
      const found = await ports.approvals.find(number);
      recording.saw(found ? [found] : []);
      return found;
    },
    async historyOf(number) {
      const entries = await ports.approvals.history(number);
      recording.lookedUp(`cr-${number}`, entries.length);
      return entries;
    },
    async share(number) {
      const found = await ports.shares.find(number);
      if (found?.snapshot) recording.shown(found.snapshot.answer);
      return found && asSeenIn(found, settings.redactions, asker.place);
    },
    verifyShare: ports.shares.verify,
    incidents: () => ports.incidents.list(MOST_INCIDENTS),
    incidentHere: () => ports.incidents.in(asker.place.conversationId),
    timeline(name) {
      const redacted = redactedIn(settings.redactions, asker.place);
      return readTimeline(ports, recording, { name, redacted });
    },
    approvalView: (approval) => viewOf(approval, settings.changes, { zone, now }),
  };
};
