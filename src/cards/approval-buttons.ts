import { z } from 'zod';
import type { Approval, Target } from '../actions/approval.ts';
import { Button, button, type Verb } from './button.ts';
import { Text } from './template.ts';
import type { ApprovalView } from './view.ts';

/** A button of a card with inputs: how it looks, and whether what was typed goes with it. */
export const FormButton = z.strictObject({
  ...Button.shape,
  style: z.enum(['default', 'positive', 'destructive']),
  inputs: z.enum(['auto', 'none']),
});

export type FormButton = z.infer<typeof FormButton>;

type Look = Partial<Pick<FormButton, 'style' | 'inputs'>>;

/** A button that takes no inputs along unless it is told to. */
export const formButton = (plain: Button, { style = 'default', inputs = 'none' }: Look = {}): FormButton => ({
  ...plain,
  style,
  inputs,
});

/** A button about an approval: it carries which one and the version that was shown, and nothing else. */
export const approvalButton = (
  title: string,
  verb: Verb,
  { number, version }: Pick<Approval, 'number' | 'version'>,
): Button => button(title, verb, { approval: number, version });

/** What can be done about an approval as it stands. Everyone is shown the same; who may is decided at the press. */
export const approvalButtons = ({ approval, confirmsOwn, now }: ApprovalView): FormButton[] => {
  const one = (title: string, verb: Verb, look?: Look): FormButton =>
    formButton(approvalButton(title, verb, approval), look);
  const refresh = one('Refresh', 'look');
  switch (approval.state) {
    case 'pending':
      if (now >= approval.expiresAt) return [refresh];
      if (confirmsOwn)
        return [
          one('Yes, I approve my own request', 'approve-own', { style: 'positive' }),
          one('Withdraw', 'withdraw'),
        ];
      return [
        one('Approve', 'approve', { style: 'positive' }),
        one('Reject', 'reject', { style: 'destructive', inputs: 'auto' }),
        one('Withdraw', 'withdraw'),
        refresh,
      ];
    case 'approved':
    case 'running':
      return [refresh];
    case 'unknown':
      return [one('It was done', 'resolve-done'), one('It was not done', 'resolve-failed'), refresh];
    default:
      return [];
  }
};

/** A button that leads out of the chat; its address is a constant of ours. */
export const Link = z.strictObject({ title: Text, url: z.url({ protocol: /^https$/ }) });

export type Link = z.infer<typeof Link>;

/** Whether a person has to go on where Flagman cannot: look how it ended, or act on the user. */
const isLeftToPeople = ({ progress }: Target): boolean =>
  progress.at === 'unknown' || (progress.at === 'failed' && progress.why === 'not-risky');

/** The way to the Entra admin center, where it is needed. */
export const portalLinks = ({ approval, portalUrl }: ApprovalView): Link[] =>
  approval.targets.some(isLeftToPeople) ? [{ title: 'Open the Entra admin center', url: portalUrl }] : [];
