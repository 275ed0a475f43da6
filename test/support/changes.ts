import type { ChangeSettings } from '../../src/bot/change-ports.ts';

const MINUTE = 60_000;

/** Settings of changes as they are where nothing is configured, with roles that are easy to read. */
export const CHANGES: ChangeSettings = {
  requesterRoles: ['reader'],
  approverRoles: {
    'confirm-sign-in-compromised': ['admin'],
    'confirm-sign-in-safe': ['admin'],
    'dismiss-sign-in-risk': ['admin'],
  },
  mode: 'four-eyes',
  approvalMs: 30 * MINUTE,
  reminderMs: 5 * MINUTE,
  performMs: 15 * MINUTE,
  settleMs: MINUTE,
  guests: 'refuse',
  onePersonBy: 'account',
  portalUrl: 'https://entra.microsoft.com',
};
