// A real browser that checks a page: console errors, blocked resources, accessibility, width, screenshots.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Widths at which every page is checked. */
const VIEWPORTS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** What remains of a desktop's width at 200 % (WCAG 2.2, 1.4.4); only the width is checked, the rest is the same. */
const ZOOMED = { width: VIEWPORTS.desktop.width / 2, height: VIEWPORTS.desktop.height / 2 };

/** Starts Chromium. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.TEGATA_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
  });
}

/** A page in its own context, with `faults`: reports from the console and the content security policy. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: VIEWPORTS.desktop, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    // Chromium reports every response from 400 on as a failed load, including the page that explains a form's error.
    const ownStatus = message.text().startsWith("Failed to load resource") && message.location().url === page.url();
    if (["error", "warning"].includes(message.type()) && !ownStatus) faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => faults.push(error.message));
  return { page, faults, close: () => context.close() };
}

/** Every width in both colour schemes. */
const EVERY_LOOK = Object.keys(VIEWPORTS).flatMap((device) => ["light", "dark"].map((colorScheme) => [device, colorScheme]));
/** Each width and each colour scheme once: enough for a page whose parts are checked on other pages. */
export const EACH_LOOK = [["desktop", "light"], ["phone", "dark"]];

/** Checks the page as it is: no axe findings, nothing wider than the screen. `name` is for messages and screenshots. */
export async function assertFitForEveryone(page, name, looks = EVERY_LOOK) {
  const language = await page.locator("html").getAttribute("lang");
  for (const [device, colorScheme] of looks) {
    await page.setViewportSize(VIEWPORTS[device]);
    // Without animation: a colour in transition has neither value.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const where = `${name}-${language}-${device}-${colorScheme}`;
    await saveShot(page, where);
    await assertFits(page, where);
    // Evaluated by the debugger, which the page's policy does not restrict.
    await page.evaluate(axe);
    // Passed checks are not collected, because that takes most of the time.
    const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
    const found = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.target).join(", ")}`);
    assert.deepEqual(found, [], where);
  }
  await page.setViewportSize(ZOOMED);
  await saveShot(page, `${name}-${language}-zoomed`);
  await assertFits(page, `${name}-${language}-zoomed`);
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(VIEWPORTS.desktop);
}

/** Nothing scrolls sideways: neither the page nor a dialog over it. */
async function assertFits(page, where) {
  const wider = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("dialog[open]")]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => one.tagName));
  assert.deepEqual(wider, [], `${where}: wider than the screen`);
}

async function saveShot(page, name) {
  const directory = process.env.TEGATA_SHOTS;
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
}
