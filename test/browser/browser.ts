import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page of its own, watched for what must never happen. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

/** A browser that writes down every console error and every request that would leave the machine. */
export interface Watched {
  readonly open: OpenPage;
  /** What went wrong so far, in words. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Whether the browser is there at all. */
export const hasChromium = (): boolean => existsSync(CHROMIUM);

const isHere = (url: string): boolean =>
  /^(data|blob|about):/.test(url) || ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

const watch = (page: Page, complaints: string[]): void => {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
  page.on('request', (request) => {
    if (!isHere(request.url())) complaints.push(`request: ${request.url()}`);
  });
};

/** Starts Chromium. */
export const startBrowser = async (url: string): Promise<Watched> => {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const complaints: string[] = [];
  return {
    complaints,
    open: async (options = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        colorScheme: 'light',
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      // A machine that is busy with other work takes its time.
      page.setDefaultTimeout(45_000);
      watch(page, complaints);
      await page.goto(url);
      await page.getByRole('log').waitFor();
      return page;
    },
    close: () => browser.close(),
  };
};
