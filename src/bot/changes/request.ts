import type { Action, SignInTarget } from '../../actions/action.ts';
import { request } from '../../actions/approval/decide.ts';
import type { Approval } from '../../actions/approval.ts';
import type { ProblemView } from '../../cards/view.ts';
import { GraphFailure } from '../../entra/graph-problem.ts';
import { incidentsIn } from '../../entra/incident.ts';
import { riskOf } from '../../entra/risk.ts';
import type { Asker } from '../asker.ts';
import { decideChange, rulesFor } from '../authority.ts';
import type { Middle } from '../middle.ts';
import { alreadySo, noSuchSignIn, notATarget, taken, tooManyOpen } from './problems.ts';
import { notPermitted } from './refusals.ts';
import { recordDeclined } from './show.ts';

/** What somebody asks for. */
export interface Wanted {
  readonly action: Action;
  /** Ids of sign-ins, without repeats. */
  readonly ids: readonly [string, ...string[]];
  readonly reason: string;
}

/** Reads a target as it is now: never what was shown earlier, and never what was typed. Throws `GraphFailure`. */
const readTarget = async (
  { ports }: Middle,
  { verify, target }: Action,
  id: string,
): Promise<SignInTarget | ProblemView> => {
  const read = await ports.graph.inspect(verify({ id }), 'approvals');
  if (read.ok) return target.safeParse(read.value.signIn).data ?? notATarget(id);
  if (read.error.kind === 'not-found') return noSuchSignIn(id);
  throw new GraphFailure(read.error);
};

/** The incidents that a request belongs to: those that its reason names and that are known, else that of the thread. */
const incidentsOf = async (
  { ports }: Middle,
  { place }: Asker,
  reason: string,
): Promise<readonly string[]> => {
  const named = incidentsIn(reason);
  const known = await Promise.all(named.map((name) => ports.incidents.find(name)));
  const found = known.flatMap((incident) => incident?.name ?? []);
  if (found.length > 0) return found;
  const here = await ports.incidents.in(place.conversationId);
  // Its thread may be named later.
  return here ? [here.name] : named;
};

/**
 * Asks for a change: checks that this person may, reads every target anew, and keeps the request together with the
 * message that will show it. Throws what Graph, store and ledger throw.
 */
export const requestChange = async (
  middle: Middle,
  asker: Asker,
  { action, ids, reason }: Wanted,
): Promise<Approval | ProblemView> => {
  const { ports, settings, tending } = middle;
  const { changes } = settings;
  const { person, place } = asker;
  const decision = await decideChange(ports, {
    step: 'request',
    actorId: person.id,
    requesterId: person.id,
    mode: changes.mode,
    confirmedOwn: false,
    rules: rulesFor(changes, action.name),
  });
  if (!decision.permitted) {
    await recordDeclined(ports, asker, 'request', decision.why);
    return notPermitted(decision);
  }
  const rows = await Promise.all(ids.map((id) => readTarget(middle, action, id)));
  const signIns: SignInTarget[] = [];
  for (const row of rows) {
    if ('card' in row) return row;
    signIns.push(row);
  }
  const [first, ...others] = signIns;
  if (first === undefined) throw new RangeError('A request needs a target.');
  if (signIns.every((signIn) => action.isWished(riskOf(signIn)))) return alreadySo(signIns.length);
  const incidents = await incidentsOf(middle, asker, reason);
  const now = await ports.now();
  const created = await ports.approvals.create((number) =>
    request({
      number,
      action,
      signIns: [first, ...others],
      reason,
      requester: { id: person.id, name: person.name },
      conversationId: place.conversationId,
      incidents,
      ...(changes.conversation !== undefined && { alsoIn: changes.conversation }),
      now,
      lifeMs: changes.approvalMs,
      reminderMs: changes.reminderMs,
    }),
  );
  if ('taken' in created) return taken(created.taken, ids.length);
  if ('full' in created) return tooManyOpen(created.full);
  await tending.soon();
  return created;
};
