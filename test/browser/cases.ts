import assert from 'node:assert/strict';
import { APPROVALS } from './approvals.ts';
import { faintTexts } from './contrast.ts';
import { FILES } from './files.ts';
import { INCIDENTS } from './incidents.ts';
import { SEARCH } from './search.ts';
import { SHARES } from './shares.ts';
import { ask, become, type Case, go, openChat, PHONE } from './steps.ts';

const MISSION = 'flagged for user@contoso.com since 2021-10-01';
/** What a row of a flagged sign-in says; the question itself says "flagged" too. */
const FLAGGED = /FLAGGED · user asked for help/;
const missionIsAnswered: Case = async (open, picture) => {
  const page = await open();
  await page.screenshot({ path: picture('greeting') });
  const card = await ask(page, MISSION);
  await card.getByText(FLAGGED).first().waitFor();
  await page.screenshot({ path: picture('mission') });
  assert.ok((await card.getByText('user@contoso.com').count()) > 1);
};

/** The picture of the README: a whole card, not cut by the conversation's edge. */
const cardIsWhole: Case = async (open, picture) => {
  const page = await open({ viewport: { width: 1000, height: 1700 }, deviceScaleFactor: 2 });
  const card = await ask(page, 'top 3 flagged for user@contoso.com since 2021-10-01');
  await card.getByRole('button', { name: 'Refresh' }).waitFor();
  await card.locator('.ac-adaptiveCard').screenshot({ path: picture('card') });
};

const detailsAndExplanation: Case = async (open, picture) => {
  const page = await open();
  const card = await ask(page, MISSION);
  await card.getByRole('button', { name: 'Details' }).first().click();
  await card.getByText('Correlation').first().waitFor();
  await page.screenshot({ path: picture('details') });
  await card.getByRole('button', { name: 'Explain this error' }).click();
  await card.getByText('Correlation').first().waitFor({ state: 'hidden' });
  await card.getByText(/53003/).first().waitFor();
  await page.screenshot({ path: picture('explanation') });
};

const morePages: Case = async (open, picture) => {
  const page = await open();
  const card = await ask(page, 'blocked by conditional access last 3 days');
  await card.getByText(/^#1 /).waitFor();
  await card.getByRole('button', { name: 'Show more' }).click();
  await card.getByText(/^#11 /).waitFor();
  await page.screenshot({ path: picture('more') });
};

const outsiderIsRefused: Case = async (open, picture) => {
  const page = await open();
  await become(page, 'Ines Duarte');
  const answer = await ask(page, MISSION);
  await answer.getByText(/role/i).first().waitFor();
  await page.screenshot({ path: picture('outsider') });
  assert.equal(await answer.getByText(FLAGGED).count(), 0);
  await page.reload();
  await page.getByRole('button', { name: 'You are Ines Duarte' }).waitFor();
};

const channelThread: Case = async (open, picture) => {
  const page = await open();
  await go(page, 'Teams');
  await ask(page, 'flagged last 24 hours');
  const thread = page.getByRole('region', { name: 'Thread' }).last();
  await thread.getByText('@Flagman').waitFor();
  await thread.getByText(FLAGGED).first().waitFor();
  await thread.getByRole('button', { name: 'Reply' }).click();
  await thread.getByLabel('Reply in this thread').fill('what is 53003');
  await page.keyboard.press('Enter');
  await thread
    .getByRole('article', { name: /^Flagman,/ })
    .nth(1)
    .waitFor();
  await page.screenshot({ path: picture('channel') });
};

const groupWithoutMention: Case = async (open, picture) => {
  const page = await open();
  await openChat(page, 'SOC night shift');
  const answers = page.getByRole('article', { name: /^Flagman,/ });
  const before = await answers.count();
  await page.getByRole('button', { name: '@Flagman' }).click();
  await page.locator('#compose').fill('anybody for coffee?');
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText('anybody for coffee?').waitFor();
  await page.getByRole('button', { name: '@Flagman' }).click();
  const answer = await ask(page, 'what is 50126');
  await answer.getByText(/AADSTS50126/).waitFor();
  assert.equal(await answers.count(), before + 1);
  await page.screenshot({ path: picture('group') });
};

const hostileTextStaysText: Case = async (open, picture) => {
  const page = await open();
  const card = await ask(page, 'sign-ins for zoe.strom@contoso.com last 24h');
  await card.getByText('![x](https://evil.example/p.png)').first().waitFor();
  await card.getByRole('button', { name: 'Details' }).first().click();
  await card.getByText('[Sign in again](https://evil.example)').first().waitFor();
  await page.screenshot({ path: picture('hostile') });
  assert.equal(await page.locator('a[href*="evil.example"]').count(), 0);
  assert.equal(await page.locator('img, script:not([src])').count(), 0);
};

const themes: Case = async (open, picture) => {
  const page = await open();
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await ask(page, MISSION);
  assert.deepEqual(await faintTexts(page), []);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  assert.notEqual(await ground(), light);
  assert.deepEqual(await faintTexts(page), []);
  await page.screenshot({ path: picture('dark') });
  await page.reload();
  await page.getByRole('button', { name: 'Light theme' }).waitFor();
  const system = await open({ colorScheme: 'dark' });
  await system.getByRole('button', { name: 'Light theme' }).waitFor();
};

const phone: Case = async (open, picture) => {
  const page = await open(PHONE);
  await (await ask(page, MISSION)).getByText(FLAGGED).first().waitFor();
  await page.screenshot({ path: picture('phone') });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= PHONE.viewport.width, `the page is ${width} px wide`);
  await page.getByRole('button', { name: 'Back to chats' }).click();
  await page.screenshot({ path: picture('phone-list') });
  await openChat(page, 'Incidents');
  await page.getByRole('heading', { name: 'Incidents' }).waitFor();
  await go(page, 'Ask');
  await page.screenshot({ path: picture('phone-ask') });
  await page.getByRole('button', { name: 'what is 53003' }).click();
  await page
    .getByRole('region', { name: 'Thread' })
    .last()
    .getByText(/AADSTS53003/)
    .first()
    .waitFor();
  await page.screenshot({ path: picture('phone-channel') });
};

const keyboard: Case = async (open) => {
  const page = await open();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('help');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('flagged');
  assert.equal(await page.locator('#compose').inputValue(), 'help\nflagged');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#compose').inputValue(), '');
  const me = page.getByRole('button', { name: /^You are/ });
  await me.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.ok(await me.evaluate((element) => element === document.activeElement));
};

const exampleIsSaid: Case = async (open) => {
  const page = await open();
  const examples = page.getByRole('complementary', { name: 'What to ask' });
  await examples.getByRole('button', { name: MISSION }).click();
  await page.getByRole('log').getByText(FLAGGED).first().waitFor();
  await examples.getByRole('button', { name: 'Close the examples' }).click();
  await examples.waitFor({ state: 'hidden' });
};

/** The rules, in the order in which they are shown. */
export const CASES: readonly (readonly [name: string, run: Case])[] = [
  ['the mission’s question is answered with flagged sign-ins', missionIsAnswered],
  ['a card is whole, for the picture of the README', cardIsWhole],
  ['a sign-in’s details open, and its error is explained', detailsAndExplanation],
  ['Show more shows the next rows', morePages],
  ['somebody without a role is refused, and stays who they are', outsiderIsRefused],
  ['in a channel question and answer stand in one thread', channelThread],
  ['in a group the bot hears only what mentions it', groupWithoutMention],
  ['hostile text stays text: no link, no picture', hostileTextStaysText],
  ['light and dark follow system and switch, and every text is readable', themes],
  ['a phone shows the list or a conversation, and nothing overflows', phone],
  ['everything can be done with the keyboard', keyboard],
  ['an example is said by choosing it', exampleIsSaid],
  ...APPROVALS,
  ...SEARCH,
  ...INCIDENTS,
  ...SHARES,
  ...FILES,
];
