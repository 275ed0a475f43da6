import { type Action, onSignIn } from './action.ts';

/** Closes the risk of a sign-in that was real but did no harm. Source: Microsoft's page on risk feedback. */
export const dismissRisk: Action = {
  ...onSignIn('dismiss-sign-in-risk', { state: 'dismissed', detail: 'adminDismissedRiskForSignIn' }),
  title: 'Dismiss risk',
  says: [
    'dismiss risk',
    'dismiss risk of',
    'dismiss risk for',
    'dismiss sign-in risk',
    'dismiss risk of sign-in',
    'dismiss sign-in',
    'dismiss sign-ins',
    'dismiss',
  ],
  will: [
    'Entra ID closes the risk of the sign-in: the detection was right, and no harm was done.',
    'Detections like it are reported as before.',
  ],
  willNot: ['It does not dismiss the risk of the user as a whole, and tells Entra ID nothing to learn from.'],
  // A dismissal closes whatever risk there is by then, so it is never sent again by itself.
  repeats: 0,
};
