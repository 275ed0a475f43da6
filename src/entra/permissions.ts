/** An application permission of Microsoft Graph that Flagman uses or may use. */
export interface Permission {
  readonly name: string;
  /** Id of the app role, the same in every tenant. Source: Microsoft Graph's permissions reference. */
  readonly id: string;
  /**
   * `always`: without it people are not answered. `changes`: only where something is to be changed. `extra`: Flagman does
   * without, and shows less.
   */
  readonly needed: 'always' | 'changes' | 'extra';
  /** What it is for, as the README lists it. */
  readonly purpose: string;
  /** What does not work without it, as a sentence. */
  readonly without: string;
  /** Broader permissions with which Graph answers the same. Source: the permissions of each call in Graph's reference. */
  readonly broader: readonly string[];
}

/** Everything that Flagman asks Graph for, each with the least permission that Graph documents. */
export const PERMISSIONS: readonly Permission[] = [
  {
    name: 'AuditLog.Read.All',
    id: 'b0afded3-3588-46d8-8b3d-9842eff778da',
    needed: 'always',
    purpose: 'reading sign-ins',
    without: 'No question about sign-ins can be answered.',
    broader: [],
  },
  {
    name: 'RoleManagement.Read.Directory',
    id: '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
    needed: 'always',
    purpose: 'reading which roles the asker holds now',
    without: 'Nobody can be told to hold a role, so everybody is refused.',
    broader: ['Directory.Read.All', 'Directory.ReadWrite.All', 'RoleManagement.ReadWrite.Directory'],
  },
  {
    name: 'User.Read.All',
    id: 'df021288-bdef-4463-88db-98f22de89214',
    needed: 'always',
    purpose:
      'refusing guests and disabled accounts when something is to be changed; also offering people when somebody types a name instead of an address',
    without: 'Every change is refused, and nobody is found by name.',
    broader: ['Directory.Read.All', 'Directory.ReadWrite.All', 'User.ReadWrite.All'],
  },
  {
    name: 'IdentityRiskEvent.ReadWrite.All',
    id: 'db06fb33-1953-4b7b-a2ac-f1e2c854f7ae',
    needed: 'changes',
    purpose:
      'confirming sign-ins compromised or safe, and dismissing their risk; leave it out where nothing is to be changed',
    without: 'No sign-in can be confirmed compromised or safe, and no risk can be dismissed.',
    broader: [],
  },
  {
    name: 'Policy.Read.ConditionalAccess',
    id: '37730810-e9ba-4e46-b07e-8ca78d182097',
    needed: 'extra',
    purpose:
      'showing the Conditional Access policies of a sign-in; without it the details card leaves that section out',
    without: 'The details of a sign-in leave out its Conditional Access policies.',
    broader: [],
  },
];

/** Whether whoever holds these permissions may do what this one is for. */
export const isCovered = ({ name, broader }: Permission, held: readonly string[]): boolean =>
  [name, ...broader].some((one) => held.includes(one));

/** The permissions that none of Flagman's calls needs. */
export const unneededOf = (held: readonly string[]): readonly string[] =>
  held.filter((name) => !PERMISSIONS.some((permission) => permission.name === name));

/** Whether a permission lets its holder change something, by its name: `User.ReadWrite.All`, `Mail.Send`. */
export const canChange = (name: string): boolean => !/\.Read(?:Basic)?(?:\.|$)/.test(name);
