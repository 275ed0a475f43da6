import type { View } from '../cards/view.ts';
import type { Press } from '../entra/inbound.ts';
import { answer, viewOfFailedChange, viewOfFailure } from './answer.ts';
import { pressApproval, pressRequest } from './changes/press.ts';
import { offerFile } from './files/offer.ts';
import type { Middle } from './middle.ts';
import {
  type ApprovalButton,
  isAboutApproval,
  type Pressed,
  type RequestButton,
  type ShareButton,
} from './pressed.ts';
import { pressShare } from './sharing/press.ts';
import { showResult } from './show-result.ts';

const SHARING: ReadonlySet<string> = new Set<ShareButton['verb']>([
  'share',
  'share-to',
  'refresh-share',
  'verify-share',
  'timeline',
]);

const isAboutSharing = (button: Pressed): button is ShareButton => SHARING.has(button.verb);

const change = async (
  middle: Middle,
  press: Press,
  button: ApprovalButton | RequestButton,
): Promise<View> => {
  try {
    return await (isAboutApproval(button)
      ? pressApproval(middle, press, button)
      : pressRequest(middle, press, button));
  } catch (error) {
    return viewOfFailedChange(middle.ports, error);
  }
};

/** What a button shows to whoever pressed it; undefined where it stands in the chat already. Never throws. */
export const viewOfPress = async (
  middle: Middle,
  press: Press,
  button: Pressed,
): Promise<View | undefined> => {
  if (button.verb === 'say') return answer(middle, press, button.say);
  if (button.verb === 'request' || isAboutApproval(button)) return change(middle, press, button);
  try {
    if (button.verb === 'export') return await offerFile(middle, press, { result: button.result }, 'csv');
    if (button.verb === 'export-timeline')
      return await offerFile(middle, press, { timeline: button.incident }, button.format);
    if (isAboutSharing(button)) return await pressShare(middle, press, button);
    return await showResult(middle.ports, middle.settings, press, button);
  } catch (error) {
    return viewOfFailure(middle.ports, error);
  }
};
