// A real browser that watches what a page does: console errors, blocked resources, accessibility, width, screenshots.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Widths at which every page is looked at. */
const VIEWPORTS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** Starts Chromium. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.TEGATA_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
  });
}

/** A page in its own context, with `faults`: what the console and the content security policy complained about. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: VIEWPORTS.desktop, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    // Chromium reports every answer from 400 on as a failed load, also the page that explains what was wrong with a form.
    const ownStatus = message.text().startsWith("Failed to load resource") && message.location().url === page.url();
    if (["error", "warning"].includes(message.type()) && !ownStatus) faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => faults.push(error.message));
  return { page, faults, close: () => context.close() };
}

/** Looks at the page as it stands, at every width and in both colour schemes. `name` is for messages and screenshots. */
export async function assertFitForEveryone(page, name) {
  const language = await page.locator("html").getAttribute("lang");
  for (const [device, viewport] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      // Without motion: a colour on its way to another is neither.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const where = `${name}-${language}-${device}-${colorScheme}`;
      await saveShot(page, where);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0, `${where}: wider than the screen`);
      // Evaluated by the debugger, which the page's policy does not bind.
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const found = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.target).join(", ")}`);
      assert.deepEqual(found, [], where);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(VIEWPORTS.desktop);
}

async function saveShot(page, name) {
  const directory = process.env.TEGATA_SHOTS;
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
}
