import { type Action, onSignIn } from './action.ts';

/** Tells Entra ID that the sign-in was harmless. Source: Microsoft's page on risk feedback. */
export const confirmSafe: Action = {
  ...onSignIn('confirm-sign-in-safe', { state: 'confirmedSafe', detail: 'adminConfirmedSigninSafe' }),
  title: 'Confirm safe',
  says: [
    'confirm safe',
    'confirm sign-in safe',
    'confirm sign-ins safe',
    'confirm as safe',
    'mark safe',
    'mark as safe',
  ],
  will: [
    'Entra ID sets the risk of the sign-in to none and takes back what it did to the risk of the user.',
    'Similar sign-ins of this user are held to be less risky from now on.',
  ],
  willNot: ['It unblocks nobody and changes no policy.'],
  repeats: 3,
};
