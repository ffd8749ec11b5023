// A customer's equipment at the provider's desk: it keeps the registry, and decides nothing about what may be started.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const dialog = (page) => page.locator("dialog[open]");
const desk = { kind: "provider" };

test("the desk lists, registers, changes and retires a customer's equipment", () =>
  use(
    "customers/aozora",
    async (page, state) => {
      await page.getByRole("link", { name: "View equipment" }).click();
      await page.getByRole("heading", { name: "Equipment of 青空精工株式会社" }).waitFor();
      await page.getByRole("link", { name: "検査装置 3号機" }).waitFor();
      assert.ok(state.calls.includes("GET customers/aozora/equipment?state=active"), state.calls.join("\n"));
      assert.deepEqual(await page.locator("th").allTextContents(), ["Name", "Serial number", "Place", "Agent", "Remote assistance"]);
      await page.getByLabel("Search").fill("robot");
      await page.waitForURL(/q=robot/);
      await page.getByRole("link", { name: "Register equipment" }).click();
      assert.equal(await page.getByLabel("Organisation").count(), 0);
      await page.getByLabel("Name", { exact: true }).fill("搬送ロボット 2");
      await page.getByLabel("Serial number").fill("RB-500");
      await page.getByLabel("佐藤 花子").check();
      await button(page, "Register").click();
      await page.locator(".field .error", { hasText: "already has this serial number" }).waitFor();
      await page.getByLabel("Serial number").fill("RB-501");
      await button(page, "Register").click();
      await feedback(page, '"搬送ロボット 2" has been registered.');
      const made = state.equipment.at(-1);
      assert.deepEqual([made.serial_number, made.responsible, "organization" in state.sent], ["RB-501", ["u1"], false]);
      await page.getByRole("link", { name: "Change", exact: true }).click();
      await page.getByLabel(/^Place/).fill("第二工場");
      await button(page, "Save").click();
      await feedback(page, "Saved.");
      assert.deepEqual([made.place, "organization" in state.sent], ["第二工場", false]);
      await button(page, "Retire equipment").click();
      await dialog(page).getByText("Only the customer's administrators can bring it back.").waitFor();
      await button(dialog(page), "Retire equipment").click();
      await feedback(page, "has been retired");
      assert.equal(made.state, "retired");
      assert.equal(await page.getByRole("button", { name: "Bring back into use" }).count(), 0);
    },
    desk,
  ));

test("the desk sees what is allowed, and that the customer decides it", () =>
  use(
    "customers/aozora/equipment/e0",
    async (page) => {
      await page.getByText("The support desk cannot change it.").waitFor();
      await page.getByText("The customer's administrators issue enrolment codes").waitFor();
      await page.getByText("inspection-03.line2.aozora.example").waitFor();
      assert.deepEqual(await page.locator("main .section button").allTextContents(), ["Mail the steps to the machine", "Retire equipment"]);
      // Whoever is responsible in an organisation is not known to the desk.
      await page.goto(page.url().replace("e0", "e2"));
      await page.getByText("A user you cannot view").waitFor();
      await page.goto(page.url().replace("e2", "e4"));
      await page.getByText("Nobody has been chosen. The administrators of the customer's organisation").waitFor();
    },
    desk,
  ));

test("a change of the desk takes a fresh login, and a conflict is shown", () =>
  use(
    "customers/aozora/equipment/e1/edit",
    async (page, state) => {
      await page.getByLabel("Name", { exact: true }).fill("Mine");
      Object.assign(state.equipment[1], { name: "Theirs", version: 9 });
      await button(page, "Save").click();
      await dialog(page).getByLabel("Password", { exact: true }).fill("right password");
      await button(dialog(page), "Continue").click();
      await page.getByRole("heading", { name: "Someone else changed this first" }).waitFor();
      await page.locator(".conflict fieldset", { hasText: "Theirs" }).getByText("Their change").click();
      await button(page, "Save selected values").click();
      await feedback(page, "Saved.");
      assert.equal(state.equipment[1].name, "Theirs");
    },
    { ...desk, prepare: (state) => (state.fresh = false) },
  ));

test("a suspended customer's equipment can only be read", () =>
  use(
    "customers/nordlys/equipment",
    async (page) => {
      await page.getByRole("link", { name: "検査装置 3号機" }).click();
      await page.getByText("The support desk cannot change it.").waitFor();
      assert.equal(await page.locator("main .section button, main .actions a").count(), 0);
    },
    desk,
  ));

test("the desk's pages are the provider's", () =>
  use("customers/aozora/equipment", (page) => page.getByRole("heading", { name: "You do not have access to this page" }).waitFor()));
