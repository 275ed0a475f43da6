import type { RoleAssignment } from '../tenant/roles.ts';
import { allowOnly, type Body, type Call, selectOf, topOf } from './call.ts';
import { collection } from './collection.ts';
import type { Directory } from './directory.ts';
import { readFilter } from './filter-syntax.ts';
import { type Filterable, type FilterRules, testOf } from './filter-test.ts';
import { pageOf } from './pages.ts';
import { badRequest, Refusal, unknownProperty } from './refusal.ts';

const id: Filterable = { kind: 'text', operators: ['eq'], anyCase: true };

const RULES: FilterRules = {
  type: 'microsoft.graph.unifiedRoleAssignment',
  properties: new Map([
    ['principalId', id],
    ['roleDefinitionId', id],
  ]),
  unsupported: () => unsupported(),
};

const PROPERTIES = ['id', 'principalId', 'roleDefinitionId', 'directoryScopeId'] as const;

const unsupported = () =>
  new Refusal(
    400,
    'Request_UnsupportedQuery',
    'The specified filter is not supported without advanced query capabilities.',
  );

/**
 * `roleManagement/directory/transitiveRoleAssignments`: who holds a role now, groups expanded. A filter needs
 * `ConsistencyLevel: eventual` and `$count=true`; an assignment through a group carries the group's id.
 */
export const serveRoleAssignments =
  (directory: Directory) =>
  (call: Call): Body => {
    allowOnly(call.query, ['$filter', '$count', '$select', '$top', '$skiptoken']);
    const filter = call.query.get('$filter');
    if (filter !== undefined && !(call.eventual && call.query.get('$count') === 'true')) throw unsupported();
    const test = filter === undefined ? () => true : testOf(readFilter(filter), RULES);
    const found = directory
      .roleAssignments()
      .filter((assignment) =>
        [assignment.principalId, ...assignment.holders].some((principalId) =>
          test({ ...assignment, principalId }),
        ),
      );
    const page = pageOf(call, PATH, found.length, topOf(call, 100, 999, tooLarge));
    const items = found.slice(page.from, page.to).map((assignment) => entry(assignment, selectOf(call)));
    return collection(call, PATH, page, items, call.eventual ? found.length : undefined);
  };

const PATH = 'roleManagement/directory/transitiveRoleAssignments';

const tooLarge = (top: string) => badRequest(`Invalid page size specified: '${top}'.`);

const entry = (assignment: RoleAssignment, select: readonly string[] = PROPERTIES): Buffer => {
  const foreign = select.find((name) => !PROPERTIES.some((property) => property === name));
  if (foreign !== undefined) throw badRequest(unknownProperty(foreign, RULES.type));
  const whole: Readonly<Record<string, unknown>> = { ...assignment };
  return Buffer.from(JSON.stringify(Object.fromEntries(select.map((name) => [name, whole[name]]))));
};
