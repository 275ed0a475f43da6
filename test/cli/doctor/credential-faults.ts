import { type Case, WITHOUT_BOT, WITHOUT_BOTH, WITHOUT_GRAPH } from './fault.ts';

/** What can be wrong with who Flagman is. */
export const CREDENTIALS: readonly Case[] = [
  {
    fault: "Graph's secret is wrong",
    happens: () => ({ GRAPH_CLIENT_SECRET: 'another' }),
    finds: {
      'graph-credentials': [
        'wrong',
        /secret is wrong.*AADSTS7000215/,
        /az ad app credential reset.*GRAPH_CLIENT_SECRET/,
      ],
    },
    ...WITHOUT_GRAPH,
  },
  {
    fault: "the bot's secret is wrong",
    happens: () => ({ MicrosoftAppPassword: 'another' }),
    finds: { 'bot-credentials': ['wrong', /secret is wrong/, /MicrosoftAppPassword/] },
    ...WITHOUT_BOT,
  },
  {
    fault: 'the secrets have expired',
    happens: ({ login }) => {
      login.faults.refuse = 'expired-secret';
    },
    finds: {
      'bot-credentials': ['wrong', /has expired/, /MicrosoftAppPassword/],
      'graph-credentials': ['wrong', /has expired/, /GRAPH_CLIENT_SECRET/],
    },
    ...WITHOUT_BOTH,
  },
  {
    fault: 'the tenant does not know the application',
    happens: () => ({ GRAPH_CLIENT_ID: 'f1a90000-0de0-4c52-8f6a-000000000000' }),
    finds: { 'graph-credentials': ['wrong', /does not know the application/, /GRAPH_CLIENT_ID/] },
    ...WITHOUT_GRAPH,
  },
  {
    fault: 'there is no such tenant',
    happens: () => ({ MicrosoftAppTenantId: 'f1a90000-0de0-4c52-8f6a-000000000000' }),
    finds: {
      'bot-credentials': ['wrong', /no such tenant/, /MicrosoftAppTenantId/],
      'graph-credentials': ['wrong', /no such tenant/, /MicrosoftAppTenantId/],
    },
    ...WITHOUT_BOTH,
  },
  {
    fault: 'the certificate of the login is not trusted',
    happens: () => ({ NODE_EXTRA_CA_CERTS: null }),
    finds: {
      'bot-credentials': ['wrong', /not trusted/, /NODE_EXTRA_CA_CERTS/],
      'graph-credentials': ['wrong', /not trusted/, /NODE_EXTRA_CA_CERTS/],
      clock: ['not-checked', /nobody answered/],
    },
    ...WITHOUT_BOTH,
  },
  {
    fault: 'the login cuts every connection',
    happens: ({ login }) => {
      login.faults.isDown = true;
    },
    finds: {
      'bot-credentials': ['wrong', /cannot be reached/, /443/],
      'graph-credentials': ['wrong', /cannot be reached/, /443/],
      clock: ['not-checked', /nobody answered/],
    },
    ...WITHOUT_BOTH,
  },
];
