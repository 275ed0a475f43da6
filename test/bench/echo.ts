/** The bare echo bot: the same start, adapter and token checks as Flagman, and nothing behind them. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { CLOUDS } = await import('../../src/entra/clouds.ts');
const { createLog } = await import('../../src/lib/log.ts');
const { createTeams } = await import('../../src/teams/server.ts');

const { PORT, MicrosoftAppId, MicrosoftAppTenantId, LOCAL_OPENID_URL } = process.env;

const teams = createTeams({
  appId: MicrosoftAppId ?? '',
  tenantId: MicrosoftAppTenantId ?? '',
  cloud: {
    ...CLOUDS.global,
    name: 'local',
    botOpenIdUrl: LOCAL_OPENID_URL ?? '',
    serviceHosts: ['127.0.0.1'],
  },
  getToken: async () => 'local',
  doors: {
    onMessage: (message, chat) => chat.say(message.text),
    onPress: async () => ({ message: '' }),
    onSubmit: async () => undefined,
    onFile: async () => undefined,
    onInstall: async () => undefined,
    onSearch: async () => ({ message: '' }),
    onPick: async () => ({ message: '' }),
  },
  clock: Date.now,
  log: createLog({ level: 'error' }),
  onEvent: () => undefined,
  ready: () => true,
});

await teams.listen(Number(PORT));
process.once('SIGTERM', () => teams.close());
