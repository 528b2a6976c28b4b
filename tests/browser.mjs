// Opens pages of the program in a browser, as a stranger would, and measures what is there.
// Usage: node browser.mjs FOLDER-OF-NODE-MODULES CHROMIUM PAGE...
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, executablePath, ...pages] = process.argv.slice(2);
const require = createRequire(resolve(modules, 'node_modules') + '/');
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS = [
  { viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
  { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
];

/// Every bar as it is drawn, in units of its picture, with the number that stands beside it.
function bars() {
  const drawn = (svg) => {
    const { x, width } = svg.viewBox.baseVal;
    const outer = svg.getBoundingClientRect();
    const bar = svg.querySelector('rect:not(.track)').getBoundingClientRect();
    const unit = outer.width / width;
    return { name: svg.getAttribute('aria-label'), from: x + (bar.left - outer.left) / unit, size: bar.width / unit };
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (item, selector) => item.querySelector(selector).textContent;
  const fits = all('.fits li').map((item) => ({ ...drawn(item.querySelector('svg')), said: Number(text(item, '.number')), at: 0 }));
  const first = fits.length ? text(document, '.fits li span') : '';
  const rows = all('.evidence li').filter((item) => item.querySelector('svg')).map((item) => {
    const [, said, , toward] = text(item, '.toward').match(/^(\d+)( toward (.*))?$/);
    return { ...drawn(item.querySelector('svg')), said: Number(said), at: toward === undefined || toward === first ? 0 : -Number(said) };
  });
  const counts = all('.bars li').map((item) => ({ ...drawn(item.querySelector('svg')), said: Number(text(item, '.number')), at: 0 }));
  const weeks = all('.weeks li').map((item) => {
    const [from, to = from] = text(item, 'span:last-child').match(/\d+/g).map(Number);
    const bar = drawn(item.querySelector('svg'));
    // Drawn by days, told by weeks.
    const week = (day) => Math.ceil((day - 0.05) / 7);
    const said = week(bar.from + 1) === from && week(bar.from + bar.size) === to ? bar.size : NaN;
    return { ...bar, said, at: bar.from, weeks: [from, to] };
  });
  const sums = all('.sums .number').map((sum) => sum.textContent);
  const pictures = all('svg').length;
  return { bars: [...fits, ...rows, ...counts, ...weeks], sums, fits: fits.map((fit) => fit.said), rows: rows.length, pictures };
}

/// Whether `50 + 7 − 2 = 55` is true.
function adds(sum) {
  const [terms, total] = sum.replaceAll('−', '-').replaceAll(' ', '').split('=');
  return terms.match(/[+-]?\d+/g).map(Number).reduce((a, b) => a + b) === Number(total);
}

async function check(browser, path, look) {
  const url = pathToFileURL(path).href;
  const context = await browser.newContext(look);
  const page = await context.newPage();
  const requests = [];
  const messages = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  await page.goto(url);
  const what = `${basename(path)} at ${look.viewport.width}, ${look.colorScheme}`;

  const { bars: drawn, sums, fits, rows, pictures } = await page.evaluate(bars);
  assert.equal(drawn.length, pictures, `${what}: a picture is not measured`);
  if (/plumber|torn|early/.test(path)) assert.deepEqual([fits.length, rows, sums.length], [2, 6, 2], what);
  for (const bar of drawn) {
    assert.ok(bar.name?.match(/\d+/g)?.some((number) => [bar.said, ...(bar.weeks ?? [])].includes(Number(number))), `${what}: ${bar.name}`);
    assert.ok(Number.isFinite(bar.said) && Math.abs(bar.size - bar.said) < 0.02 * Math.max(1, bar.said), `${what}: ${JSON.stringify(bar)}`);
    assert.ok(bar.size === 0 || Math.abs(bar.from - bar.at) < 0.02 * Math.max(1, Math.abs(bar.at)), `${what}: ${JSON.stringify(bar)}`);
  }
  assert.ok(sums.every(adds), `${what}: ${sums}`);
  if (sums.length > 0) assert.deepEqual(sums.map((sum) => Number(sum.split('= ')[1])), fits, what);

  // What to begin with comes first of all, and on a phone the plan within two screens; every line of contents leads there.
  const { top, height, plan, parts, missing, inputs } = await page.evaluate(() => {
    const place = (selector) => document.querySelector(selector)?.getBoundingClientRect().top;
    const links = [...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href'));
    return {
      top: place('.start'), plan: place('.plan') && place('section:has(> .plan)'), height: innerHeight, parts: links.length,
      missing: links.filter((link) => !document.querySelector(link)), inputs: document.querySelectorAll('input').length,
    };
  });
  assert.deepEqual([missing, inputs], [[], 0], what);
  if (/plumber|engineering/.test(path)) assert.ok(top < plan + 2 * height && plan < 2 * height, `${what}: ${top}, ${plan}`);
  if (/plumber|torn|early/.test(path)) assert.ok(parts >= 4, `${what}: ${parts} parts`);

  for (const state of ['closed', 'open']) {
    const width = await page.evaluate((open) => {
      for (const details of document.querySelectorAll('details')) details.open = open;
      return document.documentElement.scrollWidth;
    }, state === 'open');
    assert.ok(width <= look.viewport.width, `${what}, ${state}: scrolls sideways, ${width}`);
  }
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), [], what);
  assert.deepEqual(requests, [url], what);
  assert.deepEqual(messages, [], what);

  if (look.viewport.width === 1280 && look.colorScheme === 'light') {
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = false; }));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = pdf.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets <= (/cohort/.test(path) ? 4 : 2), `${what}: ${sheets} pages on paper`);
    console.log(`${basename(path)}: ${drawn.length} bars, ${sums.length} sums, ${sheets} pages on paper`);
  }
  await context.close();
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
try {
  for (const path of pages) for (const look of LOOKS) await check(browser, path, look);
} finally {
  await browser.close();
}
