/**
 * What a cloud is without. Source: Microsoft's published schemas of Graph, one a cloud, and the availability tables of
 * its pages.
 *
 * - `user-risk`: Graph has no `identityProtection`, so no risky users and no risk detections. The risk of sign-ins is
 *   there, and so are the decisions about it.
 * - `flags-unproven`: flagged sign-ins stand in Graph's beta alone, whose schema for this cloud nobody could read.
 */
export type Gap = 'user-risk' | 'flags-unproven';

/** One Microsoft cloud: the only hosts that Flagman speaks to and gives a token to, and where it sends people. */
export interface Cloud {
  readonly name: 'global' | 'usgov' | 'usgovdod' | 'china' | 'local';
  /** Root of Microsoft Graph, without version or trailing slash. */
  readonly graphUrl: string;
  /** Authority that issues tokens for Graph and for the Bot Framework. */
  readonly loginUrl: string;
  /** Audience of a token with which somebody vouches for an application (a federated credential). */
  readonly tokenExchange: string;
  /** OpenID configuration whose keys sign what the channel sends. */
  readonly botOpenIdUrl: string;
  /** The only issuer of inbound tokens. */
  readonly botIssuer: string;
  readonly botScope: string;
  /** Hosts that an activity's serviceUrl may name. */
  readonly serviceHosts: readonly string[];
  /**
   * Domains of the sites that a file of a bot may be put to; none where Teams takes no files of bots.
   * Source: Teams' page on files of bots, which names GCC High and DoD.
   */
  readonly fileHosts: readonly string[];
  /** The Entra admin center, for people: Flagman itself never asks it. */
  readonly portalUrl: string;
  readonly gaps: readonly Gap[];
}

/**
 * The closed table of clouds. GCC uses the global Graph and differs only in its Teams host, so it has no row.
 * Source: Microsoft's national cloud pages and the constants of botbuilder and the Agents SDK.
 */
export const CLOUDS: Readonly<Record<Exclude<Cloud['name'], 'local'>, Cloud>> = {
  global: {
    name: 'global',
    graphUrl: 'https://graph.microsoft.com',
    loginUrl: 'https://login.microsoftonline.com',
    tokenExchange: 'api://AzureADTokenExchange',
    botOpenIdUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    botIssuer: 'https://api.botframework.com',
    botScope: 'https://api.botframework.com/.default',
    serviceHosts: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'],
    fileHosts: ['sharepoint.com'],
    portalUrl: 'https://entra.microsoft.com',
    gaps: [],
  },
  usgov: {
    name: 'usgov',
    graphUrl: 'https://graph.microsoft.us',
    loginUrl: 'https://login.microsoftonline.us',
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
    botOpenIdUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    botIssuer: 'https://api.botframework.us',
    botScope: 'https://api.botframework.us/.default',
    serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
    fileHosts: [],
    portalUrl: 'https://entra.microsoft.us',
    gaps: ['flags-unproven'],
  },
  usgovdod: {
    name: 'usgovdod',
    graphUrl: 'https://dod-graph.microsoft.us',
    loginUrl: 'https://login.microsoftonline.us',
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
    botOpenIdUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    botIssuer: 'https://api.botframework.us',
    botScope: 'https://api.botframework.us/.default',
    serviceHosts: ['smba.infra.dod.teams.microsoft.us'],
    fileHosts: [],
    portalUrl: 'https://entra.microsoft.us',
    gaps: ['flags-unproven'],
  },
  china: {
    name: 'china',
    graphUrl: 'https://microsoftgraph.chinacloudapi.cn',
    loginUrl: 'https://login.partner.microsoftonline.cn',
    tokenExchange: 'api://AzureADTokenExchangeChina',
    botOpenIdUrl: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    botIssuer: 'https://api.botframework.azure.cn',
    botScope: 'https://api.botframework.azure.cn/.default',
    serviceHosts: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
    fileHosts: ['sharepoint.cn'],
    portalUrl: 'https://entra.microsoftonline.cn',
    gaps: ['user-risk', 'flags-unproven'],
  },
};

/** Whether a URL points at this machine: the only place that `CLOUD=local` may speak to. */
export const isLoopback = (url: string): boolean => {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
};
