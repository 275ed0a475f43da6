import { afterAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Chat, PressAnswer } from '../../src/bot/ports.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import type { Press } from '../../src/entra/inbound.ts';
import { openStore } from '../../src/store/store.ts';
import { stage } from '../stories/story.ts';
import { answerWith } from '../support/answer.ts';
import { NOW } from '../support/conversation.ts';
import { readingBot } from '../support/reading-bot.ts';

const talk = stage();

const QUESTION = 'flagged for user@contoso.com today';

/** Takes a table away from the running bot. */
const drop = (table: string): void => {
  const database = new Database(talk().data);
  database.exec(`drop table ${table}`);
  database.close();
};

const referenceIn = (text: unknown): string => {
  const [reference = 'none'] = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(String(text)) ?? [];
  return reference;
};

const loggedUnder = (reference: string): string =>
  talk().log.find((line) => line.includes('turn.failed') && line.includes(reference)) ?? 'nothing';

describe('what goes wrong inside', () => {
  test('H172: is told as a reference, and stands under it in the log alone', async () => {
    const { say, press, newest } = talk();
    await say('analyst', QUESTION);
    drop('results');
    expect(await press('analyst', 'Details')).toMatch(
      /^\(Something went wrong inside Flagman\..* Reference: \(an id\)\)$/m,
    );

    await say('analyst', 'flagged for user@contoso.com yesterday');
    const card = JSON.stringify(newest('analyst').card);
    expect(card).toMatch(/Something went wrong inside Flagman\./);
    expect(card).not.toMatch(/sqlite|table|select|\.ts/i);
    const logged = loggedUnder(referenceIn(card));
    expect(logged).toMatch(/no such table: results/);
    expect(logged).not.toMatch(/user@contoso\.com/);
  });

  test('is told even when nothing can be remembered any more', async () => {
    drop('handled');
    const said = await talk().say('analyst', 'help');
    expect(said).toMatch(/^Something went wrong, and it is not your fault\./);
    expect(said).not.toMatch(/sqlite|table/i);
    expect(talk().log.at(-1)).toMatch(/no such table: handled/);
  });
});

describe('an answer', () => {
  const store = openStore(':memory:');
  afterAll(async () => (await store).close());

  test('is kept for a day, and then its buttons say so', async () => {
    let now = NOW;
    const never = (): never => {
      throw new Error('Not asked here.');
    };
    const { results, ...rest } = await store;
    const bot = readingBot({
      graph: { readSignIns: never },
      store: { ...rest, results },
      clock: () => now,
    });
    const person = { id: PEOPLE.analyst.oid, teamsId: '29:maya', tenantId: 't', name: 'Maya' };
    const place = {
      kind: 'personal',
      conversationId: 'a:1',
      serviceUrl: 's',
      tenantId: 't',
      botId: 'b',
    } as const;
    const shown = {
      personId: person.id,
      asked: 'flagged',
      notes: [],
      aboutMe: false,
      answer: answerWith([]),
    };
    const { id } = await results.show(shown, { personId: person.id, conversationId: 'a:1', first: 0 }, now);
    const more = (activityId: string): Promise<PressAnswer> => {
      const data = { result: id, first: 0 };
      const press: Press = { activityId, verb: 'more', data, trigger: 'manual', person, place };
      return bot.onPress(press, {} as Chat);
    };

    now += 23 * 3_600_000;
    await bot.onTick();
    expect(await more('1')).toHaveProperty('card');
    // Shown again just now, so it is kept for another day.
    now += 25 * 3_600_000;
    await bot.onTick();
    expect(await more('2')).toEqual({
      message: expect.stringMatching(
        /^This answer is no longer kept\. Answers can be paged through for 24 hours\./,
      ),
    });
  });
});
