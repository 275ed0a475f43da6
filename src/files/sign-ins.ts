import { counted, readingOf, scopeOf, warningsOf } from '../cards/answer-words.ts';
import type { KeptAnswer } from '../entra/kept-answer.ts';
import type { Found } from '../entra/query.ts';
import type { SignIn } from '../entra/sign-in.ts';
import type { Content } from './file.ts';
import type { Cell, Named } from './table.ts';
import { localTime } from './times.ts';

interface Column extends Named {
  readonly of: (signIn: SignIn, found: Found) => Cell;
}

const column = (key: string, title: string, of: Column['of']): Column => ({ key, title, of });

const columnsIn = (zone: string): readonly Column[] => [
  column('createdDateTime', 'Time (UTC)', (signIn) => signIn.createdDateTime),
  column('localTime', `Time (${zone})`, (signIn) => localTime(signIn.createdDateTime, zone)),
  column('userPrincipalName', 'User', (signIn) => signIn.userPrincipalName),
  column('userDisplayName', 'Display name', (signIn) => signIn.userDisplayName),
  column('errorCode', 'Error code', ({ status }) => status?.errorCode),
  column('failureReason', 'Failure reason', ({ status }) => status?.failureReason),
  column('flaggedForReview', 'Flagged', (signIn) => signIn.flaggedForReview),
  column('riskState', 'Risk state', (signIn) => signIn.riskState),
  column('riskLevelAggregated', 'Risk level', (signIn) => signIn.riskLevelAggregated),
  column('riskLevelDuringSignIn', 'Risk level at sign-in', (signIn) => signIn.riskLevelDuringSignIn),
  column('riskDetail', 'Risk detail', (signIn) => signIn.riskDetail),
  column('riskEventTypes', 'Detections', (signIn) => signIn.riskEventTypes_v2),
  column('appDisplayName', 'App', (signIn) => signIn.appDisplayName),
  column('resourceDisplayName', 'Resource', (signIn) => signIn.resourceDisplayName),
  column('clientAppUsed', 'Client', (signIn) => signIn.clientAppUsed),
  column('ipAddress', 'IP address', (signIn) => signIn.ipAddress),
  column('city', 'City', ({ location }) => location?.city),
  column('state', 'State', ({ location }) => location?.state),
  column('countryOrRegion', 'Country', ({ location }) => location?.countryOrRegion),
  column('conditionalAccessStatus', 'Conditional Access', (signIn) => signIn.conditionalAccessStatus),
  column('authenticationRequirement', 'Authentication', (signIn) => signIn.authenticationRequirement),
  column('operatingSystem', 'System', ({ deviceDetail }) => deviceDetail?.operatingSystem),
  column('browser', 'Browser', ({ deviceDetail }) => deviceDetail?.browser),
  column('deviceDisplayName', 'Device', ({ deviceDetail }) => deviceDetail?.displayName),
  column('isCompliant', 'Compliant', ({ deviceDetail }) => deviceDetail?.isCompliant),
  column('isManaged', 'Managed', ({ deviceDetail }) => deviceDetail?.isManaged),
  column('userAgent', 'User agent', (signIn) => signIn.userAgent),
  column('eventTypes', 'Kind of sign-in', (signIn) => signIn.signInEventTypes),
  column('userId', 'User id', (signIn) => signIn.userId),
  column('userType', 'User type', (signIn) => signIn.userType),
  column('appId', 'App id', (signIn) => signIn.appId),
  column('servicePrincipalName', 'Service principal', (signIn) => signIn.servicePrincipalName),
  column('correlationId', 'Correlation id', (signIn) => signIn.correlationId),
  column('id', 'Request id', (signIn) => signIn.id),
  // No: Graph left out what the question is about.
  column('confirmed', 'Confirmed to match', (_signIn, { confirmed }) => confirmed),
];

/** What a person reads first; a table of all columns is wider than any page. */
const BRIEF =
  `createdDateTime localTime userPrincipalName errorCode flaggedForReview riskState riskLevelAggregated
  appDisplayName ipAddress city countryOrRegion id`.split(/\s+/);

/** All sign-ins of an answer as a file, with what was asked and how complete the answer is. */
export const signInFile = ({ answer, asked, notes }: KeptAnswer, zone: string): Content => {
  const columns = columnsIn(zone);
  const fact = (key: string, title: string, value: Cell) => ({ key, title, value });
  return {
    summary: counted(answer.rows.length, 'sign-in'),
    head: {
      title: 'Sign-ins, exported by Flagman',
      facts: [
        fact('asked', 'Asked', asked),
        fact('filter', 'Filter sent to Microsoft Graph', answer.filter),
        fact('testedHere', 'Tested by Flagman, not by Graph', answer.secondPass),
        fact('scope', 'Scope', scopeOf(answer, zone)),
        fact('fetchedAt', 'Asked Graph at (UTC)', answer.fetchedAt),
        fact('notes', 'Remarks', [...notes, ...answer.notes]),
        fact('rows', 'Rows', answer.rows.length),
        fact('unreadable', 'Rows that could not be read', answer.unreadable),
        fact('localZone', 'Zone of the local times', zone),
      ],
      completeness: [readingOf(answer), ...warningsOf(answer)].join('. '),
      columns,
    },
    brief: BRIEF,
    *rows() {
      for (const found of answer.rows) yield columns.map(({ of }) => of(found.signIn, found));
    },
  };
};
