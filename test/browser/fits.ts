import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { faintTexts } from './contrast.ts';

/** Nothing is wider than the window, and every text can be read. */
export const assertFits = async (page: Page): Promise<void> => {
  const { scroll, view } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
  }));
  assert.ok(scroll <= view, `the page is ${scroll} px wide, and ${view} px are there`);
  assert.deepEqual(await faintTexts(page), []);
};
