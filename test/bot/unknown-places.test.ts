import { expect, test } from '@jest/globals';
import { warnOfUnknownPlaces } from '../../src/bot/unknown-places.ts';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/store.ts';

const PLACE = { kind: 'group', serviceUrl: 'http://127.0.0.1/', tenantId: 'tenant', botId: 'bot' } as const;

test('a configured conversation in which the bot never was is warned of by its variable', async () => {
  const store = await openStore(':memory:');
  await store.places.remember({ ...PLACE, conversationId: 'known' }, 1);
  const lines: string[] = [];
  const log = createLog({ level: 'info', write: (line) => lines.push(line) });
  await warnOfUnknownPlaces({ store, log }, { ONE: 'known', OTHER: 'unknown', UNSET: undefined });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/config\.unwise/);
  expect(lines[0]).toMatch(/in the conversation that OTHER names/);
  await store.close();
});
