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

/** Says something in the open conversation and gives the bot's next message. */
export const ask = async (page: Page, text: string): Promise<Locator> => {
  const answers = page.getByRole('article', { name: /^Flagman,/ });
  const before = await answers.count();
  await page.locator('#compose').fill(text);
  await page.keyboard.press('Enter');
  const answer = answers.nth(before);
  await answer.waitFor();
  return answer;
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
export const openChat = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Chats and channels' }).getByRole('button', { name }).click();
