import { afterAll, beforeAll, test } from '@jest/globals';
import { type Conversation, type ConversationOptions, converse } from '../support/conversation.ts';
import { expectGolden } from '../support/golden.ts';
import { LONGEST_MS } from '../support/patience.ts';

/** Starts the one conversation that the stories of a file share. */
export const stage = (options: ConversationOptions = {}): (() => Conversation) => {
  let talk: Conversation | undefined;
  beforeAll(async () => {
    talk = await converse(options);
  }, LONGEST_MS);
  afterAll(() => talk?.close(), LONGEST_MS);
  return () => {
    if (!talk) throw new Error('The conversation has not begun.');
    return talk;
  };
};

/** Compares all that is said and seen in a story with its reviewed text in `golden/`. */
export const story = (
  talk: () => Conversation,
  file: string,
  name: string,
  happen: (talk: Conversation) => Promise<void>,
): void =>
  test(
    name,
    async () => {
      talk().transcript();
      await happen(talk());
      expectGolden(new URL(`golden/${file}.txt`, import.meta.url).pathname, talk().transcript());
    },
    LONGEST_MS,
  );
