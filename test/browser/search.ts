import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { assertFits } from './fits.ts';
import { ask, become, type Case, go, openChat, PHONE } from './steps.ts';

const finder = (page: Page): Locator => page.getByRole('region', { name: 'Search with Flagman' });

const box = (page: Page): Locator => page.getByRole('combobox', { name: 'Search sign-ins' });

const results = (page: Page): Locator => finder(page).getByRole('option');

const openFinder = (within: Page | Locator): Promise<void> =>
  within.getByRole('button', { name: 'Search with Flagman' }).first().click();

/** A message that somebody sent with the help of the search. */
const sent = (page: Page, name: string): Locator =>
  page.getByRole('article', { name: new RegExp(`^${name},`) }).filter({ hasText: 'via Flagman' });

const pickedByKeyboard: Case = async (open, picture) => {
  const page = await open();
  await openChat(page, 'SOC night shift');
  await openFinder(page);
  await page.keyboard.type('flagged for user@contoso.com', { delay: 40 });
  await results(page)
    .first()
    .filter({ hasText: /user@contoso\.com.*FAILED/ })
    .waitFor();
  await results(page)
    .last()
    .filter({ hasText: /flagged sign-ins.*Everything in this scope/ })
    .waitFor();
  await page.screenshot({ path: picture('search') });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const message = sent(page, 'Maya Okafor').last();
  await message
    .getByText(/^Share \d+/)
    .first()
    .waitFor();
  await finder(page).waitFor({ state: 'hidden' });
  await page.screenshot({ path: picture('search-sent') });
  await assertFits(page);
};

const firstOpen: Case = async (open, picture) => {
  const page = await open();
  await (await ask(page, 'flagged last 24 hours')).getByText(/^#1 /).first().waitFor();
  await openFinder(page);
  await results(page)
    .last()
    .filter({ hasText: /From what you asked last.*flagged last 24 hours/ })
    .waitFor();
  await page.screenshot({ path: picture('search-first') });
  await assertFits(page);
  await page.keyboard.press('Escape');
  await finder(page).waitFor({ state: 'hidden' });
};

const threadOfAnIncident: Case = async (open, picture) => {
  const page = await open();
  await go(page, 'Teams');
  await ask(page, 'this is incident INC-317');
  const thread = page.getByRole('region', { name: 'Thread' }).last();
  await thread.getByRole('button', { name: 'Reply' }).click();
  await openFinder(thread);
  await box(page).fill('flagged for user@contoso.com');
  await results(page).first().click();
  const message = thread.getByRole('article', { name: /^Maya Okafor,/ }).filter({ hasText: 'via Flagman' });
  await message.getByText('INC-317').first().waitFor();
  await page.screenshot({ path: picture('search-incident') });
};

const nothingToShow: Case = async (open, picture) => {
  const page = await open();
  await become(page, 'Ines Duarte');
  await openFinder(page);
  await finder(page)
    .getByText(/^Type a question/)
    .waitFor();
  await box(page).fill('flagged for user@con');
  await finder(page)
    .getByText(/^Not a whole question yet/)
    .waitFor();
  await box(page).fill('flagged for user@contoso.com');
  await finder(page)
    .getByText(/^You may not read other people’s sign-ins/)
    .waitFor();
  assert.equal(await results(page).count(), 0);
  await page.screenshot({ path: picture('search-refused') });
};

const onAPhone: Case = async (open, picture) => {
  const page = await open(PHONE);
  await openFinder(page);
  await box(page).fill('flagged last 24 hours');
  await results(page).first().waitFor();
  await page.screenshot({ path: picture('search-phone') });
  await assertFits(page);
  await results(page).first().click();
  await sent(page, 'Maya Okafor').last().waitFor();
  await page.screenshot({ path: picture('search-phone-sent') });
  await assertFits(page);
};

/** The rules of the search over the message box. */
export const SEARCH: readonly (readonly [name: string, run: Case])[] = [
  ['a sign-in is found by typing, and sent with the keyboard alone', pickedByKeyboard],
  ['a search that was just opened shows what one asked last', firstOpen],
  ['what is picked in an incident’s thread belongs to the incident', threadOfAnIncident],
  ['nothing of other people is shown to somebody without a role', nothingToShow],
  ['a phone finds and sends', onAPhone],
];
