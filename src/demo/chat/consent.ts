import { randomUUID } from 'node:crypto';
import { consentActivity } from './activity.ts';
import { deliver } from './deliver.ts';
import type { UploadInfo } from './files.ts';
import { messageOf, playTurn, type Stage, sceneOf } from './stage.ts';
import type { Turn, Until } from './turn.ts';

/** How the offer of a file is answered. */
export interface ConsentOptions extends Until {
  /** Where the file goes; a place of the pretended OneDrive if absent. */
  readonly upload?: UploadInfo;
}

/** Accepts or declines the file of a consent card. Accepting makes room for it first, as Teams does. */
export const consent = (
  stage: Stage,
  personId: string,
  conversationId: string,
  cardId: string,
  answer: 'accept' | 'decline',
  { upload, ...until }: ConsentOptions = {},
): Promise<Turn> => {
  const scene = sceneOf(stage, personId, conversationId);
  const { offered } = messageOf(stage, scene, cardId);
  if (offered === undefined) throw new Error(`The message ${cardId} offers no file.`);
  return playTurn(stage, scene, until, async () => {
    const uploadInfo =
      answer === 'accept' ? { uploadInfo: upload ?? stage.rooms.files.open(offered.name) } : {};
    const context = answer === 'accept' ? offered.acceptContext : offered.declineContext;
    const value = { type: 'fileUpload', action: answer, context, ...uploadInfo };
    const activity = consentActivity(scene, { id: `f:${randomUUID()}`, cardId, value });
    return { delivery: await deliver(activity, stage.line()) };
  });
};
