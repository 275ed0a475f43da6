import { mkdirSync } from 'node:fs';
import { startDemo } from '../../src/demo/start.ts';
import { takeLimits } from '../support/limits.ts';
import { startBot } from './bot.ts';
import { hasChromium, startBrowser, type Watched } from './browser.ts';
import { CASES } from './cases.ts';

// Questions come faster here than a person asks them, so the pretended Graph and the bot's budget run faster too.
const SPEED = 20;
const SCREENSHOTS = new URL('screenshots/', import.meta.url);

const say = (text: string): void => void process.stdout.write(`${text}\n`);

// Cases that tell one story need those before them: one word may stand for all of them.
const wanted = process.argv.slice(2);
const cases = CASES.filter(([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

/** Runs the cases, each on a page of its own; answers how many passed and failed. */
const runAll = async (browser: Watched): Promise<{ readonly passed: number; readonly failed: number }> => {
  let failed = 0;
  for (const [name, run] of cases) {
    const started = Date.now();
    const before = browser.complaints.length;
    try {
      await run(browser.open, (picture) => new URL(`${picture}.png`, SCREENSHOTS).pathname);
      const complaints = browser.complaints.slice(before);
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
      say(`ok   ${name} (${Date.now() - started} ms)`);
    } catch (error) {
      failed += 1;
      say(`FAIL ${name}\n${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { passed: cases.length - failed, failed };
};

if (!hasChromium()) {
  say('There is no /usr/bin/chromium. Install it: apt-get update && apt-get install -y chromium');
  process.exit(1);
}
mkdirSync(SCREENSHOTS, { recursive: true });
// How long the bot lets somebody wait is not what is tried here.
takeLimits();
const demo = await startDemo({
  startBot,
  clock: Date.now,
  // Long enough to be seen, short enough to be waited for.
  lag: 500,
  limits: { reportsPer10s: 5, speed: SPEED },
  environment: { GRAPH_BUDGET_SPEED: String(SPEED) },
});
const browser = await startBrowser(demo.pageUrl);
const { passed, failed } = await runAll(browser);
await browser.close();
await demo.close();
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
