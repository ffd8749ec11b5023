// Every page of the console in every language, width and colour scheme: nothing wider than the screen, nothing that axe
// finds, no complaint of the browser. With TEGATA_SHOTS=directory it keeps pictures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertFitForEveryone, openPage, startBrowser } from "../../tests/web/support/browser.mjs";
import { startMock } from "./mock.mjs";

const PAGES = [
  "", "registrations", "registrations/r0", "registrations/r2", "registrations/r5", "devices", "devices/d0", "users",
  "users/new", "users/u0", "users/u3", "organizations", "administrators", "audit", "inquiries", "inquiries/new",
  "inquiries/q0", "policies", "mails", "account", "nothing/here",
];
const DESK = ["customers", "customers/new", "customers/aozora", "desk/inquiries", "desk/inquiries/aozora/q1"];
const LOCALES = (process.env.TEGATA_LOCALES ?? "ja,en,da").split(",");

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

async function look(name, kind, locale, pages, prepare = () => {}) {
  const mock = await startMock({ kind, locale });
  prepare(mock.state);
  const { page, faults, close } = await openPage(browser);
  for (const path of pages) {
    await page.goto(`${mock.home}#/${path}`);
    await page.locator("h1").waitFor();
    await page.waitForFunction(() => !document.querySelector(".loading"));
    await assertFitForEveryone(page, `${name}-${path.replaceAll("/", "-") || "overview"}`);
    assert.equal(await page.getByText(/console-[a-z]/).count(), 0, `${path}: a text is missing`);
  }
  const asked = faults.filter((fault) => !/401|404/.test(fault));
  assert.deepEqual(asked, []);
  await close();
  await mock.stop();
}

/** Some pages at a time, so that they can be looked at side by side. */
const PARTS = Array.from({ length: 3 }, (_, part) => PAGES.filter((_, index) => index % 3 === part));

for (const locale of LOCALES) {
  for (const pages of PARTS) test(`the console in ${locale}: ${pages.join(", ")}`, () => look("console", "tenant", locale, pages));
  test(`the desk in ${locale}`, () => look("desk", "provider", locale, DESK));
  test(`the login in ${locale}`, () => look("login", "tenant", locale, ["", "reset/token"], (state) => (state.signedIn = false)));
  test(`a first password in ${locale}`, () =>
    look("first-password", "tenant", locale, ["policies"], (state) => (state.session.state = "new_password")));
}
