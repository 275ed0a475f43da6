import type { Effect, Fault, Faults } from '../../src/demo/graph/faults.ts';

const POST = { path: '/auditLogs/signIns/', method: 'POST' } as const;

const answer = (status: number, code: string): Effect => ({
  kind: 'answer',
  status,
  code,
  message: 'So it was told.',
});

const CUT: Effect = { kind: 'cut' };

/** The ways in which one POST can end: by the fault that it meets, none where it ends well. */
export const OUTCOMES = {
  done: [],
  '429 before it is done': [{ ...POST, times: 1, effect: answer(429, 'TooManyRequests') }],
  '503 before it is done': [{ ...POST, times: 1, effect: answer(503, 'ServiceUnavailable') }],
  '504 after it was done': [{ ...POST, times: 1, after: 'done', effect: answer(504, 'GatewayTimeout') }],
  'cut before it is done': [{ ...POST, times: 1, effect: CUT }],
  'cut after it was done': [{ ...POST, times: 1, after: 'done', effect: CUT }],
  'refused for good': [{ ...POST, effect: answer(400, 'BadRequest') }],
  'H106: a permission is missing': [{ ...POST, effect: answer(403, 'Authorization_RequestDenied') }],
  'H107: the sign-in is no longer kept': [{ ...POST, effect: answer(404, 'ResourceNotFound') }],
} as const satisfies Record<string, readonly Fault[]>;

export type Outcome = keyof typeof OUTCOMES;

/** Whether it ends without an effect. */
export const isRefused = (outcome: Outcome): boolean =>
  OUTCOMES[outcome].some((fault) => !('times' in fault));

/** The faults of an outcome; they are counted down, so everybody gets their own. */
export const faultsOf = (outcome: Outcome): Faults => OUTCOMES[outcome].map((fault) => ({ ...fault }));

/** Strikes with this chance, whenever asked. */
const byChance = (random: () => number, chance: number, fault: Fault): Fault => ({
  ...fault,
  get times() {
    return random() < chance ? 1 : 0;
  },
  set times(_left: number) {
    // It is thrown anew each time.
  },
});

/** One change in five goes wrong, and now and then what is read; a change is sent only after five readings. */
export const mixedFaults = (random: () => number): Faults => [
  byChance(random, 0.05, { ...POST, effect: answer(429, 'TooManyRequests') }),
  byChance(random, 0.05, { ...POST, effect: answer(503, 'ServiceUnavailable') }),
  byChance(random, 0.05, { ...POST, after: 'done', effect: answer(504, 'GatewayTimeout') }),
  byChance(random, 0.05, { ...POST, after: 'done', effect: CUT }),
  byChance(random, 0.05, { method: 'GET', effect: answer(503, 'ServiceUnavailable') }),
];
