import { adminAccount } from './admin-account.ts';
import { askingForHelp } from './asking-for-help.ts';
import { breakingPolicy } from './breaking-policy.ts';
import { closedCases } from './closed-cases.ts';
import { impossibleTraveller } from './impossible-traveller.ts';
import { leakedSecret } from './leaked-secret.ts';
import { legacyImap } from './legacy-imap.ts';
import { newLaptop } from './new-laptop.ts';
import { oddRows } from './odd-rows.ts';
import { ordinary } from './ordinary.ts';
import { passwordSpray } from './password-spray.ts';
import { stolenToken } from './stolen-token.ts';
import type { Story } from './story.ts';

/** Every story of the tenant. */
export const STORIES: readonly Story[] = [
  ordinary,
  passwordSpray,
  stolenToken,
  impossibleTraveller,
  askingForHelp,
  breakingPolicy,
  leakedSecret,
  legacyImap,
  closedCases,
  oddRows,
  // Later stories stand at the end, so that the log of earlier ones stays as it was.
  adminAccount,
  newLaptop,
];
