/** Appends to a ledger as fast as it can, with a checkpoint after every entry, until it is killed. */
import { createLog } from '../../src/lib/log.ts';
import { openLedger } from '../../src/running-ledger.ts';
import { openStore } from '../../src/store/store.ts';

const [data = '', settings = ''] = process.argv.slice(2);
const config = JSON.parse(settings);
const secrets = config.secrets.map((secret: string) => Buffer.from(secret, 'hex'));
const store = await openStore(data);
const log = createLog({ level: 'silent' });
let now = Date.now();
// Five minutes at every look, so that a checkpoint is always due.
const clock = (): number => {
  now += 5 * 60_000;
  return now;
};
const ledger = await openLedger({
  stored: store.ledger,
  config: { ...config, secrets },
  clock,
  log,
});
for (let n = 1; ; n += 1) {
  await ledger.append({
    kind: 'question',
    at: Date.now(),
    person: { id: 'ana', name: 'Ana' },
    conversationId: 'chat',
    command: 'flagged',
    filter: '',
    named: { users: [], addresses: [] },
    rows: n,
    verdict: 'finished',
  });
  await ledger.tick();
  process.stdout.write('.');
}
