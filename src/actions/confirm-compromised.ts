import { type Action, onSignIn } from './action.ts';

/** Tells Entra ID that an attacker made the sign-in. Source: Microsoft's page on risk feedback. */
export const confirmCompromised: Action = {
  ...onSignIn('confirm-sign-in-compromised', {
    state: 'confirmedCompromised',
    detail: 'adminConfirmedSigninCompromised',
  }),
  title: 'Confirm compromised',
  says: [
    'confirm compromised',
    'confirm sign-in compromised',
    'confirm sign-ins compromised',
    'confirm as compromised',
    'mark compromised',
    'mark as compromised',
  ],
  will: [
    'Entra ID sets the risk of the sign-in and of its user to high.',
    'Risk-based Conditional Access policies then act on that user: block, or ask for MFA or a new password.',
  ],
  willNot: ['It blocks nobody by itself, ends no session, and resets no password.'],
  repeats: 3,
};
