import { describe, expect, test } from '@jest/globals';
import type { Window } from '../../src/entra/query.ts';
import { compiled, from, to } from './support/compiled.ts';
import { eq } from './support/conditions.ts';
import { NOW } from './support/world.ts';

describe('every question has a window', () => {
  test('the default when none is said, and it is not part of the literal translation', () => {
    const { literal, sent, window, scope } = compiled([eq('flaggedForReview', true)]);
    expect(literal).toBe('flaggedForReview eq true');
    expect(sent).toBe('flaggedForReview eq true and createdDateTime ge 2026-11-20T12:00:00Z');
    expect(window).toEqual({ from: '2026-11-20T12:00:00Z', to: '2026-11-21T12:00:00Z', why: 'default' });
    expect(scope).toEqual({
      from: '2026-11-20T12:00:00Z',
      to: '2026-11-21T12:00:00Z',
      why: 'default',
      untilNow: true,
      settling: true,
      eventTypes: ['interactiveUser'],
    });
  });

  test.each(['id', 'correlationId', 'originalRequestId'] as const)(
    'the whole retention for an exact %s',
    (name) => {
      const { window, scope } = compiled([eq(name, 'x')]);
      expect(window).toMatchObject({ from: '2026-10-22T12:05:00Z', why: 'id' });
      expect(scope).toMatchObject({ why: 'id' });
      expect(scope.clippedFrom).toBeUndefined();
    },
  );

  test('clipped five minutes inside retention, and it says so', () => {
    const { literal, sent, window, scope, windowNotes } = compiled([], from('2021-10-01T00:00:00Z'));
    expect(literal).toBe('createdDateTime ge 2021-10-01T00:00:00Z');
    expect(sent).toBe('createdDateTime ge 2026-10-22T12:05:00Z');
    expect(window.why).toBe('clipped');
    expect(scope).toMatchObject({ why: 'asked', clippedFrom: '2021-10-01T00:00:00Z' });
    expect(windowNotes).toEqual([
      'Microsoft keeps sign-ins for 30 days, so this starts at 2026-10-22T12:05:00Z.',
    ]);
  });

  test('a window that ended within the settling time may still grow', () => {
    const endingAgo = (minutes: number): boolean =>
      compiled([], to(new Date(NOW - minutes * 60_000).toISOString())).scope.settling;
    expect([-60, 0, 14, 15, 60].map(endingAgo)).toEqual([true, true, true, false, false]);
  });

  test('from as far back as there is when only the end is said', () => {
    const { sent, window } = compiled([], to('2026-11-10T23:59:59.999Z'));
    expect(sent).toBe(
      'createdDateTime ge 2026-10-22T12:05:00Z and createdDateTime le 2026-11-10T23:59:59.999Z',
    );
    expect(window.why).toBe('clipped');
  });

  test.each<[string, Window, string, string]>([
    ['ends', to('2020-01-01T00:00:00Z'), '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z'],
    [
      'lies',
      { ...from('2020-01-01T00:00:00Z'), ...to('2020-02-01T00:00:00Z') },
      '2020-01-01T00:00:00Z',
      '2020-02-01T00:00:00Z',
    ],
  ])('nothing is asked when it %s before retention', (_how, window, begins, ends) => {
    const nothing = compiled([], window);
    expect(nothing).toMatchObject({ span: undefined, sent: null, url: null });
    expect(nothing.scope).toMatchObject({ from: begins, to: ends, clippedFrom: begins, untilNow: false });
    expect(nothing.windowNotes[0]).toContain('was not asked');
  });

  test('H093: an absurd start is clipped, an absurd end is kept as ISO 8601', () => {
    expect(compiled([], from('0001-01-01T00:00:00Z')).sent).toBe('createdDateTime ge 2026-10-22T12:05:00Z');
    expect(compiled([], { ...from('2026-11-21T00:00:00Z'), ...to('9999-12-31T23:59:59.999Z') }).sent).toBe(
      'createdDateTime ge 2026-11-21T00:00:00Z and createdDateTime le 9999-12-31T23:59:59.999Z',
    );
  });

  test('H118: a rolling window is whole seconds, rounded outwards, also at the turn of the year', () => {
    const now = Date.parse('2026-12-31T23:59:59.999Z');
    const rolling = {
      from: { at: '2026-12-30T23:59:59Z', inclusive: true, secondsAgo: 86_400 },
      to: { at: '2026-12-31T23:00:00Z', inclusive: true, secondsAgo: 3600 },
    };
    expect(compiled([], rolling, now).window).toMatchObject({
      from: '2026-12-30T23:59:59Z',
      to: '2026-12-31T23:00:00Z',
    });
    expect(compiled([], {}, now).window).toMatchObject({
      from: '2026-12-30T23:59:59Z',
      to: '2027-01-01T00:00:00Z',
    });
    expect(compiled([], {}, Date.parse('2028-02-29T12:00:00Z')).window.from).toBe('2028-02-28T12:00:00Z');
  });

  test('a rolling window rolls on when the same question is asked later', () => {
    const rolling = { from: { at: '2026-11-21T11:00:00Z', inclusive: true, secondsAgo: 3600 } };
    expect(compiled([], rolling, NOW + 60_000).window.from).toBe('2026-11-21T11:01:00Z');
  });
});
