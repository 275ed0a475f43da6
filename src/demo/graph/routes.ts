import type { Tenant } from '../tenant/tenant.ts';
import { type Body, type Call, noSegment } from './call.ts';
import { denied, Refusal } from './refusal.ts';
import { serveRoleAssignments } from './role-assignments.ts';
import { serveSignIns } from './sign-ins.ts';
import { serveUsers } from './users.ts';

/** Application permissions that the pretend Graph looks at. */
export type Permission =
  | 'AuditLog.Read.All'
  | 'Policy.Read.All'
  | 'RoleManagement.Read.Directory'
  | 'User.ReadBasic.All'
  | 'User.Read.All';

/** `none` cannot read the log, `P1` sees risk as hidden. */
export type Licence = 'none' | 'P1' | 'P2';

/** What the calling app was granted, and what the tenant has paid for. */
export interface Rights {
  readonly permissions: ReadonlySet<Permission>;
  readonly licence: Licence;
}

/** Answers a call, or throws a Refusal. */
export type Router = (call: Call) => Body;

/** Joins the resources of the pretend Graph. */
export const createRouter = (tenant: Tenant, { permissions, licence }: Rights): Router => {
  const signIns = serveSignIns(tenant, {
    riskVisible: licence === 'P2',
    policiesVisible: permissions.has('Policy.Read.All'),
  });
  const users = serveUsers(tenant, permissions.has('User.Read.All'));
  const roleAssignments = serveRoleAssignments(tenant);
  return (call) => {
    const [first = '', second = '', third] = call.segments;
    switch (first.toLowerCase()) {
      case 'auditlogs':
        if (second.toLowerCase() !== 'signins' || call.segments.length > 3) throw noSegment(second);
        mayReadLog(permissions, licence);
        return third === undefined ? signIns.list(call) : signIns.get(call, third);
      case 'rolemanagement':
        if (!isRoleAssignments(call)) throw noSegment(third ?? second);
        if (!permissions.has('RoleManagement.Read.Directory')) throw denied();
        return roleAssignments(call);
      case 'users':
        if (third !== undefined) throw noSegment(third);
        if (!permissions.has('User.ReadBasic.All') && !permissions.has('User.Read.All')) throw denied();
        return second === '' ? users.list(call) : users.get(call, second);
      default:
        throw noSegment(first);
    }
  };
};

const mayReadLog = (permissions: ReadonlySet<Permission>, licence: Licence): void => {
  if (!permissions.has('AuditLog.Read.All'))
    throw new Refusal(
      403,
      'Authentication_MSGraphPermissionMissing',
      'Calling principal does not have required MSGraph permissions AuditLog.Read.All',
    );
  if (licence === 'none')
    throw new Refusal(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
};

/** In beta only. */
const isRoleAssignments = ({ version, segments }: Call): boolean =>
  version === 'beta' && segments.slice(1).join('/').toLowerCase() === 'directory/transitiveroleassignments';
