import type { Locator, Page } from 'playwright-core';
import type { OpenPage } from './browser.ts';

/** One rule of the page. `picture` gives the path for a screenshot by its name. */
export type Case = (open: OpenPage, picture: (name: string) => string) => Promise<void>;

/** A small phone. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
};

/** A message by its id, wherever it stands and however often it is edited. */
const byId = async (page: Page, message: Locator): Promise<Locator> =>
  page.locator(`article[data-id="${await message.getAttribute('data-id')}"]`);

/** Says something in the open conversation and gives the bot's message that follows it. */
export const ask = async (page: Page, text: string): Promise<Locator> => {
  const own = page.locator('article.own');
  const before = await own.count();
  await page.locator('#compose').fill(text);
  await page.keyboard.press('Enter');
  // Counting the bot's messages would take whatever else it posts meanwhile for the answer.
  const said = await byId(page, own.nth(before));
  return byId(page, said.locator('xpath=following::article[contains(@class, "from-bot")][1]'));
};

/** Is somebody else from now on. */
export const become = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: /^You are/ }).click();
  // Somebody may have a second account, which is called "(admin)".
  const person = new RegExp(`^${name} [^(]`);
  await page.getByRole('dialog').getByRole('button', { name: person }).click();
  await page.getByRole('button', { name: `You are ${name}` }).waitFor();
};

/** Goes to an area of the rail, or opens its panel. */
export const go = (page: Page, area: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Areas' }).getByRole('button', { name: area }).click();

/** Opens a conversation from the list. */
export const openChat = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('navigation', { name: 'Chats and channels' }).getByRole('button', { name }).click();
