import { expect } from '@jest/globals';
import Database from 'better-sqlite3';
import pg from 'pg';
import { actionsOf } from '../../src/demo/chat/actions.ts';
import { type Activity, invokeActivity } from '../../src/demo/chat/activity.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { isPostgresUrl } from '../../src/lib/postgres-url.ts';
import type { Where, Who } from './conversation.ts';
import type { Shift } from './shift.ts';

export type Data = Readonly<Record<string, unknown>>;

/** What is kept of shares, past the bot. */
export const count = async (data: string, statement: string): Promise<number> => {
  if (isPostgresUrl(data)) {
    const client = new pg.Client({ connectionString: data });
    await client.connect();
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    await client.end();
    return Number(rows[0]?.[0]);
  }
  const database = new Database(data, { readonly: true });
  const found = database.prepare(statement).pluck().get();
  database.close();
  return Number(found);
};

export interface Kept {
  readonly shares: number;
  readonly entries: number;
  readonly posts: number;
  readonly incidents: number;
}

export const keptIn = async ({ ground, talk }: Shift): Promise<Kept> => ({
  shares: await count(ground.data, 'select count(*) from shares'),
  entries: await count(ground.data, "select count(*) from ledger where kind = 'shared'"),
  posts: cardsIn(talk.demo.chat, /^Share \d/).length,
  incidents: await count(ground.data, 'select count(*) from incidents'),
});

/** Titles of the bot's cards in the channel and the group. */
export const cardsIn = ({ messages, channel, group }: Shift['talk']['demo']['chat'], title: RegExp) =>
  [channel, group]
    .flatMap(({ id }) => messages(id, PEOPLE.analyst.oid))
    .filter(({ authorId, summary }) => authorId === null && title.test(summary));

let serial = 0;
export const newId = (): string => {
  serial += 1;
  return `s:${serial}`;
};

/** Sends it; gives what is answered once everything is at rest, and the status. */
export const send = async ({ talk, rest }: Shift, activity: Activity) => {
  const { status, body } = await talk.send(activity);
  await rest();
  return { status, said: JSON.stringify(body) };
};

export interface Forged {
  readonly verb: string;
  readonly data: Data;
  readonly where?: Where;
  readonly trigger?: 'manual' | 'automatic';
  readonly id?: string;
}

export const pressed = (
  { talk }: Shift,
  who: Who,
  { verb, data, where = 'group', trigger = 'manual', id = newId() }: Forged,
) =>
  invokeActivity(talk.scene(who, where), {
    id,
    cardId: '1',
    action: { type: 'Action.Execute', verb, data },
    trigger,
  });

export const press = async (shift: Shift, who: Who, forged: Forged): Promise<string> => {
  const { status, said } = await send(shift, pressed(shift, who, forged));
  expect(status).toBe(200);
  return said;
};

const QUESTION = 'top 3 sign-ins for kim@contoso.com last 7 days';

/** Asks, and gives the id of the answer and of its first row, as its buttons carry them. */
export const askedBy = async ({ say, find }: Shift, who: Who, question = QUESTION) => {
  await say(who, question);
  const { card } = find(who, /You asked/);
  const rows = actionsOf(card).flatMap(({ verb, data }) => (verb === 'details' ? [data as Data] : []));
  const [first] = rows;
  if (!first) throw new Error(`Nothing was found for ${question}`);
  return { result: String(first.result), row: String(first.row) };
};
