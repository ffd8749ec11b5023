// What a page does when its socket says that something has changed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { socket, startUse } from "./support/use.mjs";

const use = startUse();

/** Waits until the page asked for `path` once more than it had by the time of this call. */
async function asked(state, path, act) {
  const count = () => state.calls.filter((call) => call === `GET ${path}`).length;
  const before = count();
  act();
  for (let tries = 0; count() === before; tries += 1) {
    assert.ok(tries < 80, `${path} was not asked for`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("a half-written reply outlasts a refetch that fails, and the next change is shown", () =>
  use("inquiries/q0", async (page, state) => {
    const changed = await socket(page, state);
    const reply = page.locator("textarea");
    await reply.fill("half a sent");
    await page.locator('input[type="file"]').setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("a,b") });
    await page.locator("form").getByText("a.csv").waitFor();
    state.broken = "inquiries/q0";
    const answered = page.waitForResponse((response) => response.status() === 503);
    await asked(state, "inquiries/q0", () => changed("inquiries"));
    await answered;
    state.broken = undefined;
    state.messages.push({ ...state.messages[1], number: 3, body: "Meanwhile." });
    await asked(state, "inquiries/q0", () => changed("inquiries"));
    await page.getByText("Meanwhile.").waitFor();
    assert.equal(await reply.inputValue(), "half a sent");
    await page.locator("form").getByText("a.csv").waitFor();
  }));

test("the desk's applications follow changes, in the list and on their page", () =>
  use(
    "desk/applications",
    async (page, state) => {
      const changed = await socket(page, state);
      await page.getByRole("link", { name: "潮騒製作所" }).waitFor();
      state.applications[0].company = "潮騒工業";
      changed("desk_applications");
      await page.getByRole("link", { name: "潮騒工業" }).click();
      await page.getByRole("heading", { name: "潮騒工業" }).waitFor();
      state.applications[0].company = "潮騒精機";
      changed("desk_applications");
      await page.getByRole("heading", { name: "潮騒精機" }).waitFor();
    },
    { kind: "provider" },
  ));

test("what was read before a change does not come back over it", () =>
  use(
    "desk/inquiries/aozora/q1",
    async (page, state) => {
      const changed = await socket(page, state);
      const assigned = page.locator("select");
      await assigned.waitFor();
      const before = await assigned.inputValue();
      const options = await assigned.locator("option").evaluateAll((all) => all.map(({ value }) => value));
      const other = options.find((value) => value && value !== before);
      // The first fetch is answered late, with what was true before.
      let times = 0;
      let release;
      const late = new Promise((over) => (release = over));
      await page.route("**/desk/inquiries/aozora/q1/assignment", async (route) => {
        times += 1;
        const response = await route.fetch();
        const note = { ...(await response.json()), assigned: times === 1 ? before : other };
        if (times === 1) await late;
        await route.fulfill({ response, json: note }).catch(() => undefined);
      });
      changed("desk_inquiries");
      for (let tries = 0; times === 0 && tries < 80; tries += 1) await page.waitForTimeout(50);
      await assigned.selectOption(other);
      await page.locator("[role=status]").getByText(/./).first().waitFor();
      assert.equal(await assigned.inputValue(), other);
      release();
      await page.waitForTimeout(500);
      assert.equal(await assigned.inputValue(), other);
      assert.equal(times, 2, "it is asked once more");
    },
    { kind: "provider" },
  ));

test("whoever logs out before the socket is there opens none", () =>
  use("", async (page) => {
    let opened = 0;
    await page.routeWebSocket(/\/events$/, () => void (opened += 1));
    let answer;
    const asked = new Promise((resolve) => {
      void page.route("**/events/ticket", async (route) => {
        resolve();
        await new Promise((over) => (answer = over));
        await route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify({ ticket: "a ticket" }) });
      });
    });
    await page.reload();
    await asked;
    await page.getByRole("button", { name: "Log out" }).first().click();
    await page.getByLabel("Account").first().waitFor();
    const answered = page.waitForResponse("**/events/ticket");
    answer();
    await answered;
    await new Promise((over) => setTimeout(over, 300));
    assert.equal(opened, 0);
  }));
