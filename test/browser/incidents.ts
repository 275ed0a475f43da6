import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { assertFits } from './fits.ts';
import { ask, become, type Case, openChat, PHONE } from './steps.ts';

const PLACE = 'SOC night shift';

/** The newest card whose heading begins so. */
const newest = (page: Page, heading: RegExp): Locator =>
  page
    .getByRole('article', { name: /^Flagman,/ })
    .filter({ has: page.getByRole('heading', { name: heading }) })
    .last();

const saysThat = async (page: Page, words: string, answer: RegExp): Promise<void> =>
  (await ask(page, words)).getByText(answer).first().waitFor();

/** Rows are shared, a change is asked for, and somebody else approves it. */
const workOn = async (page: Page, incident: string): Promise<void> => {
  await openChat(page, PLACE);
  await saysThat(page, `this is incident ${incident}`, /the place of/);
  await saysThat(page, 'top 3 flagged for user@contoso.com since 2021-10-01', /^#1 /);
  await saysThat(page, 'share #1 #3 to the incident thread', /^Share \d/);
  await saysThat(page, 'high risk sign-ins not yet handled last 7 days', /^#1 /);
  await ask(page, 'confirm compromised #1 reason: the user was asleep');
  await become(page, 'Priya Raman');
  const request = newest(page, /^CR-\d+ · /);
  await request.getByRole('button', { name: 'Approve' }).click();
  await request.getByText(/CONFIRMED COMPROMISED/).waitFor();
};

const timelineIsTold: Case = async (open, picture) => {
  const page = await open();
  await workOn(page, 'INC-311');
  await page.screenshot({ path: picture('share') });
  const card = await ask(page, 'timeline INC-311');
  await card.getByText(/shared 2 sign-ins/).waitFor();
  await assertFits(page);
  await page.screenshot({ path: picture('timeline') });
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await assertFits(page);
  await page.screenshot({ path: picture('timeline-dark') });
};

/** The picture of the README: a whole card. */
const timelineIsWhole: Case = async (open, picture) => {
  const page = await open({ viewport: { width: 1440, height: 1900 }, deviceScaleFactor: 2 });
  const card = await ask(page, 'timeline INC-311');
  await card.getByRole('button', { name: 'As CSV' }).waitFor();
  await card.locator('.ac-adaptiveCard').screenshot({ path: picture('timeline-card') });
  await card.getByRole('button', { name: 'Refresh' }).click();
  await card.locator('[aria-busy]').waitFor({ state: 'detached' });
  assert.equal(await card.getByText('Timeline of INC-311').count(), 1);
};

const timelineOnPhone: Case = async (open, picture) => {
  const page = await open(PHONE);
  const card = await ask(page, 'timeline INC-311');
  await card.getByText(/shared 2 sign-ins/).waitFor();
  await assertFits(page);
  await page.screenshot({ path: picture('timeline-phone') });
  await card.getByText(/shared 2 sign-ins/).scrollIntoViewIfNeeded();
  await page.screenshot({ path: picture('timeline-phone-share') });
};

/** The rules of an incident; they tell one story. */
export const INCIDENTS: readonly (readonly [name: string, run: Case])[] = [
  ['what was shared, asked for and done stands in the timeline', timelineIsTold],
  ['a timeline is whole, for the picture of the README', timelineIsWhole],
  ['a timeline fits a phone', timelineOnPhone],
];
