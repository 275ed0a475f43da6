import { type Body, type Call, noSegment, type Posted } from './call.ts';
import { denied, notAllowed, Refusal } from './refusal.ts';
import { type RiskSources, serveRiskyUsers } from './risky-users.ts';
import { serveRoleAssignments } from './role-assignments.ts';
import { actionIn, serveSignInActions } from './sign-in-actions.ts';
import { serveSignIns } from './sign-ins.ts';
import { serveUsers } from './users.ts';

/** Application permissions that the pretend Graph looks at. */
export type Permission =
  | 'AuditLog.Read.All'
  | 'IdentityRiskEvent.ReadWrite.All'
  | 'IdentityRiskyUser.Read.All'
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
export const createRouter = (sources: RiskSources, rights: Rights): Router => {
  const read = createReader(sources, rights);
  const write = createWriter(sources, rights);
  return (call) => {
    sources.verdicts.settle();
    return call.posted === undefined ? read(call) : write(call, call.posted);
  };
};

const createReader = (sources: RiskSources, { permissions, licence }: Rights): Router => {
  const signIns = serveSignIns(sources.log, {
    riskVisible: licence === 'P2',
    policiesVisible: permissions.has('Policy.Read.All'),
  });
  const users = serveUsers(sources.directory, permissions.has('User.Read.All'));
  const roleAssignments = serveRoleAssignments(sources.directory);
  const riskyUsers = serveRiskyUsers(sources);
  return (call) => {
    const [first = '', second = '', third] = call.segments;
    switch (first.toLowerCase()) {
      case 'auditlogs':
        if (second.toLowerCase() !== 'signins' || call.segments.length > 3) throw noSegment(second);
        mayReadLog(permissions, licence);
        return third === undefined ? signIns.list(call) : signIns.get(call, third);
      case 'identityprotection':
        if (second.toLowerCase() !== 'riskyusers' || call.segments.length > 3) throw noSegment(second);
        mayReadRisk(permissions, licence);
        return third === undefined ? riskyUsers.list(call) : riskyUsers.get(call, third);
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

const createWriter = ({ log, verdicts }: RiskSources, { permissions, licence }: Rights) => {
  const perform = serveSignInActions(log, verdicts);
  return (call: Call, posted: Posted): Body => {
    const action = actionIn(call);
    if (action === undefined) throw notAllowed();
    if (!permissions.has('IdentityRiskEvent.ReadWrite.All')) throw denied();
    if (licence === 'none') throw notPremium();
    return perform(call, action, posted);
  };
};

const mayReadLog = (permissions: ReadonlySet<Permission>, licence: Licence): void => {
  if (!permissions.has('AuditLog.Read.All'))
    throw new Refusal(
      403,
      'Authentication_MSGraphPermissionMissing',
      'Calling principal does not have required MSGraph permissions AuditLog.Read.All',
    );
  if (licence === 'none') throw notPremium();
};

const mayReadRisk = (permissions: ReadonlySet<Permission>, licence: Licence): void => {
  if (!permissions.has('IdentityRiskyUser.Read.All')) throw denied();
  if (licence !== 'P2') throw new Refusal(403, 'Forbidden', 'Your tenant is not licensed for this feature.');
};

const notPremium = (): Refusal =>
  new Refusal(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    "Neither tenant is B2C or tenant doesn't have premium license",
  );

/** In beta only. */
const isRoleAssignments = ({ version, segments }: Call): boolean =>
  version === 'beta' && segments.slice(1).join('/').toLowerCase() === 'directory/transitiveroleassignments';
