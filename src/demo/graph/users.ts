import type { DirectoryUser } from '../tenant/users.ts';
import { allowOnly, type Body, type Call, selectOf, topOf } from './call.ts';
import { collection, entity } from './collection.ts';
import type { Directory } from './directory.ts';
import { readFilter } from './filter-syntax.ts';
import { type Filterable, type FilterRules, testOf } from './filter-test.ts';
import { pageOf } from './pages.ts';
import { badRequest, denied, notFound, Refusal, unknownProperty } from './refusal.ts';

/** `users`: the list, and one by object id or user principal name. */
export interface Users {
  readonly list: (call: Call) => Body;
  readonly get: (call: Call, id: string) => Body;
}

const BASIC = ['displayName', 'givenName', 'mail', 'surname', 'userPrincipalName', 'id'];
/** Needs User.Read.All; the directory gives the first of them only when they are selected. */
const FULL = ['accountEnabled', 'userType', 'jobTitle', 'employeeId'];

// The directory compares without case, unlike the sign-in log.
const named: Filterable = { kind: 'text', operators: ['eq', 'startswith'], anyCase: true };

const RULES: FilterRules = {
  type: 'microsoft.graph.user',
  properties: new Map([
    ['id', { ...named, operators: ['eq'] }],
    ['displayName', named],
    ['userPrincipalName', named],
    ['mail', named],
  ]),
  unsupported: (property) =>
    new Refusal(
      400,
      'Request_UnsupportedQuery',
      `Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`,
    ),
};

/** Serves the directory's users. */
export const serveUsers = (directory: Directory, mayReadAll: boolean): Users => ({
  list: (call) => {
    allowOnly(call.query, ['$filter', '$top', '$select', '$skiptoken', '$count']);
    const filter = call.query.get('$filter');
    const test = filter === undefined ? () => true : testOf(readFilter(filter), RULES);
    const found = directory.users().filter((user) => test({ ...user }));
    const page = pageOf(call, 'users', found.length, topOf(call, 100, 999, tooLarge));
    const select = propertiesFor(call, mayReadAll);
    const items = found
      .slice(page.from, page.to)
      .map((user) => Buffer.from(JSON.stringify(entry(user, select))));
    return collection(call, contextFor(call), page, items, countFor(call, found.length));
  },
  get: (call, id) => {
    allowOnly(call.query, ['$select']);
    const wanted = id.toLowerCase();
    const user = directory
      .users()
      .find((candidate) => candidate.id === wanted || candidate.userPrincipalName.toLowerCase() === wanted);
    if (user === undefined) throw notFound(id);
    return entity(call, contextFor(call), entry(user, propertiesFor(call, mayReadAll)));
  },
});

const tooLarge = (top: string) =>
  new Refusal(
    400,
    'Request_UnsupportedQuery',
    `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
  );

const contextFor = (call: Call): string => {
  const select = call.query.get('$select');
  return select === undefined ? 'users' : `users(${select})`;
};

const countFor = (call: Call, found: number): number | undefined =>
  call.eventual && call.query.get('$count') === 'true' ? found : undefined;

const propertiesFor = (call: Call, mayReadAll: boolean): readonly string[] => {
  const select = selectOf(call) ?? [...BASIC, ...(mayReadAll ? ['jobTitle'] : [])];
  const foreign = select.find((name) => ![...BASIC, ...FULL].includes(name));
  if (foreign !== undefined) throw badRequest(unknownProperty(foreign, RULES.type));
  if (!mayReadAll && select.some((name) => FULL.includes(name))) throw denied();
  return select;
};

const entry = (user: DirectoryUser, select: readonly string[]): Readonly<Record<string, unknown>> => {
  const [givenName = null, ...rest] = user.displayName.split(' ');
  const whole: Readonly<Record<string, unknown>> = { ...user, givenName, surname: rest.join(' ') };
  return Object.fromEntries(select.map((name) => [name, whole[name] ?? null]));
};
