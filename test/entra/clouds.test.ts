import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AuthenticationConstants, GovernmentConstants } from 'botframework-connector';
import { CLOUDS, isLoopback } from '../../src/entra/clouds.ts';

/** Every address, scope and issuer, as it was decided. A change of the table is a change of whom secrets are shown to. */
const FROZEN: Readonly<Record<keyof typeof CLOUDS, unknown>> = {
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

describe('the table of clouds', () => {
  test('is closed: these, with these addresses, scopes and issuers', () => {
    expect(CLOUDS).toEqual(FROZEN);
  });

  test.each(Object.values(CLOUDS))('$name is spoken to over TLS, at whole origins', (cloud) => {
    for (const url of [cloud.graphUrl, cloud.loginUrl, cloud.portalUrl])
      expect(new URL(url).origin).toBe(url);
    for (const url of [cloud.graphUrl, cloud.loginUrl, cloud.portalUrl, cloud.botOpenIdUrl]) {
      expect(url).toMatch(/^https:/);
      expect(isLoopback(url)).toBe(false);
    }
    expect(cloud.botScope).toBe(`${cloud.botIssuer}/.default`);
  });

  test('agrees with what botbuilder knows of the global and the government cloud', () => {
    const { global, usgov, usgovdod } = CLOUDS;
    expect(global.botOpenIdUrl).toBe(AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl);
    expect(global.botIssuer).toBe(AuthenticationConstants.ToBotFromChannelTokenIssuer);
    expect(global.botScope).toBe(`${AuthenticationConstants.ToChannelFromBotOAuthScope}/.default`);
    for (const cloud of [usgov, usgovdod]) {
      expect(cloud.botOpenIdUrl).toBe(GovernmentConstants.ToBotFromChannelOpenIdMetadataUrl);
      expect(cloud.botIssuer).toBe(GovernmentConstants.ToBotFromChannelTokenIssuer);
      expect(cloud.botScope).toBe(`${GovernmentConstants.ToChannelFromBotOAuthScope}/.default`);
      expect(GovernmentConstants.ToChannelFromBotLoginUrlPrefix).toBe(`${cloud.loginUrl}/`);
    }
  });
});

/** What was found out about a cloud; whatever could not be, is absent. */
interface Known {
  readonly graph: string;
  readonly login: string;
  readonly botScope?: string;
  readonly botTokenIssuer?: string;
  readonly teamsServiceUrl?: string;
}

const DATA = '../shared/data';
const there = existsSync(`${DATA}/national-clouds.json`);
const load = (file: string) => JSON.parse(readFileSync(`${DATA}/${file}`, 'utf8'));

const NAMED = [
  ['global', 'global'],
  ['gcc', 'global'],
  ['usgov-l4-gcchigh', 'usgov'],
  ['usgov-l5-dod', 'usgovdod'],
  ['china-21vianet', 'china'],
] as const;

describe('what was found out', () => {
  (there ? test.each(NAMED) : test.skip.each(NAMED))('of %s is what the table says of %s', (name, ours) => {
    const known: Known = load('national-clouds.json').clouds[name];
    const cloud = CLOUDS[ours];
    expect(cloud.graphUrl).toBe(known.graph);
    // Of China two names are known.
    expect(known.login).toContain(cloud.loginUrl);
    expect(cloud.botScope).toBe(known.botScope ?? cloud.botScope);
    expect(cloud.botIssuer).toBe(known.botTokenIssuer ?? cloud.botIssuer);
    if (known.teamsServiceUrl) expect(cloud.serviceHosts).toContain(new URL(known.teamsServiceUrl).hostname);
  });

  const SCHEMAS = [
    ['Prod', 'global'],
    ['Fairfax', 'usgov'],
    ['Fairfax', 'usgovdod'],
    ['Mooncake', 'china'],
  ] as const;

  (there ? test.each(SCHEMAS) : test.skip.each(SCHEMAS))(
    'of the schema %s is what %s is said to be without',
    (schema, ours) => {
      const presence = load('csdl/cloud-presence.json');
      const { identityProtection, signInActions } = presence['v1.0'][schema];
      expect(CLOUDS[ours].gaps.includes('user-risk')).toBe(!identityProtection);
      // Decisions about sign-ins are offered in every cloud.
      expect(signInActions).toBe(true);
    },
  );
});
