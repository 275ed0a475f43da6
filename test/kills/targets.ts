import { randomUUID } from 'node:crypto';
import { SignInTarget } from '../../src/actions/action.ts';
import { createTenant, type Tenant } from '../../src/demo/tenant/tenant.ts';

/** A tenant of so many sign-ins at risk that nobody has decided about, and what a request says of each. */
export const riskyTenant = (
  count: number,
): { readonly tenant: Tenant; readonly targets: readonly SignInTarget[] } => {
  const tenant = createTenant({ seed: 7, now: Date.now() });
  const model = tenant.signIns.find(
    (row) => row.riskState === 'atRisk' && SignInTarget.safeParse(row).success,
  );
  if (model === undefined) throw new Error('Nothing is at risk.');
  const signIns = Array.from({ length: count }, () => ({ ...model, id: randomUUID() }));
  return { tenant: { ...tenant, signIns }, targets: signIns.map((row) => SignInTarget.parse(row)) };
};
