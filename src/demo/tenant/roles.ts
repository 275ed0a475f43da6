import { PEOPLE } from './people.ts';

/** Template ids of built-in roles, which are their definition ids too, and the id of one custom role. */
export const ROLES = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  securityOperator: '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
  securityReader: '5d6b6bb7-de71-4623-b4af-96380a352509',
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  /** Somebody named this one "Security Administrator" too. */
  customOfTheSameName: 'c0ffee00-5ec0-4d31-9a7e-b2d1a6f83e54',
} as const;

/** One active assignment of a role. */
export interface RoleAssignment {
  readonly id: string;
  /** The user, or the group that the user is in. */
  readonly principalId: string;
  readonly roleDefinitionId: string;
  /** `/` is the whole tenant; an administrative unit has its own path. */
  readonly directoryScopeId: string;
  /** Everyone who holds the role through it, groups expanded. */
  readonly holders: readonly string[];
}

const SECURITY_ADMINS = '3d9b5c71-f046-4e8a-b2d3-76a1c0e94f85';
const BERLIN = '/administrativeUnits/e52a8d06-1c7f-4b93-8f0a-d4b67e2159ac';

/** Who holds which role now. Whoever is only eligible has no assignment, so is not here. */
export const ROLE_ASSIGNMENTS: readonly RoleAssignment[] = [
  direct('A1', PEOPLE.analyst.oid, ROLES.securityReader),
  direct('A2', PEOPLE.secondAnalyst.oid, ROLES.securityOperator),
  { ...direct('A3', SECURITY_ADMINS, ROLES.securityAdministrator), holders: [PEOPLE.approver.oid] },
  direct('A4', PEOPLE.globalAdmin.oid, ROLES.globalAdministrator),
  direct('A5', PEOPLE.helpDesk.oid, ROLES.reportsReader),
  direct('A6', PEOPLE.guest.oid, ROLES.securityAdministrator),
  direct('A7', PEOPLE.regionalAdmin.oid, ROLES.securityAdministrator, BERLIN),
  direct('A8', PEOPLE.customRole.oid, ROLES.customOfTheSameName),
  direct('A9', PEOPLE.analystAdmin.oid, ROLES.securityAdministrator),
];

/** An assignment to the person, for the whole tenant if nothing else is said. */
export function direct(
  id: string,
  principalId: string,
  roleDefinitionId: string,
  scope = '/',
): RoleAssignment {
  return {
    id: `assignment-${id}`,
    principalId,
    roleDefinitionId,
    directoryScopeId: scope,
    holders: [principalId],
  };
}
