import { ACTIONS } from '../../actions/list.ts';
import { requestOf } from './request.ts';

const REASON = 'A reason is needed: "reason:", "because" or a dash, and then anything up to the end.';
const TARGETS =
  'Name up to ten rows (#1 #3, #1-3) of the card that you reply to, else of your last list here; or request ids.';

const effectsOf = (name: keyof typeof ACTIONS): readonly string[] => [
  ...ACTIONS[name].will,
  ...ACTIONS[name].willNot,
];

/** "confirm compromised #1 #3 reason: …": an attacker made these sign-ins. */
export const confirmCompromised = requestOf(ACTIONS['confirm-sign-in-compromised'], {
  summary: 'Asks for sign-ins to be confirmed compromised: an attacker made them.',
  examples: [
    'confirm compromised #1 #3 reason: user denies travel, INC-204',
    'confirm compromised 66ea54eb-6301-4ee5-be62-ff5a759b0100 because the user denies it',
    'mark #2 as compromised reason: token theft',
  ],
  details: [TARGETS, REASON, ...effectsOf('confirm-sign-in-compromised')],
  listed: { title: 'confirm compromised', only: 'group' },
});

/** "confirm safe #1 reason: …": the sign-ins were harmless. */
export const confirmSafe = requestOf(ACTIONS['confirm-sign-in-safe'], {
  summary: 'Asks for sign-ins to be confirmed safe: they were harmless.',
  examples: [
    'confirm safe #1 reason: known VPN',
    'confirm sign-in safe 66ea54eb-6301-4ee5-be62-ff5a759b0100 reason: known VPN',
  ],
  details: [TARGETS, REASON, ...effectsOf('confirm-sign-in-safe')],
  listed: false,
});

/** "dismiss risk #1 reason: …": the risk was real, and no harm was done. */
export const dismissRisk = requestOf(ACTIONS['dismiss-sign-in-risk'], {
  summary: 'Asks for the risk of sign-ins to be dismissed: it was real, and no harm was done.',
  examples: ['dismiss risk #2 reason: penetration test', 'dismiss #1-3 because of the penetration test'],
  details: [TARGETS, REASON, ...effectsOf('dismiss-sign-in-risk')],
  listed: false,
});
