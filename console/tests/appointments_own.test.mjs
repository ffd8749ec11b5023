// Appointments as a customer's administrators see them (Z1), and what all pages of appointments look like in each language.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFitForEveryone, EACH_LOOK } from "../../tests/web/support/browser.mjs";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const AT = new Date("2026-11-30T03:00:00Z");
const dialog = (page) => page.locator("dialog[open]");

test("the customer's administrators see their appointments, and cancel one with a reason", () =>
  use(
    "appointments",
    async (page, state) => {
      await page.getByRole("row", { name: /Opsætning/ }).getByText("Proposed only").waitFor();
      assert.ok(state.calls.includes("GET appointments?state=open&order=oldest"), state.calls.join("\n"));
      assert.match(await page.getByRole("link", { name: /CSV/ }).getAttribute("href"), /\/appointments\/export/);
      await page.evaluate(() => (location.hash = "#/appointments/m2"));
      await page.getByText("Thu, 3 December 2026 at 10:00 – 11:00 (Japan Standard Time)").waitFor();
      await page.getByText("48,200 kbit/s").waitFor();
      assert.match(await page.locator("a[download]").getAttribute("href"), /\/api\/v1\/appointments\/m2\/receipt$/);
      await button(page, "Cancel the appointment").click();
      await dialog(page).getByLabel("Reason").fill("The plant is closed.");
      await button(dialog(page), "Cancel the appointment").click();
      await feedback(page, "The appointment was cancelled.");
      assert.deepEqual(state.sent, { reason: "The plant is closed." });
    },
    { at: AT },
  ));

test("the date of remote support is not cancelled here, nor does anybody cancel who may only look", () =>
  use(
    "appointments/m4",
    async (page, state) => {
      await page.getByRole("link", { name: "Remote support on 検査装置 3号機" }).waitFor();
      assert.equal(await button(page, "Cancel the appointment").count(), 0);
      state.session.rights = state.session.rights.filter((right) => right !== "launches.decide");
      await page.goto(page.url().replace("m4", "m2"));
      await page.reload();
      await page.getByText("Settled by").waitFor();
      assert.equal(await button(page, "Cancel the appointment").count(), 0);
    },
    { at: AT },
  ));

/** What is on the screen only after somebody did something. */
const STATES = {
  "appointment-asks": [
    "customers/aozora/appointments/new",
    async (page) => {
      await page.locator(".slots button.secondary").first().click();
      await page.locator("form select").nth(1).selectOption("Europe/Copenhagen");
      for (const [index, day] of ["2026-10-25", "2027-03-28"].entries()) {
        await page.locator('input[name="day"]').nth(index).fill(day);
        await page.locator('input[name="time"]').nth(index).fill("02:30");
      }
      await page.locator("form button.primary").click();
      await page.locator(".errors").waitFor();
      await page.locator('input[type="radio"]').first().check();
    },
  ],
  "appointment-move": ["desk/appointments/aozora/m2", (page) => page.locator(".section .buttons .secondary").first().click()],
  "appointment-cancel": ["desk/appointments/aozora/m2", (page) => page.locator(".section .buttons .danger").click()],
  "appointment-feed": [
    "desk/appointments?day=2026-12-03",
    async (page) => {
      await page.locator(".section > p > button").click();
      await page.locator('dialog input[name="name"]').fill("Outlook");
      await page.locator("dialog button.primary").click();
      await page.locator("dialog .chief").waitFor();
    },
  ],
};

for (const locale of ["ja", "en", "da"]) {
  test(`the forms of appointments fit everybody in ${locale}`, async () => {
    for (const [name, [path, act]] of Object.entries(STATES)) {
      const look = async (page) => {
        await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".loading"));
        await act(page);
        await assertFitForEveryone(page, name, EACH_LOOK);
        assert.equal(await page.getByText(/console-[a-z]/).count(), 0, `${name}: a text is missing`);
      };
      await use(path, look, { kind: "provider", locale, at: AT });
    }
  });
}
