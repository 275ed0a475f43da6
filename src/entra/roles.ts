/**
 * Built-in roles of Microsoft Entra ID that Flagman knows, by display name. Only the template id counts: anyone may
 * name a custom role like a built-in one. Source: Microsoft's reference of built-in roles.
 */
export const ROLES = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Security Administrator': '194ae4cb-b126-40b2-bd5b-6091b380977d',
  'Security Operator': '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
  'Security Reader': '5d6b6bb7-de71-4623-b4af-96380a352509',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'Reports Reader': '4a5d8f65-41da-4de4-8968-e035b65339cf',
  'Helpdesk Administrator': '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  'Authentication Administrator': 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  'Privileged Authentication Administrator': '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  'Password Administrator': '966707d0-3269-4727-9be2-8c3a10f19b9d',
} as const;

export type RoleName = keyof typeof ROLES;

/** Roles that may read sign-ins, risky users and detections; the app alone could otherwise be anyone's keyhole. */
export const READER_ROLES: readonly RoleName[] = [
  'Reports Reader',
  'Security Reader',
  'Global Reader',
  'Security Operator',
  'Security Administrator',
  'Global Administrator',
];

/** Roles that may decide about risk, the more specific first; a custom role has to be configured. */
export const RISK_ROLES: readonly RoleName[] = ['Security Administrator', 'Global Administrator'];

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(ROLES).map(([name, id]) => [id, name]));

/** The display name of a built-in role by its template id, or undefined for a role that is not in the table. */
export const roleName = (templateId: string): string | undefined => NAMES.get(templateId.toLowerCase());

/** What to call these roles: display names, and for roles that are not in the table their ids. */
export const roleNames = (ids: readonly string[]): readonly string[] => ids.map((id) => roleName(id) ?? id);
