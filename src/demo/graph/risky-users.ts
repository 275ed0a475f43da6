import type { Row } from '../tenant/row.ts';
import type { DirectoryUser } from '../tenant/users.ts';
import { allowOnly, type Body, type Call, selectOf, topOf } from './call.ts';
import { collection, entity } from './collection.ts';
import type { Directory } from './directory.ts';
import { readFilter } from './filter-syntax.ts';
import { type Filterable, type FilterRules, testOf } from './filter-test.ts';
import { pageOf } from './pages.ts';
import { badRequest, invalidFilter, notFound, unknownProperty } from './refusal.ts';
import { riskOfUser } from './risk-of-user.ts';
import { knownMember } from './shape.ts';
import { isRisky, type SignInLog } from './sign-in-log.ts';
import type { Verdicts } from './verdicts.ts';

/** `identityProtection/riskyUsers`: the list, and one by object id. */
export interface RiskyUsers {
  readonly list: (call: Call) => Body;
  readonly get: (call: Call, id: string) => Body;
}

type RiskyUser = Readonly<Record<string, unknown>> & { readonly riskLastUpdatedDateTime: string };

const text: Filterable = { kind: 'text', operators: ['eq'], anyCase: true };

const RULES: FilterRules = {
  type: 'microsoft.graph.riskyUser',
  properties: new Map([
    ['id', text],
    ['userPrincipalName', text],
    ['riskState', { ...text, anyCase: false }],
    ['riskLevel', { ...text, anyCase: false }],
  ]),
  unsupported: () => invalidFilter(),
};

const PATH = 'identityProtection/riskyUsers';
const PAGE = 500;

/** What risk is computed from. */
export interface RiskSources {
  readonly directory: Directory;
  readonly log: SignInLog;
  readonly verdicts: Verdicts;
}

/** Serves the users in whose sign-ins something was ever found; their risk follows what is said about these. */
export const serveRiskyUsers = (sources: RiskSources): RiskyUsers => ({
  list: (call) => {
    allowOnly(call.query, ['$filter', '$top', '$select', '$skiptoken']);
    const filter = call.query.get('$filter');
    const test = filter === undefined ? () => true : testOf(readFilter(filter), RULES);
    const found = everyRiskyUser(sources).filter(test);
    const page = pageOf(call, PATH, found.length, topOf(call, PAGE, PAGE, tooLarge));
    const items = found
      .slice(page.from, page.to)
      .map((user) => Buffer.from(JSON.stringify(entry(call, user))));
    return collection(call, PATH, page, items);
  },
  get: (call, id) => {
    allowOnly(call.query, ['$select']);
    const user = everyRiskyUser(sources).find((candidate) => candidate.id === id.toLowerCase());
    if (user === undefined) throw notFound(id);
    return entity(call, PATH, entry(call, user));
  },
});

const tooLarge = (top: string) => badRequest(`Invalid page size specified: '${top}'.`);

/** The one whose risk changed last comes first. */
const everyRiskyUser = (sources: RiskSources): readonly RiskyUser[] => {
  const signIns = Map.groupBy(sources.log.valid().filter(isRisky), (row) => row.userId);
  return sources.directory
    .users()
    .flatMap((user) => riskyUser(user, signIns.get(user.id) ?? [], sources) ?? [])
    .sort((one, other) => other.riskLastUpdatedDateTime.localeCompare(one.riskLastUpdatedDateTime));
};

const riskyUser = (
  { id, displayName, userPrincipalName }: DirectoryUser,
  signIns: readonly Row[],
  { log, verdicts }: RiskSources,
): RiskyUser | undefined => {
  const timeOf = (row: Row): number => log.changedAt(row.id) ?? Date.parse(row.createdDateTime);
  const latestFirst = [...signIns].sort((one, other) => timeOf(other) - timeOf(one));
  const [latest] = latestFirst;
  const risk = riskOfUser(latestFirst);
  if (risk === undefined || latest === undefined) return undefined;
  return {
    id,
    isDeleted: false,
    isProcessing: signIns.some((row) => verdicts.isProcessing(row.id)),
    ...risk,
    riskLastUpdatedDateTime: new Date(timeOf(latest)).toISOString(),
    userDisplayName: displayName,
    userPrincipalName,
  };
};

const entry = (call: Call, user: RiskyUser): Readonly<Record<string, unknown>> => {
  const select = selectOf(call) ?? Object.keys(user);
  const foreign = select.find((name) => !(name in user));
  if (foreign !== undefined) throw badRequest(unknownProperty(foreign, RULES.type));
  const written = call.includeUnknownMembers ? (_: string, value: unknown) => value : knownMember;
  return Object.fromEntries(select.map((name) => [name, written(name, user[name])]));
};
