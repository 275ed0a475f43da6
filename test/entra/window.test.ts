import { expect, test } from '@jest/globals';
import type { Query } from '../../src/entra/query.ts';
import { rollForward } from '../../src/entra/window.ts';

const NOW = Date.parse('2026-11-21T12:00:00.500Z');
const rolling: Query = {
  entity: 'signIns',
  where: [],
  window: { from: { at: '2026-11-20T12:00:00Z', inclusive: true, secondsAgo: 86_400 } },
};

test('a window that rolls with the clock moves on, outwards to whole seconds', () => {
  expect(rollForward(rolling, NOW + 60_000).window.from?.at).toBe('2026-11-20T12:01:00Z');
  const until: Query = { ...rolling, window: { to: { at: '', inclusive: true, secondsAgo: 60 } } };
  expect(rollForward(until, NOW).window.to?.at).toBe('2026-11-21T11:59:01Z');
});

test('a fixed window stays where it is', () => {
  const fixed: Query = {
    ...rolling,
    window: {
      from: { at: '2026-11-01T00:00:00Z', inclusive: true },
      to: { at: '2026-11-02T00:00:00Z', inclusive: false },
    },
  };
  expect(rollForward(fixed, NOW)).toEqual(fixed);
  expect(rollForward({ ...rolling, window: {} }, NOW).window).toEqual({});
});

test('the question that is asked instead rolls on too', () => {
  expect(rollForward({ ...rolling, otherwise: rolling }, NOW + 60_000).otherwise?.window.from?.at).toBe(
    '2026-11-20T12:01:00Z',
  );
});
