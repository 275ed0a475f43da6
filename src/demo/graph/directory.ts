import { direct, type RoleAssignment } from '../tenant/roles.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { DirectoryUser } from '../tenant/users.ts';

/** Users and roles as they stand now. They begin as the tenant's, which itself is never changed. */
export interface Directory {
  readonly users: () => readonly DirectoryUser[];
  readonly roleAssignments: () => readonly RoleAssignment[];
  /** Gives a person a role, for the whole tenant if no other scope is said. */
  readonly assign: (oid: string, roleDefinitionId: string, directoryScopeId?: string) => void;
  /** Takes a role from a person in every scope; one that comes through a group, by leaving the group. */
  readonly unassign: (oid: string, roleDefinitionId: string) => void;
  /** Switches an account on or off. */
  readonly setAccount: (oid: string, account: Pick<DirectoryUser, 'accountEnabled'>) => void;
}

/** Keeps the directory of a running pretend Graph. */
export const createDirectory = (tenant: Tenant): Directory => {
  let { users, roleAssignments } = tenant;
  let assigned = 0;
  return {
    users: () => users,
    roleAssignments: () => roleAssignments,
    assign: (oid, roleDefinitionId, directoryScopeId) => {
      assigned += 1;
      roleAssignments = [...roleAssignments, direct(`B${assigned}`, oid, roleDefinitionId, directoryScopeId)];
    },
    unassign: (oid, roleDefinitionId) => {
      roleAssignments = roleAssignments.flatMap((assignment) => {
        if (assignment.roleDefinitionId !== roleDefinitionId) return [assignment];
        if (assignment.principalId === oid) return [];
        return [{ ...assignment, holders: assignment.holders.filter((holder) => holder !== oid) }];
      });
    },
    setAccount: (oid, account) => {
      if (!users.some(({ id }) => id === oid)) throw new Error(`No user has the id ${oid}`);
      users = users.map((user) => (user.id === oid ? { ...user, ...account } : user));
    },
  };
};
