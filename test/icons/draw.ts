/** `npm run icons`: draws the icons of the Teams app anew from their SVG. It takes Chromium. */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const ICONS = [
  { name: 'color', size: 192 },
  { name: 'outline', size: 32 },
];

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
for (const { name, size } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin: 0; display: flex">${readFileSync(`manifest/icons/${name}.svg`, 'utf8')}</body>`,
  );
  writeFileSync(`manifest/${name}.png`, await page.screenshot({ omitBackground: true }));
}
await browser.close();
