import Database from 'better-sqlite3';
import type { Microsoft, Neighbour } from './microsoft.ts';
import type { Trouble } from './quoting.ts';
import type { Canary } from './scan.ts';
import type { Talk } from './talk.ts';

const HOUR_MS = 3_600_000;

/** A question with a row for each kind of trouble. */
const MANY = 'risky sign-ins last 24h';

const QUESTION = 'risky sign-ins for kim@contoso.com last 7 days';

/** Everything that can be done, undisturbed. */
export const playQuietly = async ({ say, press, search, takeFile }: Talk): Promise<void> => {
  await say('analyst', 'this is incident INC-204', 'channel');
  await say('analyst', QUESTION);
  await say('analyst', 'share #1 to INC-204');
  await say('analyst', 'timeline INC-204');
  await search('analyst', QUESTION);
  await say('analyst', QUESTION);
  await say('analyst', 'export as csv');
  await takeFile('analyst');
  await say('analyst', MANY, 'group');
  await say('analyst', 'confirm compromised #1 reason: user denies travel', 'group');
  await press('approver', 'Approve', 'group');
  await say('outsider', QUESTION);
};

/** The same again, while one neighbour after the other answers with errors that quote. */
export const playDisturbed = async (
  talk: Talk,
  microsoft: Microsoft,
  trouble: Trouble,
  row: number,
): Promise<void> => {
  const { say, press, search, takeFile, conversation } = talk;
  const disturbed = async (
    neighbour: Neighbour,
    only: string,
    act: () => Promise<void>,
    how = trouble,
  ): Promise<void> => {
    const one = microsoft.neighbours[neighbour];
    Object.assign(one, { trouble: how, only });
    await act();
    Object.assign(one, { trouble: undefined, only: '' });
  };
  await disturbed('graph', '/auditLogs', () => say('analyst', QUESTION));
  await disturbed('graph', '/roleManagement', () => say('analyst', QUESTION));
  await disturbed('graph', '/auditLogs', () => search('analyst', `${QUESTION} interrupted`));
  await say('analyst', QUESTION);
  await disturbed('connector', '', () => say('analyst', 'share #1 to INC-204'));
  await disturbed('connector', '', () => say('analyst', QUESTION));
  await disturbed('connector', '', () => say('analyst', QUESTION), 'no-http');
  for (const how of [trouble, 'no-http'] as const) {
    await say('analyst', 'export as csv');
    await disturbed('onedrive', '', () => takeFile('analyst'), how);
  }
  await say('analyst', MANY, 'group');
  await say('analyst', `confirm compromised #${row} reason: user denies travel`, 'group');
  await disturbed('graph', '/confirmCompromised', () => press('approver', 'Approve', 'group'));
  // A token that was refused is replaced, and the login has its errors too.
  microsoft.neighbours.graph.trouble = 401;
  await say('analyst', QUESTION);
  microsoft.neighbours.graph.trouble = undefined;
  // The identity library asks again and again after a 500.
  await disturbed('login', '', () => say('analyst', QUESTION), trouble === 500 ? 401 : trouble);
  conversation.wait(HOUR_MS);
  await talk.rest();
};

/** Lets everything that is written into this table fail, with a message that no file of the database holds as it is. */
const breakTable = (data: string, table: string, says: string): void => {
  const spread = [...says].join('\u0001').replaceAll("'", "''");
  const database = new Database(data);
  database.exec(
    `create trigger broken_${table} before insert on ${table} begin select raise(abort, replace('${spread}', char(1), '')); end`,
  );
  database.close();
};

const mendTable = (data: string, table: string): void => {
  const database = new Database(data);
  database.exec(`drop trigger broken_${table}`);
  database.close();
};

/** Exceptions with all that the bot was given in their messages, at every door. */
export const playExceptions = async (talk: Talk, given: readonly Canary[]): Promise<void> => {
  const { say, search, secrets, environment } = talk;
  const data = environment.DATA ?? '';
  // Of a key one line is looked for, and nobody would say that line alone.
  const pem = { name: 'key', secret: JSON.stringify(environment.GRAPH_CLIENT_CERTIFICATE ?? '') };
  const known = given.filter(({ name }) => name !== 'private key');
  const says = [...known, ...secrets.slice(0, 1), pem]
    .map(({ name, secret }) => `${name}: ${secret}`)
    .join('; ');
  for (const table of ['handled', 'results', 'shares', 'ledger', 'offers', 'shown']) {
    breakTable(data, table, says);
    await say('analyst', QUESTION);
    await say('analyst', 'share #1 to INC-204');
    await search('analyst', `${QUESTION} ${table === 'results' ? 'failed' : ''}`);
    await say('analyst', 'export as csv');
    mendTable(data, table);
  }
};
