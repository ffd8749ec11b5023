// A page of the console in a real browser, over a made-up API of its own.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { openPage, startBrowser } from "../../../tests/web/support/browser.mjs";
import { startMock } from "./mock.mjs";

export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const feedback = (page, text) => page.locator(".feedback").getByText(text).waitFor();

/** Lets the page open its socket; `changed(topic)` says on it that `topic` has changed. */
export async function socket(page, state) {
  const opened = new Promise((resolve) => void page.routeWebSocket(/\/events$/, resolve));
  state.ticket = "a ticket";
  const route = await opened;
  return (topic) => route.send(JSON.stringify({ changed: [topic] }));
}

/** For the tests of one file: `use(path, run)` opens the page in English and calls `run(page, state)`. The page's clock stands
 * still `at` a moment, where a test names one. */
export function startUse() {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  return async function use(path, run, { kind = "tenant", locale = "en", at, prepare = () => {} } = {}) {
    const mock = await startMock({ kind, locale });
    prepare(mock.state);
    const { page, close } = await openPage(browser);
    page.setDefaultTimeout(8000);
    if (at) await page.clock.setFixedTime(at);
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${mock.home}#/${path}`);
    try {
      await run(page, mock.state, mock);
      assert.deepEqual(errors, []);
    } finally {
      await close();
      await mock.stop();
    }
  };
}
