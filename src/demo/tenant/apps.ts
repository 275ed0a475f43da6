/** An application of the tenant, as client or as resource. */
export interface App {
  readonly appId: string;
  readonly name: string;
  /** Tenant that owns it. */
  readonly owner: string;
}

const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
const CONTOSO = '7f1c9d2e-4b58-4a36-9c0e-2d5f6a81b3c4';

const app = (appId: string, name: string, owner = MICROSOFT): App => ({ appId, name, owner });

/** What people sign in with. */
export const APPS = {
  portal: app('c44b4083-3bb0-49c1-b47d-974e53cbdf3c', 'Azure Portal'),
  teams: app('1fec8e78-bce4-4aaf-ab1b-5451cc387264', 'Microsoft Teams'),
  outlook: app('d3590ed6-52b3-4102-aeff-aad2292ab01c', 'Microsoft Office'),
  exchange: app('00000002-0000-0ff1-ce00-000000000000', 'Office 365 Exchange Online'),
  sharepoint: app('00000003-0000-0ff1-ce00-000000000000', 'Office 365 SharePoint Online'),
  explorer: app('de8bc8b5-d9f9-48b1-a8ad-b748da725064', 'Graph Explorer'),
  expenses: app('5b1d7c0e-93a4-4c56-8f21-6a70b9d3e811', "Bob's Expense Tool", CONTOSO),
  vpn: app('9e4f2a16-0d7b-4b83-a5c9-1f3e8d6b7024', 'Contoso VPN', CONTOSO),
} as const satisfies Record<string, App>;

/** What is reached with them. */
export const RESOURCES = {
  graph: app('00000003-0000-0000-c000-000000000000', 'Microsoft Graph'),
  management: app('797f4846-ba00-4fd7-ba43-dac1f8f63013', 'Windows Azure Service Management API'),
  vault: app('cfa8b339-82a2-471a-a3c9-0fc0be7a4093', 'Azure Key Vault'),
  exchange: APPS.exchange,
  sharepoint: APPS.sharepoint,
} as const satisfies Record<string, App>;

/** A program that signs in for itself. */
export interface Program extends App {
  readonly servicePrincipalId: string;
  readonly resource: App;
}

const program = (appId: string, servicePrincipalId: string, name: string, resource: App): Program => ({
  ...app(appId, name, CONTOSO),
  servicePrincipalId,
  resource,
});

/** Its secret leaks in one of the stories. */
export const PAYROLL = program(
  '11111111-2222-3333-4444-555555555555',
  '8c2e5d90-71b4-4a6f-b0d3-49e1f7a2c601',
  'Contoso Payroll Sync',
  RESOURCES.graph,
);

export const SERVICE_PRINCIPALS: readonly [Program, ...Program[]] = [
  PAYROLL,
  program(
    '2d8f6b31-5c90-4e17-9a42-b7e03c1d5f88',
    '1f7a0b62-3e54-4c8d-a9b1-60d2e5f78c93',
    'Backup Agent',
    RESOURCES.vault,
  ),
  program(
    '6e0a9c74-18d3-4b52-8f6e-d4a17b93c205',
    'b3d81e47-9f20-4a65-8c1d-7e56a0f4b219',
    'Ticket Bridge',
    RESOURCES.graph,
  ),
  program(
    'a7f3d158-60be-4d29-b8c4-0e92f61a7d3c',
    '4e96c0d2-a813-4f7b-95e0-c2b7d1386fa5',
    'Mail Archiver',
    RESOURCES.exchange,
  ),
];

export const MANAGED_IDENTITIES: readonly [Program, ...Program[]] = [
  program(
    'b9c5e240-7a1f-4863-9d0e-3f8b26a4c7d1',
    '5a0d7e93-c624-4b18-8ef5-1d97b3f062ac',
    'vm-build-01',
    RESOURCES.vault,
  ),
  program(
    'e1d47a86-3b5c-4f90-a278-6c9e0b1f5d34',
    'd2f8b610-49e7-4c3a-b5d0-8e71a6f4c925',
    'func-invoices',
    RESOURCES.management,
  ),
];
