import type { Chat, Ports, Settings } from '../../src/bot/ports.ts';

const never = (): never => {
  throw new Error('Nothing of this is sent here.');
};

/** Answers go where they were asked for. */
export const USUAL_ANSWERS: Pick<Settings, 'answersInChannels' | 'takesFiles'> = {
  answersInChannels: 'thread',
  takesFiles: true,
};

/** Speaks to nobody of its own accord. */
export const NO_SPEECH: Pick<Ports, 'personalChat' | 'putFile'> = { personalChat: never, putFile: never };

/** A chat in which nothing is posted but for everybody, and no files. */
export const NO_FILES: Pick<Chat, 'only' | 'remove' | 'offerFile' | 'showFile'> = {
  only: never,
  remove: never,
  offerFile: never,
  showFile: never,
};
