// Every state of the page of the check in every language, width and colour scheme: nothing wider than the screen, nothing
// that axe finds, no complaint of the browser. With TEGATA_SHOTS=directory it keeps pictures.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertFitForEveryone, EACH_LOOK, openPage } from "../../tests/web/support/browser.mjs";
import { FOUND, startCheck } from "./support/check_page.mjs";
import { startHeadless } from "./support/screens.mjs";

const LOCALES = (process.env.TEGATA_LOCALES ?? "ja,en,da").split(",");
/** The narrowest phone that is still in use. */
const NARROW = { width: 360, height: 740 };

let browser;
before(async () => {
  browser = await startHeadless({ surface: "window" });
});
after(() => browser?.close());

async function opened(state, run, script) {
  const server = await startCheck(state);
  const { page, faults, close } = await openPage(browser);
  page.setDefaultTimeout(20_000);
  if (script) await page.addInitScript(script);
  const look = async (name) => {
    await assertFitForEveryone(page, `check-${name}`, EACH_LOOK);
    await page.setViewportSize(NARROW);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), NARROW.width, `${name}: wider than a narrow phone`);
    assert.equal(await page.getByText(/(check|join|console)-[a-z]/).count(), 0, `${name}: a text is missing`);
  };
  try {
    await page.goto(server.url);
    await page.locator("h1").waitFor();
    await run(page, look, server);
    assert.deepEqual(faults.filter((fault) => !/Failed to load resource|WebSocket connection to/.test(fault)), []);
  } finally {
    await close();
    await server.stop();
  }
}

const press = (page, index = 0) => page.locator(".buttons button").nth(index).click();
const result = (page, tone) => page.locator(`[role="status"] > .outcome.${tone}`).waitFor();

describe("the page of the check", { concurrency: 3 }, () => {
  for (const locale of LOCALES) {
    test(`an earlier result, and a window shared, in ${locale}`, () => {
      const state = { locale, data: { found: JSON.stringify(FOUND) } };
      return opened(state, async (page, look) => {
        await result(page, "bad");
        await look("earlier");
        await press(page);
        await result(page, "good");
        await press(page, 1);
        await page.locator(".tried > li:last-child .advice").waitFor();
        assert.equal(state.reports.at(-1).sharing, "window");
        await look("window");
      });
    });

    test(`running, and not sent, in ${locale}`, () =>
      opened({ locale, socket: "silent", refusal: { status: 429, code: "too-many", retryAfter: 200 } }, async (page, look, server) => {
        await press(page);
        await page.locator(".turning").waitFor();
        await look("running");
        server.drop();
        await result(page, "bad");
        await look("unsent");
      }));

    test(`with everything wrong in ${locale}`, () =>
      opened(
        { locale, socket: "refused", ahead: -4000 },
        async (page, look) => {
          await page.route("**/bytes", (route) => route.abort());
          await press(page);
          await result(page, "bad");
          await look("bad");
        },
        () => {
          delete MediaDevices.prototype.getDisplayMedia;
          delete window.RTCPeerConnection;
        },
      ));
  }
});
