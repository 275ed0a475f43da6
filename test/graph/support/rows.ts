import { SignIn } from '../../../src/entra/sign-in.ts';

/** One sign-in as Graph sends it. */
export const wireRow = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  id: '66ea54eb-6301-4ee5-be62-ff5a759b0100',
  createdDateTime: '2026-11-21T11:00:00.1234567Z',
  userId: '26be570a-ae82-4189-b4e2-a37c6808512d',
  userPrincipalName: 'user@contoso.com',
  userDisplayName: 'User',
  userType: 'member',
  appDisplayName: 'Graph explorer',
  ipAddress: '203.0.113.7',
  clientAppUsed: 'Browser',
  correlationId: 'd79f5bee-5860-4832-928f-3133e22ae912',
  conditionalAccessStatus: 'success',
  riskState: 'none',
  riskLevelAggregated: 'none',
  riskEventTypes_v2: [],
  signInEventTypes: ['interactiveUser'],
  flaggedForReview: true,
  status: { errorCode: 50126, failureReason: 'Invalid username or password' },
  deviceDetail: { operatingSystem: 'Windows 10', browser: 'Edge 120.0.0' },
  location: { city: 'Oslo', state: 'Oslo', countryOrRegion: 'NO' },
  ...changes,
});

/** One sign-in as it is read. */
export const signIn = (changes: Readonly<Record<string, unknown>> = {}): SignIn =>
  SignIn.parse(wireRow(changes));
