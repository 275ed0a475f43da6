import fc from 'fast-check';
import type { ActionName } from '../../src/actions/action.ts';
import { FAULTS } from './answers.ts';
import { type Command, type Pace, type Person, type Run, VERBS } from './commands.ts';
import type { WorkerMoment } from './journal.ts';
import { PEOPLE, SIGN_INS, TURNS, type TurnOfRisk } from './tenant.ts';
import { type Circumstances, REPLICAS } from './world.ts';

const MOMENTS = [
  'claimed',
  'inspected',
  'permitted',
  'intended',
  'performed',
  'recorded',
  'released',
  'tended',
] as const satisfies readonly WorkerMoment[];

const pace = fc.oneof(
  { arbitrary: fc.constant<Pace>('through'), weight: 2 },
  { arbitrary: fc.array(fc.nat(7), { minLength: 1, maxLength: 8 }), weight: 1 },
);

const common = { replica: fc.constantFrom(...REPLICAS), pace };

const person = fc.constantFrom(...PEOPLE);
const which = fc.nat(2);

const someSignIns = fc
  .uniqueArray(fc.constantFrom(...SIGN_INS), { minLength: 1, maxLength: 3 })
  .map(([first = '', ...others]) => [first, ...others] as const);

const action = fc.constantFrom<ActionName>(
  'confirm-sign-in-compromised',
  'confirm-sign-in-compromised',
  'confirm-sign-in-safe',
  'dismiss-sign-in-risk',
);

export const forged = fc.dictionary(
  fc.constantFrom(
    'approver',
    'requester',
    'targets',
    'targetId',
    'roles',
    'decision',
    'state',
    'action',
    'hash',
    'person',
    'verb',
    'at',
    '__proto__',
  ),
  fc.constantFrom<unknown>('approve', 'ben', SIGN_INS[3], [...SIGN_INS], { id: 'ben' }, 9_999_999, null),
  { maxKeys: 3 },
);

const seconds = fc.constantFrom(1, 2, 7, 20, 31, 61, 70, 150, 301, 620).map((s) => s * 1_000);

const command = (weight: number, fields: Record<string, fc.Arbitrary<unknown>>) => ({
  arbitrary: fc.record({ ...common, ...fields }) as unknown as fc.Arbitrary<Command>,
  weight,
});

const is = fc.constant;

const anything = fc.oneof(
  command(10, { do: is('tend') }),
  command(6, { do: is('wait'), ms: seconds }),
  command(3, { do: is('ask'), by: person, action, signIns: someSignIns }),
  command(3, {
    do: is('press'),
    by: person,
    verb: fc.constantFrom(...VERBS),
    which,
    off: fc.constantFrom(0, 0, 0, -1, 1),
    isHere: fc.constantFrom(true, true, true, true, false),
    forged,
  }),
  command(3, {
    do: is('press'),
    by: fc.constantFrom('ben', 'cleo'),
    verb: is('approve'),
    which,
    off: is(0),
    isHere: is(true),
    forged: is({}),
  }),
  command(2, { do: is('press again'), which: fc.nat(9) }),
  command(3, { do: is('nothing') }),
  command(1, { do: is('set clocks'), ms: fc.constantFrom(-9_000, -2_000, 90_000, 240_000) }),
  command(3, { do: is('fail POST'), fault: fc.constantFrom(...FAULTS) }),
  command(2, {
    do: is('fail reads'),
    of: fc.constantFrom('targets', 'roles', 'accounts'),
    times: fc.constantFrom(1, 2, 9),
  }),
  command(2, {
    do: fc.constantFrom('take role', 'take role', 'give role', 'disable'),
    from: fc.constantFrom('ana', 'ben', 'cleo'),
  }),
  command(2, {
    do: is('turn'),
    signIn: fc.constantFrom(...SIGN_INS),
    to: fc.constantFrom(...(Object.keys(TURNS) as TurnOfRisk[])),
  }),
  command(1, { do: is('kill') }),
  command(3, { do: is('stand still'), after: fc.nat(24) }),
  command(2, { do: is('go on') }),
  command(2, { do: is('kill at'), moment: fc.constantFrom(...MOMENTS) }),
);

const done = { replica: 0, pace: 'through' } as const;
const plain = { do: 'press', which: 0, off: 0, isHere: true, forged: {} } as const;

/** Several people decide at the same moment. */
const race: fc.Arbitrary<readonly Command[]> = fc
  .array(
    fc.record({
      ...common,
      pace: fc.array(fc.nat(7), { maxLength: 3 }),
      press: fc.constantFrom(
        { ...plain, by: 'ben', verb: 'approve' } as const,
        { ...plain, by: 'cleo', verb: 'approve' } as const,
        { ...plain, by: 'cleo', verb: 'reject' } as const,
        { ...plain, by: 'ana', verb: 'withdraw' } as const,
      ),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((presses) => presses.map(({ press, ...how }): Command => ({ ...press, ...how })));

const decided: fc.Arbitrary<readonly Command[]> = fc.oneof(
  {
    arbitrary: fc
      .constantFrom<Person>('ben', 'cleo')
      .map((by): readonly Command[] => [{ ...done, ...plain, verb: 'approve', by }]),
    weight: 3,
  },
  { arbitrary: race, weight: 1 },
  { arbitrary: fc.constant([]), weight: 1 },
);

/** Most runs begin with an approved request, and a Graph that will not do as it should. */
const begun: fc.Arbitrary<readonly Command[]> = fc
  .record({
    signIns: someSignIns,
    action,
    decisions: decided,
    faults: fc.array(fc.constantFrom(...FAULTS), { maxLength: 3 }),
  })
  .map(({ signIns, action: chosen, decisions, faults }): readonly Command[] => [
    { ...done, do: 'ask', by: 'ana', action: chosen, signIns },
    ...decisions,
    ...faults.map((fault): Command => ({ ...done, do: 'fail POST', fault })),
  ]);

/** What is said in the end of what nobody can tell. */
const resolved: fc.Arbitrary<readonly Command[]> = fc.array(
  fc
    .record({ ...common, by: person, verb: fc.constantFrom('resolve-done', 'resolve-failed'), which })
    .map((press): Command => ({ ...plain, ...press, pace: 'through' })),
  { maxLength: 3 },
);

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  lag: fc.constantFrom(0, 0, 1_500, 20_000, 45_000, 58_000, 75_000, 200_000, 1_200_000),
  mode: fc.constantFrom('four-eyes', 'four-eyes', 'four-eyes', 'single'),
  skews: fc.oneof(
    { arbitrary: fc.constant([0, 0] as const), weight: 5 },
    { arbitrary: fc.tuple(fc.constant(0), fc.integer({ min: -600_000, max: 600_000 })), weight: 1 },
  ),
  stride: fc.constantFrom(1_000, 40_000, 290_000, 290_000),
});

export const runs: fc.Arbitrary<Run> = fc.record({
  circumstances,
  commands: fc
    .tuple(begun, fc.array(anything, { minLength: 2, maxLength: 24, size: 'max' }))
    .map(([first, others]) => [...first, ...others]),
  afterwards: resolved,
});
