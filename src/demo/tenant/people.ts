/** The pretend company's Entra tenant. */
export const TENANT_ID = '7f1c9d2e-4b58-4a36-9c0e-2d5f6a81b3c4';

/** Someone whom a visitor of the demo can be. */
export interface DemoPerson {
  /** Microsoft Entra object id, a lower-case GUID. */
  readonly oid: string;
  readonly name: string;
  /** As the directory holds it; a guest's has `#EXT#`. */
  readonly userPrincipalName: string;
  /** The role that counts for Flagman, in words. */
  readonly role: string;
  /** One line that tells a visitor what to expect when being this person. */
  readonly about: string;
  /** IANA zone that this person's Teams client reports. */
  readonly zone: string;
  /** The number of the person behind the account, where somebody has two accounts. */
  readonly employeeId?: string;
}

const MAYA = 'C-1001';

/** The people to be. Object ids are fixed, so that tests and the browser page can name them. */
export const PEOPLE = {
  analyst: {
    oid: '0a1b2c3d-1001-4f00-8a00-000000000001',
    name: 'Maya Okafor',
    userPrincipalName: 'maya.okafor@contoso.com',
    role: 'Security Reader',
    about: 'On call tonight. May ask about every sign-in.',
    zone: 'Europe/Oslo',
    employeeId: MAYA,
  },
  secondAnalyst: {
    oid: '0a1b2c3d-1002-4f00-8a00-000000000002',
    name: 'Jonas Berg',
    userPrincipalName: 'jonas.berg@contoso.com',
    role: 'Security Operator',
    about: 'Second analyst. May also block accounts and revoke sessions.',
    zone: 'Europe/Oslo',
  },
  approver: {
    oid: '0a1b2c3d-1003-4f00-8a00-000000000003',
    name: 'Priya Raman',
    userPrincipalName: 'priya.raman@contoso.com',
    role: 'Security Administrator',
    about: 'Approves changes. Holds the role through a group.',
    zone: 'Asia/Kolkata',
  },
  globalAdmin: {
    oid: '0a1b2c3d-1004-4f00-8a00-000000000004',
    name: 'Grace Whitfield',
    userPrincipalName: 'grace.whitfield@contoso.com',
    role: 'Global Administrator',
    about: 'Runs the tenant. May approve what a Security Administrator may.',
    zone: 'America/Los_Angeles',
  },
  helpDesk: {
    oid: '0a1b2c3d-1005-4f00-8a00-000000000005',
    name: 'Tom Keller',
    userPrincipalName: 'tom.keller@contoso.com',
    role: 'Reports Reader',
    about: 'Help desk. Looks up why somebody cannot sign in.',
    zone: 'Europe/London',
  },
  outsider: {
    oid: '0a1b2c3d-1006-4f00-8a00-000000000006',
    name: 'Ines Duarte',
    userPrincipalName: 'ines.duarte@contoso.com',
    role: 'No role',
    about: 'Incident commander. Leads the call, but the directory gives no role.',
    zone: 'America/Sao_Paulo',
  },
  guest: {
    oid: '0a1b2c3d-1007-4f00-8a00-000000000007',
    name: 'Adele Vance',
    userPrincipalName: 'adele.vance_fabrikam.com#EXT#@contoso.com',
    role: 'Security Administrator (guest)',
    about: 'Consultant from Fabrikam. Holds a role, but is a guest.',
    zone: 'America/New_York',
  },
  eligible: {
    oid: '0a1b2c3d-1008-4f00-8a00-000000000008',
    name: 'Viktor Hale',
    userPrincipalName: 'viktor.hale@contoso.com',
    role: 'Eligible, not active',
    about: 'Could activate Security Administrator, but has not.',
    zone: 'Europe/London',
  },
  regionalAdmin: {
    oid: '0a1b2c3d-1009-4f00-8a00-000000000009',
    name: 'Lena Fischer',
    userPrincipalName: 'lena.fischer@contoso.com',
    role: 'Security Administrator of one unit',
    about: 'Holds the role for one administrative unit only, which does not count.',
    zone: 'Europe/Berlin',
  },
  customRole: {
    oid: '0a1b2c3d-1010-4f00-8a00-000000000010',
    name: 'Olu Adeyemi',
    userPrincipalName: 'olu.adeyemi@contoso.com',
    role: 'Custom role of the same name',
    about: 'Holds a custom role that is called Security Administrator, and is not it.',
    zone: 'Africa/Lagos',
  },
  analystAdmin: {
    oid: '0a1b2c3d-1011-4f00-8a00-000000000011',
    name: 'Maya Okafor (admin)',
    userPrincipalName: 'adm.maya.okafor@contoso.com',
    role: 'Security Administrator',
    about: "Maya's second account. May approve, but not what Maya herself asked for.",
    zone: 'Europe/Oslo',
    employeeId: MAYA,
  },
} as const satisfies Record<string, DemoPerson>;
