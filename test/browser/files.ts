import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { startDemo } from '../../src/demo/start.ts';
import { startBot } from './bot.ts';
import { faintTexts } from './contrast.ts';
import { ask, become, type Case, go } from './steps.ts';

const QUESTION = 'flagged for user@contoso.com since 2021-10-01';
const FLAGGED = /FLAGGED · user asked for help/;

const fileIsTaken: Case = async (open, picture) => {
  const page = await open();
  const card = await ask(page, QUESTION);
  await card.getByRole('button', { name: 'Export' }).click();
  const offer = page.getByRole('group', { name: /^File flagman-sign-ins-/ }).last();
  await offer.getByText(/sign-ins as CSV/).waitFor();
  assert.deepEqual(await faintTexts(page), []);
  await page.screenshot({ path: picture('file-offered') });
  await offer.getByRole('button', { name: 'Accept' }).click();
  const link = page.getByRole('link', { name: 'Download' }).last();
  await link.waitFor();
  assert.equal(await page.getByRole('button', { name: 'Accept' }).count(), 0);
  await page.screenshot({ path: picture('file') });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.match(download.suggestedFilename(), /^flagman-sign-ins-[\d-]+\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  assert.match(text, /^\ufeff"Sign-ins, exported by Flagman"/);
  assert.ok(text.includes('user@contoso.com'));
};

const fileIsDeclined: Case = async (open) => {
  const page = await open();
  await ask(page, QUESTION);
  await ask(page, 'export as markdown');
  await page.getByRole('button', { name: 'Decline' }).click();
  await page.getByRole('log').getByText('The file was not made.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Decline' }).count(), 0);
};

/** A demo of its own, whose answers in channels go where the variable says. */
const withAnswers = async (
  open: Parameters<Case>[0],
  where: 'personal' | 'targeted',
  look: (page: Page) => Promise<void>,
): Promise<void> => {
  const environment = { ANSWERS_IN_CHANNELS: where, GRAPH_BUDGET_SPEED: '20' };
  const limits = { reportsPer10s: 5, speed: 20 };
  const demo = await startDemo({ startBot, clock: Date.now, environment, limits });
  try {
    const page = await open();
    await page.goto(demo.pageUrl);
    await page.getByRole('log').waitFor();
    await go(page, 'Teams');
    await look(page);
    // The page's live updates would complain of the end of its demo.
    await page.close();
  } finally {
    await demo.close();
  }
};

const seenByOneAlone: Case = (open, picture) =>
  withAnswers(open, 'targeted', async (page) => {
    await ask(page, QUESTION);
    const thread = page.getByRole('region', { name: 'Thread' }).last();
    await thread.getByText('Only you can see this').waitFor();
    await thread.getByText(FLAGGED).first().waitFor();
    assert.deepEqual(await faintTexts(page), []);
    await page.screenshot({ path: picture('only-you') });
    await become(page, 'Priya Raman');
    await thread.getByText(QUESTION).waitFor();
    assert.equal(await page.getByText(FLAGGED).count(), 0);
    assert.equal(await page.getByText('Only you can see this').count(), 0);
  });

const answeredInPersonalChat: Case = (open, picture) =>
  withAnswers(open, 'personal', async (page) => {
    await ask(page, QUESTION);
    const thread = page.getByRole('region', { name: 'Thread' }).last();
    await thread.getByText('Answered in your personal chat.').waitFor();
    assert.equal(await page.getByText(FLAGGED).count(), 0);
    await page.screenshot({ path: picture('answered-in-personal-chat') });
    await go(page, 'Chat');
    await page.getByText(FLAGGED).first().waitFor();
  });

/** Files, and answers that one person alone sees. */
export const FILES: readonly (readonly [name: string, run: Case])[] = [
  ['an answer is offered as a file, accepted, and can be kept', fileIsTaken],
  ['a file that is declined is not made', fileIsDeclined],
  ['an answer in a channel is seen by whoever asked alone', seenByOneAlone],
  ['an answer in a channel goes to the personal chat', answeredInPersonalChat],
];
