import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { assertFits } from './fits.ts';
import { ask, become, type Case, go, openChat, PHONE } from './steps.ts';

const LAGOS = 'henrik.dahl@contoso.com from Nigeria last 24h';

const status = (page: Page): Locator => page.getByRole('status');

/** The thread that the shift opened about the traveller. */
const threadOf = (page: Page): Locator =>
  page.getByRole('region', { name: 'Thread' }).filter({ hasText: 'INC-204: henrik.dahl@contoso.com' });

/** The newest card of a share in that thread. */
const sharedCard = (page: Page): Locator =>
  threadOf(page)
    .getByRole('article', { name: /^Flagman,/ })
    .filter({ has: page.getByRole('heading', { name: /^Share \d+ · / }) })
    .last();

const reply = async (page: Page, text: string): Promise<void> => {
  await threadOf(page).getByRole('button', { name: 'Reply', exact: true }).click();
  await threadOf(page).getByLabel('Reply in this thread').fill(text);
  await page.keyboard.press('Enter');
};

const sharedFromARow: Case = async (open, picture) => {
  const page = await open();
  await go(page, 'Teams');
  await reply(page, 'this is incident INC-204');
  await threadOf(page).getByText('This thread is the place of INC-204').waitFor();
  await page.screenshot({ path: picture('incident') });

  await openChat(page, /^Flagman/);
  const card = await ask(page, LAGOS);
  await card.getByText(/^#3 /).waitFor();
  await card.getByRole('button', { name: 'Share these 3…' }).click();
  await card.getByRole('heading', { name: 'Share: 3 sign-ins' }).waitFor();
  await card.getByRole('button', { name: 'Share', exact: true }).click();
  await card.getByText('Choose an incident.').waitFor();
  await assertFits(page);
  await page.screenshot({ path: picture('share-form') });
  await card.getByLabel('To which incident?').selectOption('INC-204');
  await card.getByRole('button', { name: 'Share', exact: true }).dblclick();
  await card.getByText(/^Shared as share \d+$/).waitFor();

  await go(page, 'Teams');
  await sharedCard(page).getByText('INC-204 · shared by “Maya Okafor”').waitFor();
  assert.equal(
    await threadOf(page)
      .getByRole('heading', { name: /^Share \d+ · / })
      .count(),
    1,
  );
};

const sharedEverywhere: Case = async (open, picture) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [device, options] of [['', {}] as const, ['-phone', PHONE] as const]) {
      const page = await open({ ...options, colorScheme });
      await go(page, 'Teams');
      const card = sharedCard(page);
      await card.getByText('SHA-256').scrollIntoViewIfNeeded();
      await assertFits(page);
      await card.getByRole('button', { name: 'Verify' }).click({ trial: true });
      await page.screenshot({ path: picture(`shared${device}${colorScheme === 'dark' ? '-dark' : ''}`) });
      await card.getByRole('heading', { name: /^Share \d+ · / }).scrollIntoViewIfNeeded();
      if (device !== '') await page.screenshot({ path: picture(`shared${device}-top-${colorScheme}`) });
    }
  }
};

/** The picture of the README: a whole card. */
const sharedIsWhole: Case = async (open, picture) => {
  const page = await open({ viewport: { width: 1440, height: 1900 }, deviceScaleFactor: 2 });
  await go(page, 'Teams');
  await sharedCard(page)
    .locator('.ac-adaptiveCard')
    .screenshot({ path: picture('shared-card') });
};

const checkedByAnybody: Case = async (open, picture) => {
  const page = await open();
  await go(page, 'Teams');
  await become(page, 'Ines Duarte');
  const card = sharedCard(page);
  await card.getByRole('button', { name: 'Verify' }).click();
  await status(page)
    .getByText(/^Share \d+ is as it was shared\./)
    .waitFor();
  await page.screenshot({ path: picture('verified') });
  await card.getByRole('button', { name: 'Refresh' }).click();
  await status(page)
    .getByText(/^To ask again takes a role/)
    .waitFor();
  await card.getByText('Frozen: this card does not change.').waitFor();
  await page.screenshot({ path: picture('share-outsider') });

  await become(page, 'Jonas Berg');
  await sharedCard(page).getByRole('button', { name: 'Refresh' }).click();
  await threadOf(page)
    .getByText(/^share \d+, as it is now$/)
    .waitFor();
  await assertFits(page);
  await page.screenshot({ path: picture('share-refreshed') });
  await become(page, 'Maya Okafor');
  await sharedCard(page).getByText('Frozen: this card does not change.').waitFor();
};

const pagesOfATimeline: Case = async (open, picture) => {
  const page = await open();
  await (await ask(page, `top 2 ${LAGOS}`)).getByText(/^#2 /).waitFor();
  for (let share = 0; share < 12; share += 1)
    await (await ask(page, 'share #1 to INC-204')).getByText(/^Shared as share/).waitFor();
  await (await ask(page, 'incidents')).getByText('INC-204', { exact: true }).waitFor();
  await page.screenshot({ path: picture('incidents') });

  const card = await ask(page, 'timeline INC-204');
  const entries = card.getByText(/^Entries \d+ to \d+ of \d+, the newest first$/);
  const more = card.getByRole('button', { name: 'Show more' });
  let shown = await entries.innerText();
  let pages = 1;
  // How many there are depends on what else was asked for in the incident.
  do {
    await more.click();
    await entries.filter({ hasNotText: shown }).waitFor();
    shown = await entries.innerText();
    pages += 1;
  } while ((await more.count()) > 0);
  const [, last, all] = /to (\d+) of (\d+)/.exec(shown) ?? [];
  assert.equal(last, all);
  assert.ok(pages > 1);
  await assertFits(page);
  await page.screenshot({ path: picture('timeline-end') });
};

/** The rules of what is shared; they tell one story. */
export const SHARES: readonly (readonly [name: string, run: Case])[] = [
  ['rows are shared into the thread of an incident, once however often it is pressed', sharedFromARow],
  ['what was shared is readable, light and dark, wide and narrow', sharedEverywhere],
  ['what was shared is whole, for the picture of the README', sharedIsWhole],
  ['what was shared is checked by anybody, and asked again by readers', checkedByAnybody],
  ['a timeline shows its next page', pagesOfATimeline],
];
