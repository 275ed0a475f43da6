import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { faintTexts } from './contrast.ts';
import { typingGoesOn } from './edited-card.ts';
import { assertFits } from './fits.ts';
import { ask, become, type Case, go, openChat, PHONE } from './steps.ts';

const RISKY = 'high risk sign-ins not yet handled last 7 days';

/** The newest card in the conversation that tells of a request. */
const newestRequest = (page: Page): Locator =>
  page
    .getByRole('article', { name: /^Flagman,/ })
    .filter({ has: page.getByRole('heading', { name: /^CR-\d+ · / }) })
    .last();

const status = (page: Page): Locator => page.getByRole('status');

const entraOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Microsoft Entra ID' });

const approve = (page: Page): Promise<void> =>
  newestRequest(page).getByRole('button', { name: 'Approve' }).click();

/** Asks for a change in the group chat, as whoever one is. */
const askForChange = async (page: Page, words: string): Promise<Locator> => {
  await openChat(page, 'SOC night shift');
  const list = await ask(page, RISKY);
  await list.getByText(/^#1 /).waitFor();
  await ask(page, words);
  const request = newestRequest(page);
  await request.getByRole('button', { name: 'Approve' }).waitFor();
  return request;
};

const decidedByTwo: Case = async (open, picture) => {
  const page = await open();
  await go(page, 'Teams');
  await ask(page, RISKY);
  const thread = page.getByRole('region', { name: 'Thread' }).last();
  await thread.getByText(/^#1 /).waitFor();
  await thread.getByRole('button', { name: 'Reply' }).click();
  const words = 'confirm compromised #1 reason: user denies travel, INC-204';
  await thread.getByLabel('Reply in this thread').fill(words);
  await page.keyboard.press('Enter');
  await newestRequest(page).getByRole('button', { name: 'Approve' }).waitFor();
  await page.screenshot({ path: picture('request') });

  await approve(page);
  await status(page)
    .getByText(/own request/)
    .waitFor();
  await page.screenshot({ path: picture('request-own') });

  await become(page, 'Ines Duarte');
  assert.equal(await status(page).textContent(), '');
  await approve(page);
  await status(page)
    .getByText(/Security Administrator/)
    .waitFor();
  await page.screenshot({ path: picture('request-outsider') });

  await become(page, 'Priya Raman');
  await newestRequest(page).getByRole('button', { name: 'Approve' }).waitFor();
  await page.screenshot({ path: picture('request-approver') });
};

const requestEverywhere: Case = async (open, picture) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const suffix = colorScheme === 'dark' ? '-dark' : '';
    const wide = await open({ colorScheme });
    await go(wide, 'Teams');
    await newestRequest(wide).waitFor();
    await assertFits(wide);
    if (suffix !== '') await wide.screenshot({ path: picture('request-dark') });
    const phone = await open({ ...PHONE, colorScheme });
    await go(phone, 'Teams');
    await newestRequest(phone).waitFor();
    await assertFits(phone);
    await phone.screenshot({ path: picture(`request-phone${suffix}`) });
    await newestRequest(phone).getByRole('button', { name: 'Approve' }).scrollIntoViewIfNeeded();
    await phone.screenshot({ path: picture(`request-phone-buttons${suffix}`) });
  }
};

const roleTakenAway: Case = async (open, picture) => {
  const page = await open();
  await go(page, 'Teams');
  await become(page, 'Priya Raman');
  await go(page, 'Entra ID');
  const role = entraOf(page).getByRole('switch', { name: 'Priya Raman: Security Administrator' });
  await role.click();
  await approve(page);
  await status(page)
    .getByText(/Security Administrator/)
    .waitFor();
  await page.screenshot({ path: picture('role-taken-away') });
  assert.deepEqual(await faintTexts(page), []);

  await role.click();
  await approve(page);
  await newestRequest(page)
    .getByText(/CONFIRMED COMPROMISED/)
    .waitFor();
  await newestRequest(page).getByText('Edited').waitFor();
  await entraOf(page).getByText('1 time', { exact: true }).waitFor();
  await page.screenshot({ path: picture('done') });
  const phone = await open(PHONE);
  await go(phone, 'Teams');
  await newestRequest(phone)
    .getByText(/CONFIRMED COMPROMISED/)
    .waitFor();
  await assertFits(phone);
  await phone.screenshot({ path: picture('done-phone') });
};

const formKeepsText: Case = async (open, picture) => {
  const page = await open();
  await openChat(page, 'SOC night shift');
  const card = await ask(page, RISKY);
  await card.getByRole('button', { name: 'Act…' }).last().click();
  const reason = card.getByLabel(/^Why\?/);
  await card.getByLabel('Confirm compromised').check();
  await reason.fill('the phone was stolen');
  await become(page, 'Ines Duarte');
  assert.equal(await reason.count(), 0);
  await become(page, 'Maya Okafor');
  assert.equal(await reason.inputValue(), 'the phone was stolen');
  assert.ok(await card.getByLabel('Confirm compromised').isChecked());
  await page.screenshot({ path: picture('form') });
  await assertFits(page);
  await card.getByRole('button', { name: 'Ask for approval' }).click();
  await newestRequest(page).getByText('the phone was stolen').waitFor();

  await become(page, 'Priya Raman');
  const request = newestRequest(page);
  await request.getByRole('button', { name: 'Reject' }).click();
  await status(page)
    .getByText(/reason/i)
    .waitFor();
  await request.getByLabel(/^Reason/).fill('spoke to her by phone');
  await request.getByRole('button', { name: 'Refresh' }).click();
  await request.locator('[aria-busy]').waitFor({ state: 'detached' });
  assert.equal(await request.getByLabel(/^Reason/).inputValue(), 'spoke to her by phone');
  await request.getByRole('button', { name: 'Reject' }).click();
  await request.getByText('Rejected', { exact: true }).waitFor();
  await request.getByText(/spoke to her by phone/).waitFor();
  await page.screenshot({ path: picture('rejected') });
};

const formOnPhone: Case = async (open, picture) => {
  const page = await open(PHONE);
  // One row, of which no other case asks for anything.
  const card = await ask(page, 'top 1 flagged for user@contoso.com since 2021-10-01');
  await card.getByRole('button', { name: 'Act…' }).click();
  await card.getByLabel('Confirm safe').waitFor();
  await assertFits(page);
  await page.screenshot({ path: picture('form-phone') });
  await go(page, 'Entra ID');
  await entraOf(page).getByRole('switch').first().waitFor();
  await assertFits(page);
  await page.screenshot({ path: picture('entra-phone') });
  await go(page, 'Chat');
  await entraOf(page).waitFor({ state: 'hidden' });
};

const graphRefuses: Case = async (open, picture) => {
  const page = await open();
  await askForChange(page, 'dismiss risk #1 reason: penetration test');
  await go(page, 'Entra ID');
  await entraOf(page).getByLabel('The next change').selectOption('refused');
  await become(page, 'Grace Whitfield');
  await approve(page);
  await newestRequest(page).getByText('Failed', { exact: true }).waitFor();
  await page.screenshot({ path: picture('failed') });
  assert.equal(await entraOf(page).getByLabel('The next change').inputValue(), 'works');
};

const decidedElsewhere: Case = async (open, picture) => {
  const page = await open();
  await askForChange(page, 'confirm compromised #1 reason: user denies it');
  await go(page, 'Entra ID');
  const entra = entraOf(page);
  await entra.getByLabel('The next change').selectOption('unavailable');
  await become(page, 'Priya Raman');
  await approve(page);
  await newestRequest(page).getByText('Approved, being carried out').waitFor();
  await entra.getByRole('button', { name: 'Dismiss risk' }).click();
  await status(page)
    .getByText(/Another administrator dismissed/)
    .waitFor();
  await newestRequest(page).getByText('Conflict', { exact: true }).first().waitFor();
  await page.screenshot({ path: picture('conflict') });
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await assertFits(page);
  await page.screenshot({ path: picture('conflict-dark') });
};

/** The rules of the dance around a change; the first three tell one story. */
export const APPROVALS: readonly (readonly [name: string, run: Case])[] = [
  ['who asked cannot approve, nor can an outsider', decidedByTwo],
  ['a request is readable, light and dark, wide and narrow', requestEverywhere],
  ['a role taken away is noticed, and given back it counts', roleTakenAway],
  ['what was typed into a card stays until it is sent', formKeepsText],
  ['who is typing into a card goes on typing when it is edited', typingGoesOn],
  ['the form and the other side fit a phone', formOnPhone],
  ['a change that Graph refuses fails, and says so', graphRefuses],
  ['a decision made elsewhere stands', decidedElsewhere],
];
