/** The bare echo bot: the same adapter and the same token checks as Flagman, and nothing behind them. */
import { CLOUDS } from '../../src/entra/clouds.ts';
import { createLog } from '../../src/lib/log.ts';
import { createTeams } from '../../src/teams/server.ts';

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
  credential: { kind: 'local' },
  doors: {
    onMessage: (message, chat) => chat.say(message.text),
    onPress: async () => ({ message: '' }),
    onInstall: async () => undefined,
  },
  clock: Date.now,
  log: createLog({ level: 'error' }),
  onEvent: () => undefined,
  ready: () => true,
});

await teams.listen(Number(PORT));
process.once('SIGTERM', () => teams.close());
