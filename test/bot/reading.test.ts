import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { actionsOf, type CardAction } from '../../src/demo/chat/actions.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { stage } from '../stories/story.ts';
import type { Where, Who } from '../support/conversation.ts';

const REMEMBERED_SECONDS = 300;
const talk = stage({
  environment: {
    FRESHNESS_SECONDS: String(REMEMBERED_SECONDS),
    ROLE_MEMORY_SECONDS: String(REMEMBERED_SECONDS),
  },
});

/** Lets so much time pass that no roles and no answers are remembered any more. */
let forget: () => void;
beforeAll(() => {
  const now = performance.now.bind(performance);
  let passed = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now() + passed);
  forget = () => {
    passed += REMEMBERED_SECONDS * 1_000;
  };
});
afterAll(() => {
  jest.restoreAllMocks();
});

const QUESTION = 'flagged for user@contoso.com today';
const counted = (path: string) => (): number => talk().demo.graph.count(path);
const roleReadings = counted('/roleManagement');
const readings = counted('/auditLogs/signIns');

/** The button of somebody's newest card, pressed by somebody else on their own card. */
const pressOf = async (
  owner: Who,
  button: string,
  presser: Who,
  where: Where = 'personal',
): Promise<string> => {
  const { chat } = talk().demo;
  const { fallback: _, ...action } = actionsOf(talk().newest(owner).card).find(
    ({ title }) => title === button,
  ) as CardAction;
  const { oid } = PEOPLE[presser];
  const card = talk().newest(presser, where);
  const turn = await chat.invoke(oid, card.conversationId, card.id, action);
  return turn.toast ?? JSON.stringify(turn.answers);
};

describe('for a while', () => {
  beforeAll(async () => {
    await talk().say('analyst', QUESTION);
    await talk().say('analyst', QUESTION);
    await talk().press('analyst', 'Refresh');
  });

  test('a role that allows reading is remembered, and then read again', async () => {
    expect(roleReadings()).toBe(1);
    expect(readings()).toBe(1);
    forget();
    await talk().press('analyst', 'Refresh');
    expect(roleReadings()).toBe(2);
    // The same reading serves whoever asks the same.
    expect(readings()).toBe(2);
    await talk().say('secondAnalyst', QUESTION);
    expect(readings()).toBe(2);
  });

  test('a role that was lost is lost after that, for buttons too', async () => {
    const { graph } = talk().demo;
    await talk().say('approver', QUESTION);
    graph.faults.push({
      path: '/roleManagement',
      effect: { kind: 'rewrite', change: (body) => ({ ...body, value: [] }) },
    });
    forget();
    expect(await talk().press('approver', 'Details')).toMatch(/^\(You may not read/);
    expect(await talk().say('approver', 'details #1')).toMatch(/^You may not read/);
    graph.faults.length = 0;
  });
});

describe('own sign-ins', () => {
  beforeAll(async () => {
    await talk().say('outsider', 'my sign-ins last 7 days');
    await talk().say('eligible', 'help');
    await talk().say('eligible', 'help', 'group');
    await talk().say('outsider', 'help', 'group');
  });

  test.each(['Show more', 'Refresh', 'Details'])(
    'are not shown to somebody else who presses %s',
    async (button) => {
      const before = readings();
      for (const where of ['personal', 'group'] as const)
        expect(await pressOf('outsider', button, 'eligible', where)).toMatch(/^You may not read/);
      expect(readings()).toBe(before);
    },
  );

  test('are not shown to their owner where others read along', async () => {
    expect(await pressOf('outsider', 'Show more', 'outsider', 'group')).toMatch(
      /^Your own sign-ins are not shown here/,
    );
  });

  test('do not become the own ones of a reader who refreshed them', async () => {
    await talk().say('secondAnalyst', 'help');
    expect(await pressOf('outsider', 'Refresh', 'secondAnalyst')).toMatch(/ines\.duarte/);
    const { graph } = talk().demo;
    graph.faults.push({
      path: '/roleManagement',
      effect: { kind: 'rewrite', change: (body) => ({ ...body, value: [] }) },
    });
    forget();
    expect(await talk().say('secondAnalyst', 'next page')).toMatch(/^You may not read/);
    expect(await talk().say('outsider', 'next page')).toMatch(/ines\.duarte/);
    graph.faults.length = 0;
  });
});
