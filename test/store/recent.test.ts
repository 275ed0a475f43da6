import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openStore, type Store } from '../../src/store/store.ts';
import { signIn } from '../graph/support/rows.ts';
import { answerWith } from '../support/answer.ts';
import { type Ground, onEach } from './ground.ts';

onEach('what somebody was shown last', (prepare) => {
  let ground: Ground;
  let store: Store;
  beforeEach(async () => {
    ground = await prepare();
    store = await openStore(ground.data);
  });
  afterEach(async () => {
    await store.close();
    await ground.remove();
  });

  const NOW = Date.parse('2026-11-21T12:00:00Z');

  const show = async (personId: string, conversationId: string, asked: string, at: number): Promise<void> => {
    const answer = answerWith([signIn()], { readingId: `reading of ${asked}` });
    const shown = { personId: 'asker', asked, notes: [], aboutMe: false, answer };
    await store.results.show(shown, { personId, conversationId, first: 0 }, NOW + at);
  };

  const recent = async (personId: string, most: number): Promise<readonly string[]> =>
    (await store.results.recent(personId, most)).map(({ asked }) => asked);

  test('comes the newest first, wherever it was, and each answer once', async () => {
    await show('anna', 'chat', 'first', 1);
    await show('anna', 'channel', 'second', 2);
    await show('anna', 'group', 'first', 3);
    await show('ben', 'chat', 'third', 4);
    expect(await recent('anna', 5)).toEqual(['first', 'second']);
    expect(await recent('anna', 1)).toEqual(['first']);
    expect(await recent('nobody', 5)).toEqual([]);
  });

  test('is gone with the answers', async () => {
    await show('anna', 'chat', 'first', 0);
    await store.prune(NOW + 25 * 3_600_000);
    expect(await recent('anna', 5)).toEqual([]);
  });
});
