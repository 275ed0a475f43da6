import { expect, test } from '@jest/globals';
import { stage, story } from './story.ts';

const talk = stage();

/** Everything that attackers wrote into the pretended log, by the beginnings that none of our own words have. */
const HOSTILE =
  /evil\.example|Security Team|Approved by CISO|Status: safe|userPrincipalName\}|DROP TABLE|gpj\.exe|fdp\.exe|AAAA/;

story(
  talk,
  'hostile-rows',
  'what attackers write into the log is shown as it is, and obeyed by nothing',
  async ({ say }) => {
    await say('analyst', 'sign-ins for zoe.strom@contoso.com last 6h');
    for (const row of [2, 3, 5, 6, 9]) await say('analyst', `details #${row}`);
    for (const name of ['security.team', 'ciso.office', 'root.cause', 'rolf.tide', 'z.algo', 'it.notice']) {
      await say('analyst', `top 1 sign-ins for ${name}@contoso.com last 6h`);
    }
  },
);

test('H154: no message of the bot mentions anybody', () => {
  const bodies = talk().demo.chat.posts.map(({ body }) => body as { readonly entities?: readonly unknown[] });
  expect(bodies.filter(({ entities = [] }) => entities.length > 0)).toEqual([]);
  expect(JSON.stringify(bodies)).not.toMatch(/<at>/);
});

interface Element {
  readonly type?: string;
  readonly text?: string;
  readonly title?: string;
  readonly url?: string;
}

/** Every part of a card, however deep. */
const partsOf = (value: unknown): readonly Element[] => {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(partsOf)];
};

const cards = (): readonly unknown[] =>
  talk().demo.chat.posts.map(
    ({ body }) => (body as { attachments?: readonly { content: unknown }[] }).attachments?.[0]?.content,
  );

test('H152: Markdown of a user agent or an app name reaches no place where Markdown is read', () => {
  const parts = cards().flatMap(partsOf);
  const runs = parts.filter(({ type }) => type === 'TextRun');
  expect(runs.some(({ text }) => text?.includes('[Sign in again](https://evil.example)'))).toBe(true);
  for (const { type, text, title } of parts) {
    if (type !== 'TextRun') expect(`${text} ${title}`).not.toMatch(HOSTILE);
  }
  expect(
    parts.filter(({ type }) => type === 'Image' || type === 'Action.OpenUrl' || type === 'Media'),
  ).toEqual([]);
});
