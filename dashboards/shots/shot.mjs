// node shot.mjs URL FILE: a picture of the whole page once every panel is there. What no panel could
// draw is told on the error output, and ends with 1.
import { chromium } from 'playwright-core';

const [, , url, file] = process.argv;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
const troubles = [];
page.on('pageerror', (error) => troubles.push(error.message));
await page.goto(url);
await page.waitForFunction(() => window.__wanted && window.__panels.length >= window.__wanted, null, { timeout: 30000 })
  .catch((error) => troubles.push(error.message));
await page.waitForTimeout(1500); // the charts draw a moment later
const panels = (await page.evaluate(() => window.__panels)) ?? [];
troubles.push(...panels.filter(({ error }) => error).map(({ title, error }) => `${title}: ${error}`));
const empty = panels.filter(({ series }) => series === 0).map(({ title }) => title);
await page.screenshot({ path: file, fullPage: true });
await browser.close();
console.log(`${file}: ${panels.length} panels${empty.length ? `, without data: ${empty.join(', ')}` : ''}`);
troubles.forEach((trouble) => console.error(trouble));
process.exitCode = troubles.length ? 1 : 0;
