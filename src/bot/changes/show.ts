import type { Approval } from '../../actions/approval.ts';
import type { ApprovalView, View } from '../../cards/view.ts';
import { roleNames } from '../../entra/roles.ts';
import { type Asker, zoneOf } from '../asker.ts';
import { decideChange, rulesFor } from '../authority.ts';
import type { ChangeSettings } from '../change-ports.ts';
import type { Ports, Settings } from '../ports.ts';
import { recordingOf } from '../recording.ts';
import { notPermitted } from './refusals.ts';

/** An approval as everybody sees it. */
export const viewOf = (
  approval: Approval,
  { approverRoles, mode, portalUrl }: ChangeSettings,
  { zone, now }: { readonly zone: string; readonly now: number },
): ApprovalView => ({
  card: 'approval',
  approval,
  approvers: roleNames(approverRoles[approval.action]),
  mayBeOwn: mode === 'single',
  portalUrl,
  zone,
  now,
});

/** An approval as it is shown to whoever asks, in their zone. */
export const viewFor = async (
  ports: Ports,
  settings: Settings,
  { person }: Asker,
  approval: Approval,
): Promise<ApprovalView> =>
  viewOf(approval, settings.changes, { zone: await zoneOf(ports, person), now: await ports.now() });

/** Whether somebody may see what an approval is about: those who may ask for changes, and those who decide. */
const maySee = async (
  ports: Ports,
  settings: Settings,
  { person }: Asker,
  { action, requester }: Approval,
): Promise<Awaited<ReturnType<typeof decideChange>>> => {
  const { changes } = settings;
  const who = { actorId: person.id, requesterId: requester.id, mode: changes.mode, confirmedOwn: true };
  const rules = rulesFor(changes, action);
  const asReader = await decideChange(ports, { ...who, rules, step: 'preview' });
  if (asReader.permitted) return asReader;
  const asDecider = await decideChange(ports, { ...who, rules, step: 'resolve' });
  return asDecider.permitted ? asDecider : asReader;
};

/** Shows an approval to whoever may see it, and puts on record that they saw it; or refuses, on record too. */
export const showApproval = async (
  ports: Ports,
  settings: Settings,
  asker: Asker,
  approval: Approval,
  command: string,
): Promise<View> => {
  const permit = await maySee(ports, settings, asker, approval);
  if (!permit.permitted) {
    await recordDeclined(ports, asker, command, permit.why, approval.number);
    return notPermitted(permit);
  }
  const recording = recordingOf(ports, asker, command);
  recording.saw([approval]);
  await recording.written();
  return viewFor(ports, settings, asker, approval);
};

/** Puts on record that somebody was refused. */
export const recordDeclined = (
  ports: Ports,
  { person, place }: Asker,
  step: string,
  why: string,
  approval?: number,
): Promise<void> =>
  ports.ledger.append({
    kind: 'declined',
    at: ports.clock(),
    person: { id: person.id, name: person.name },
    conversationId: place.conversationId,
    step,
    why,
    ...(approval !== undefined && { approval }),
  });
