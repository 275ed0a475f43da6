import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPress } from '../../src/bot/pressed.ts';
import { forged, runs } from './chance.ts';
import { problemsOf } from './invariants.ts';
import { callsFirst, overlooksDecisions, repeatsBlindly, trustsRoles } from './mutants.ts';
import { play } from './play.ts';
import type { Mutation } from './replica.ts';

const RUNS = Number(process.env.PROTOCOL_RUNS ?? 1_000);

/** A run takes some hundredths of a second, and on a busy machine some tenths. */
const LONG_MS = 600_000 + RUNS * 1_000;

const invariantsHold = (mutate: Mutation) =>
  fc.asyncProperty(runs, async (run) => {
    expect(await play(run, mutate, problemsOf)).toEqual([]);
  });

test(
  'whatever happens in whatever order, every change is approved, done once, and on record',
  () =>
    fc.assert(
      invariantsHold((powers) => powers),
      { numRuns: RUNS },
    ),
  LONG_MS,
);

describe('is found out:', () => {
  test.each([
    ['that calls first and saves afterwards', callsFirst, /I1:/],
    ['that sends again without reading back', repeatsBlindly, /I(?:5|11):/],
    ['that does not look at the roles again', trustsRoles, /I13:/],
    ['that overrides what people decided elsewhere', overlooksDecisions, /I12:/],
  ] as const)(
    'a worker %s',
    async (_what, mutate, rule) => {
      const { failed, errorInstance } = await fc.check(invariantsHold(mutate), {
        numRuns: 1_000,
        endOnFailure: true,
      });
      expect(failed).toBe(true);
      expect(String(errorInstance)).toMatch(rule);
    },
    LONG_MS,
  );
});

test('a button says which approval, which version and what to do with it, whatever else a client adds', () => {
  const verbs = fc.constantFrom('approve', 'approve-own', 'reject', 'withdraw', 'look', 'resolve-done');
  const press = {
    activityId: 'f:1',
    trigger: 'manual',
    person: { id: 'ben', teamsId: '29:ben', tenantId: 'tenant', name: 'Ben' },
    place: { kind: 'personal', conversationId: 'a', serviceUrl: '', tenantId: 'tenant', botId: 'bot' },
  } as const;
  fc.assert(
    fc.property(verbs, fc.nat(9), fc.nat(9), forged, (verb, number, version, extra) => {
      const data = { approval: 1_001 + number, version, reason: 'No.' };
      const plain = readPress({ ...press, verb, data });
      expect(plain).toBeDefined();
      expect(readPress({ ...press, verb, data: { ...extra, ...data } })).toEqual(plain);
    }),
  );
});
