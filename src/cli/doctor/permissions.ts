import { canChange, isCovered, PERMISSIONS, type Permission, unneededOf } from '../../entra/permissions.ts';
import { showText } from '../../lib/text.ts';
import { GRAPH_APP_ID } from './credentials.ts';
import { about, type Found, fine, warning, wrong } from './finding.ts';

/** Who holds the permissions, as whoever mends it has to name it. */
export interface Holder {
  readonly appId: string;
  /** Root of Microsoft Graph. */
  readonly graphUrl: string;
  /** The Entra admin center. */
  readonly portalUrl: string;
  /** A managed identity has no app registration in which permissions could be asked for. */
  readonly isManagedIdentity: boolean;
}

/** What a question about sign-ins takes. */
export const PERMISSION_OF_SIGN_INS = 'AuditLog.Read.All';

const LONGEST_NAME = 80;

const DOCUMENTED = PERMISSIONS.flatMap(({ name, broader }) => [name, ...broader]);

/** A permission as Microsoft spells it: one that differs in case alone is the same. */
export const asDocumented = (held: string): string =>
  DOCUMENTED.find((name) => name.toLowerCase() === held.toLowerCase()) ?? held;

const grant = ({ id, name }: Permission, { appId, graphUrl, isManagedIdentity }: Holder): string =>
  isManagedIdentity
    ? `Give ${name} (app role ${id} of Microsoft Graph) to the service principal of the identity: \`az rest --method POST --url ${graphUrl}/v1.0/servicePrincipals/OBJECT-ID/appRoleAssignments --body '{"principalId":"OBJECT-ID","resourceId":"OBJECT-ID-OF-GRAPH","appRoleId":"${id}"}'\`. Then wait until its old token ends, up to a day.`
    : `\`az ad app permission add --id ${appId} --api ${GRAPH_APP_ID} --api-permissions ${id}=Role\`, then \`az ad app permission admin-consent --id ${appId}\`.`;

const revoke = (name: string, { appId, portalUrl, isManagedIdentity }: Holder): string =>
  isManagedIdentity
    ? `In ${portalUrl}: Enterprise applications, All applications, ${appId}, Permissions: take ${name} away, or delete its app role assignment.`
    : `In ${portalUrl}: App registrations, ${appId}, API permissions: revoke the admin consent for ${name}, then remove it.`;

const missing = (permission: Permission, holder: Holder): Found => {
  const what = `Missing. ${permission.without}`;
  switch (permission.needed) {
    case 'always':
      return wrong(what, grant(permission, holder));
    case 'changes':
      return warning(
        what,
        `Where nothing is to be changed that is right. Else: ${grant(permission, holder)}`,
      );
    case 'extra':
      return fine(`Not given, and not needed. ${permission.without}`);
  }
};

const needed = (permission: Permission, held: readonly string[], holder: Holder): Found => {
  if (held.includes(permission.name)) return fine('Given.');
  return isCovered(permission, held) ? fine('Covered by a broader one.') : missing(permission, holder);
};

const unneeded = (name: string, held: readonly string[], holder: Holder): Found => {
  const instead = PERMISSIONS.filter(
    (permission) => permission.broader.includes(name) && !held.includes(permission.name),
  );
  const give =
    instead.length === 0 ? '' : `First give ${instead.map((one) => one.name).join(' and ')} instead. `;
  const mend = `${give}${revoke(name, holder)}`;
  return canChange(name)
    ? wrong('More than needed: whoever takes over the bot could use it to change the tenant.', mend)
    : warning('More than needed.', mend);
};

/**
 * What is missing and what is too much.
 *
 * @param held the application permissions that the token names
 */
export const permissionFindings = (held: readonly string[], holder: Holder): readonly Found[] => [
  ...PERMISSIONS.map((permission) => about(permission.name, needed(permission, held, holder))),
  ...unneededOf(held).map((name) =>
    about(showText(name, LONGEST_NAME), unneeded(showText(name, LONGEST_NAME), held, holder)),
  ),
];
