import { describe, expect, test } from '@jest/globals';
import { openStore } from '../../src/store/store.ts';
import { asked, inChat, NOW, place } from './contract.ts';
import { createPatientDatabase, SERVER } from './postgres-server.ts';

(SERVER === undefined ? describe.skip : describe)('two replicas on one database', () => {
  test('what another replica wrote is what counts', async () => {
    const database = await createPatientDatabase();
    const [store, other] = await Promise.all([openStore(database.url), openStore(database.url)]);
    await store.preferences.setZone('ana', 'Europe/Oslo');
    expect(await other.preferences.zoneOf('ana')).toBe('Europe/Oslo');
    await other.preferences.setZone('ana', 'Asia/Kolkata');
    expect(await store.preferences.zoneOf('ana')).toBe('Asia/Kolkata');

    const moved = { ...place, serviceUrl: 'https://smba.trafficmanager.net/emea/' };
    await store.places.remember(place, NOW);
    await other.places.remember(moved, NOW + 1);
    await store.places.remember(place, NOW + 2);
    expect(await other.places.find(place.conversationId)).toEqual(place);

    await store.results.show(asked, inChat, NOW);
    await other.results.show({ ...asked, asked: 'b' }, inChat, NOW + 1);
    await store.results.show(asked, inChat, NOW + 2);
    expect(await other.results.last('ana', 'chat')).toMatchObject({ asked: 'flagged' });
    await Promise.all([store.close(), other.close()]);
    await database.remove();
  });
});
