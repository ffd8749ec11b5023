// Policies: only what was changed is sent, spans of time have their unit, and another data server is asked about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const save = (page) => button(page, "Save").click();

test("only what was changed is saved", () =>
  use("policies", async (page, state) => {
    await page.getByLabel("Require login to approve").check();
    await save(page);
    await feedback(page, "Saved.");
    assert.deepEqual(state.sent, { version: 4, policy: { approver_must_log_in: true } });
    await page.getByLabel("Company name").fill("Aozora Precision");
    await save(page);
    await page.waitForFunction(() => document.querySelector("form .primary")?.getAttribute("aria-disabled") !== "true");
    assert.deepEqual(state.sent, { version: 5, name: "Aozora Precision" });
    // The set-up step is done by looking through them, too.
    await save(page);
    await page.waitForFunction(() => document.querySelector("form .primary")?.getAttribute("aria-disabled") !== "true");
    assert.deepEqual(state.sent, { version: 6 });
  }));

test("a span of time is shown in the largest unit that fits, and taken with its unit", () =>
  use(
    "policies",
    async (page, state) => {
      const shown = async (label) => [
        await page.getByRole("textbox", { name: label }).inputValue(),
        await page.getByLabel(`Unit of "${label}"`).locator("option:checked").textContent(),
      ];
      assert.deepEqual(await shown("Time allowed for approval"), ["3", "days"]);
      assert.deepEqual(await shown("Activation code valid for"), ["90", "minutes"]);
      await page.getByRole("textbox", { name: "Time allowed for approval" }).fill("３６");
      await page.getByLabel('Unit of "Time allowed for approval"').selectOption("hours");
      await page.getByLabel(/^PC permission valid for/).fill("400");
      await save(page);
      await feedback(page, "Saved.");
      assert.deepEqual(state.sent.policy, { approval_life_seconds: 36 * 3600, device_life_seconds: 400 * 86400 });
      await page.getByLabel(/^PC permission valid for/).fill("");
      await page.getByRole("textbox", { name: "Activation code valid for" }).fill("0.5");
      await save(page);
      await page.locator(".field .error", { hasText: "from one minute to 30 days" }).waitFor();
      await page.getByLabel('Unit of "Activation code valid for"').selectOption("hours");
      await save(page);
      await page.waitForFunction(() => !document.querySelector(".field .error"));
      await page.waitForFunction(() => document.querySelector("form .primary")?.getAttribute("aria-disabled") !== "true");
      assert.deepEqual(state.sent.policy, { code_life_seconds: 1800, device_life_seconds: null });
    },
    { prepare: ({ policies }) => (policies.policy.code_life_seconds = 5400) },
  ));

test("a span that somebody else changed is shown with its unit, and what nobody changed here stays theirs", () =>
  use("policies", async (page, state) => {
    await page.getByRole("textbox", { name: "Time allowed for approval" }).fill("5");
    state.policies = { ...state.policies, version: 9, policy: { ...state.policies.policy, approval_life_seconds: 7200, key_required: true } };
    await save(page);
    await page.locator(".conflict").getByText("2 hours").waitFor();
    await page.locator(".conflict fieldset", { hasText: "5 days" }).getByText("Your change").click();
    await button(page, "Save selected values").click();
    await feedback(page, "Saved.");
    assert.deepEqual(state.sent, { version: 9, policy: { approval_life_seconds: 5 * 86400 } });
    assert.equal(state.policies.policy.key_required, true);
  }));

test("another data server is asked about, with both addresses", () =>
  use("policies", async (page, state) => {
    await page.getByLabel(/^Data server URL/).fill("https://new.aozora.example");
    await save(page);
    const dialog = page.locator("dialog");
    await dialog.getByText("https://data.aozora.example").waitFor();
    await dialog.getByText("https://new.aozora.example").waitFor();
    await dialog.getByText("get their data from the new server").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    assert.equal(state.sent, undefined);
    assert.equal(await page.getByLabel(/^Data server URL/).inputValue(), "https://new.aozora.example");
    await save(page);
    await dialog.getByRole("button", { name: "Change and save" }).click();
    await feedback(page, "Saved.");
    assert.deepEqual(state.sent, { version: 4, policy: { data_origin: "https://new.aozora.example" } });
    await page.getByLabel(/^Data server URL/).fill("");
    await save(page);
    await dialog.getByText("can no longer view any data").waitFor();
    await dialog.getByText("Not set").waitFor();
  }));

test("a customer is suspended only by whoever types its domain, and is told what stops", () =>
  use(
    "customers/aozora",
    async (page, state) => {
      await button(page, "Suspend").click();
      const dialog = page.locator("dialog");
      await dialog.getByRole("heading", { name: "Suspend 青空精工株式会社?" }).waitFor();
      await dialog.getByText("No permitted PC can view data.").waitFor();
      const typed = dialog.getByLabel('To confirm, type the domain "aozora"');
      assert.equal(await typed.evaluate((input) => input === document.activeElement), true);
      await typed.fill("nordlys");
      await page.keyboard.press("Enter");
      await dialog.getByText("does not match").waitFor();
      assert.equal(state.customers[0].state, "active");
      await typed.fill(" aozora ");
      await dialog.getByRole("button", { name: "Suspend" }).click();
      await feedback(page, "has been suspended");
      assert.equal(state.customers[0].state, "suspended");
      await button(page, "Resume").click();
      await dialog.getByRole("button", { name: "Resume" }).click();
      await feedback(page, "has been resumed");
    },
    { kind: "provider" },
  ));

test("how remote support is approved is a policy of its own", () =>
  use("policies", async (page, state) => {
    assert.ok(await page.getByLabel("No login").isChecked());
    await page.getByRole("group", { name: "Approvals needed for remote support" }).getByText("A single refusal means it is refused.").click();
    await page.getByLabel("Login with a passkey").check();
    await save(page);
    await feedback(page, "Saved.");
    assert.deepEqual(state.sent.policy, { launch_approvals: 2, launch_login: "passkey" });
  }));
