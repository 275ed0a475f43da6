import { z } from 'zod';
import { passwordsIn } from '../lib/postgres-url.ts';
import { APPLICATION_VARIABLES } from './application-variables.ts';
import { CHANGE_VARIABLES } from './change-variables.ts';
import { SHARE_VARIABLES } from './share-variables.ts';
import { type Setting, setting, type Variable, variable } from './variable.ts';
import { conversation, data, guids, key, keys, oneOf, partsOf, text, url, whole } from './variable-kinds.ts';

const itself = (text: string): readonly string[] => [text];

/** Every variable that Flagman reads. */
export const VARIABLES = {
  ...APPLICATION_VARIABLES,
  GRAPH_BUDGET_SPEED: setting({
    does: 'How many times faster than Microsoft documents the request budget refills. Only for tests against a Graph of your own.',
    schema: whole(1, 1000),
    usual: '1',
    group: 'Graph',
  }),
  GRAPH_PAGE_CAP: setting({
    does: 'How many pages of up to 1,000 sign-ins one question may read; an answer that stops there says so.',
    schema: whole(1, 100),
    usual: '10',
    group: 'Graph',
  }),
  GRAPH_ANSWER_SECONDS: setting({
    does: 'After how many seconds a question stops reading and shows what is known so far.',
    schema: whole(1, 900),
    usual: '120',
    group: 'Graph',
  }),
  DEFAULT_WINDOW_HOURS: setting({
    does: 'How far back a question looks when it names no time.',
    schema: whole(1, 24),
    usual: '24',
    group: 'Questions',
  }),
  RETENTION_DAYS: setting({
    does: 'How long the tenant keeps sign-ins: 30 with Entra ID P1 or P2, 7 without.',
    schema: whole(1, 90),
    usual: '30',
    group: 'Questions',
  }),
  FRESHNESS_SECONDS: setting({
    does: 'Equal questions within this time share one answer, whose age is printed. 0 asks Graph every time.',
    schema: whole(0, 300),
    usual: '10',
    group: 'Questions',
  }),
  SETTLING_MINUTES: setting({
    does: 'Sign-ins reach the log late: an answer whose window ends this close to now says that more may come.',
    schema: whole(0, 120),
    usual: '15',
    group: 'Questions',
  }),
  ROLE_MEMORY_SECONDS: setting({
    does: 'How long a role that allows reading is remembered. 0 asks Graph every time.',
    schema: whole(0, 3600),
    usual: '60',
    group: 'Questions',
  }),
  READER_ROLES: variable({
    does: 'Role template ids that may ask about other people, separated by commas. Usual: Reports Reader, Security Reader, Global Reader, Security Operator, Security Administrator, Global Administrator.',
    schema: guids,
    group: 'Questions',
  }),
  QUESTIONS_PER_MINUTE: setting({
    does: 'How many messages and presses of one person are answered in a minute.',
    schema: whole(1, 100_000),
    usual: '60',
    group: 'Questions',
  }),
  ANSWERS_IN_CHANNELS: setting({
    does: 'Where answers that tell of people go when they were asked for in a channel or group chat: thread (where they were asked for), personal (to the personal chat of whoever asked), targeted (into the thread, but only whoever asked sees them; to the personal chat where Teams does not offer that).',
    schema: oneOf(['thread', 'personal', 'targeted']),
    usual: 'thread',
    group: 'Questions',
  }),
  ...CHANGE_VARIABLES,
  ...SHARE_VARIABLES,
  LEDGER_KEY: variable({
    does: 'Secret that seals the ledger: at least 32 random bytes as hexadecimal digits or base64 (openssl rand -hex 32). Keep it elsewhere than the store. LEDGER_KEY_FILE names a file that holds it instead. With CLOUD=local one is made beside the store.',
    schema: key,
    secrets: itself,
    group: 'Ledger',
  }),
  LEDGER_OLD_KEYS: variable({
    does: 'Keys that LEDGER_KEY replaced, the newest first, separated by commas: what they sealed is verified by them. LEDGER_OLD_KEYS_FILE names a file that holds them instead.',
    schema: keys,
    secrets: partsOf,
    group: 'Ledger',
  }),
  LEDGER_ORIGIN: variable({
    does: 'Whose ledger this is; part of every entry. Usual: the tenant id.',
    schema: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 characters of ASCII without spaces'),
    group: 'Ledger',
  }),
  LEDGER_CHECKPOINT_FILE: variable({
    does: 'File that holds the newest signed checkpoint of the ledger, better on another disk. Usual: DATA with .checkpoint behind it.',
    schema: text,
    group: 'Ledger',
  }),
  LEDGER_RETENTION_DAYS: setting({
    does: 'How many days the names, addresses and filters of questions are kept beside the ledger, which itself holds none and is kept for ever.',
    schema: whole(1, 3650),
    usual: '90',
    group: 'Ledger',
  }),
  LEDGER_CONVERSATION: variable({
    does: 'Id of a chat or channel where signed checkpoints of the ledger are posted: what they cover cannot be changed unseen by whoever has this machine. The bot must have been added there.',
    schema: conversation,
    group: 'Ledger',
  }),
  PORT: setting({
    does: 'Port for /api/messages, /healthz and /readyz.',
    schema: whole(0, 65_535),
    usual: '3978',
    group: 'Running',
  }),
  DATA: setting({
    does: 'What must survive a restart: a SQLite file, or for several replicas postgres://user:password@host/database?sslmode=verify-full. DATA_FILE names a file that holds it instead.',
    schema: data,
    secrets: passwordsIn,
    usual: './data/flagman.db',
    group: 'Running',
  }),
  METRICS_PORT: variable({
    does: 'Port for Prometheus metrics at /metrics, on loopback. Absent: none are served.',
    schema: whole(0, 65_535),
    group: 'Running',
  }),
  LOG_LEVEL: setting({
    does: 'Lowest level that is logged: debug, info, warn, error or silent.',
    schema: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
    usual: 'info',
    group: 'Running',
  }),
  LOCAL_GRAPH_URL: variable({
    does: 'With CLOUD=local: root of a pretend Graph, on loopback.',
    schema: url,
    group: 'Trying it on this machine',
  }),
  LOCAL_OPENID_URL: variable({
    does: 'With CLOUD=local: OpenID configuration whose keys sign inbound tokens, on loopback.',
    schema: url,
    group: 'Trying it on this machine',
  }),
  LOCAL_LOGIN_URL: variable({
    does: 'With CLOUD=local: authority of a pretend Entra ID, on loopback with https, which gives real tokens. Absent: tokens are a fixed text.',
    schema: url,
    group: 'Trying it on this machine',
  }),
} as const satisfies Record<string, Variable<unknown>>;

export type { Variable } from './variable.ts';

export type VariableName = keyof typeof VARIABLES;

/** The variables that have a usual value. */
export type SettingName = {
  [Name in VariableName]: (typeof VARIABLES)[Name] extends Setting<unknown> ? Name : never;
}[VariableName];
