import type { Tenant } from '../tenant/tenant.ts';
import { createDirectory, type Directory } from './directory.ts';
import { createRouter, type Licence, type Permission, type Router } from './routes.ts';
import { createSignInLog } from './sign-in-log.ts';
import { type Behaviour, createVerdicts, type Verdicts } from './verdicts.ts';

/** What the pretend Graph starts from. */
export interface WorldOptions {
  readonly tenant: Tenant;
  /** Milliseconds since 1970; dates, the 90 days of the log, the lag and the throttling windows follow it. */
  readonly clock: () => number;
  readonly permissions?: ReadonlySet<Permission>;
  readonly licence?: Licence;
  /** Milliseconds from a POST until reads show what it did; 0 if absent. */
  readonly lag?: number;
}

/** What happens past the wire: what was done, what people do elsewhere, and how the service behaves. */
export interface Controls
  extends Pick<Verdicts, 'effects' | 'decide'>,
    Pick<Directory, 'assign' | 'unassign' | 'setAccount'> {
  /** Change it at any time. */
  readonly behaviour: Behaviour;
}

/** What README asks an administrator to grant, and risky users and policies beside. */
const GRANTED: ReadonlySet<Permission> = new Set([
  'AuditLog.Read.All',
  'IdentityRiskEvent.ReadWrite.All',
  'IdentityRiskyUser.Read.All',
  'Policy.Read.All',
  'RoleManagement.Read.Directory',
  'User.Read.All',
]);

/** Puts a tenant behind routes. What is changed afterwards is changed here, never in the tenant. */
export const createWorld = (
  options: WorldOptions,
): { readonly route: Router; readonly controls: Controls } => {
  const { tenant, clock, permissions = GRANTED, licence = 'P2', lag = 0 } = options;
  const behaviour: Behaviour = { lag };
  const directory = createDirectory(tenant);
  const log = createSignInLog(tenant.signIns);
  const verdicts = createVerdicts(log, clock, behaviour);
  const { effects, decide } = verdicts;
  const { assign, unassign, setAccount } = directory;
  return {
    route: createRouter({ directory, log, verdicts }, { permissions, licence }),
    controls: { behaviour, effects, decide, assign, unassign, setAccount },
  };
};
