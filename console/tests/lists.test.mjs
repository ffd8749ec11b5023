// What lists say: deadlines, failed logins, time zones by name; and that they take the width there is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startUse } from "./support/use.mjs";

const use = startUse();
const inHours = (hours) => Math.floor(Date.now() / 1000) + hours * 3600;
const cells = (page, name) =>
  page.locator("table").evaluate((table, column) => {
    const at = [...table.querySelectorAll("th")].findIndex((head) => head.textContent === column);
    return [...table.querySelectorAll("tbody tr")].map((row) => row.cells[at].lastElementChild.textContent.trim());
  }, name);

test("a request shows until when it waits, and a mark where that is soon", () =>
  use(
    "registrations?state=all",
    async (page) => {
      await page.locator("tbody tr").first().waitFor();
      const shown = await cells(page, "Answer by");
      assert.match(shown[0], /Under 24 hours$/);
      assert.doesNotMatch(shown[5], /Under/);
      assert.match(shown[5], /\d{2}:\d{2}$/);
      assert.deepEqual(shown.slice(1, 5), ["–", "–", "–", "–"], "what is answered waits for nothing");
    },
    {
      prepare({ registrations }) {
        registrations[0].expires_at = inHours(5);
        registrations[5].expires_at = inHours(30);
      },
    },
  ));

test("a failed login is about an account, and nobody's login", () =>
  use(
    "audit?action=session.create",
    async (page) => {
      await page.locator("tbody tr").nth(2).waitFor();
      const shown = await Promise.all(["Action", "Object", "By"].map((column) => cells(page, column)));
      assert.deepEqual(shown.map((column) => column[0]), ["Logged in", "", "山田 太郎 (Administrator)"]);
      assert.deepEqual(shown.map((column) => column[1]), ["Login failed", "Account of 山田 太郎", "Visitor (not logged in)"]);
      assert.deepEqual(shown.map((column) => column[2]), ["Login failed", "No such account", "Visitor (not logged in)"]);
      await page.locator("tbody button").nth(1).click();
      await page.locator("dialog").getByText("Login failed").waitFor();
    },
    {
      prepare(state) {
        const [login, failed] = state.audit.filter(({ action }) => action === "session.create");
        state.audit = [login, failed, { ...failed, seq: 1, object: "account/unknown", object_name: null, outcome: "wrong_password, 12 tries" }];
      },
    },
  ));

test("the overview tells a failed login as one", () =>
  use("", (page) => page.locator(".latest").getByText("Login failed: Account of 山田 太郎").first().waitFor()));

test("time zones have the names that people use, the likely ones first and the rest in their own order", () =>
  use("account", async (page, state) => {
    await page.getByText("Times are shown in Japan Standard Time.").waitFor();
    const zone = page.getByLabel("Time zone");
    assert.equal(await zone.locator("option:checked").textContent(), "Japan Standard Time (Asia/Tokyo)");
    await page.getByRole("option", { name: "Central European Time (Europe/Copenhagen)" }).waitFor({ state: "attached" });
    const names = await zone.locator("option").allTextContents();
    assert.ok(names.length > 300 && names.includes("UTC"));
    assert.equal(names[0], "Japan Standard Time (Asia/Tokyo)");
    const browsers = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    const rest = names.slice(browsers === "Asia/Tokyo" ? 1 : 2);
    assert.deepEqual(rest, [...rest].sort(new Intl.Collator("en-GB").compare));
    await zone.selectOption("Europe/Copenhagen");
    await page.locator(".section", { hasText: "Display" }).getByRole("button", { name: "Save" }).click();
    await page.getByText("Times are shown in Central European Time.").waitFor();
    assert.equal(state.session.time_zone, "Europe/Copenhagen");
  }));

test("a search outside Japanese does not speak of phonetic names", () =>
  use("users", async (page) => assert.equal(await page.getByLabel("Search").getAttribute("placeholder"), "Name, email or account")));

test("a list takes the width of the window, and breaks no word", () =>
  use(
    "administrators",
    async (page) => {
      for (const width of [1280, 1920, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        const { table, room, role } = await page.locator("table").evaluate((one) => {
          const style = getComputedStyle(one.closest("main"));
          const range = document.createRange();
          range.selectNodeContents(one.querySelector("tbody tr").cells[2].lastElementChild);
          return {
            table: Math.round(one.getBoundingClientRect().right),
            room: Math.round(document.documentElement.clientWidth - Number.parseFloat(style.paddingRight)),
            role: range.getClientRects().length,
          };
        });
        assert.equal(table, room, `${width}`);
        assert.equal(role, 1, `${width}: Systemadministrator is one word`);
      }
    },
    { locale: "da" },
  ));
