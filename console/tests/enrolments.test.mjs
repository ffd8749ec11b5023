// Enrolment without a code (P2): what a provider is known by, and machines that wait, at the desk and at a customer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, socket, startUse } from "./support/use.mjs";

const use = startUse();
const desk = { kind: "provider" };
const dialog = (page) => page.locator("dialog[open]");
const row = (page, name) => page.getByRole("row", { name });
const menu = (page) => page.locator(".frame > nav");
const without = (right) => ({ session }) => (session.rights = session.rights.filter((one) => one !== right));
const section = (page, name) => page.locator(".section", { has: page.getByRole("heading", { name, exact: true }) });
const renewals = ({ calls }) => calls.filter((call) => call === "POST service-organization/verification-code").length;

test("the list tells of each machine why it waits, and follows what changes", () =>
  use(
    "desk/enrolments",
    async (page, state) => {
      const changed = await socket(page, state);
      await row(page, "TG-2041/B").getByText("The equipment already has an agent or an enrolment code").waitFor();
      await row(page, "TG-2041/B").getByText("青空精工株式会社").waitFor();
      await row(page, "SN 88-1O273").getByText("No equipment has this serial number").waitFor();
      await row(page, "PS-18").getByText("Several customers").waitFor();
      await row(page, "NL-3").getByText("The customer is suspended").waitFor();
      await row(page, "RB-500").getByText("Approved, in progress").waitFor();
      await row(page, "RB-501").getByText("Checking with the customer").waitFor();
      // What is on its way to a customer waits for nobody.
      await menu(page).getByText("4 waiting").waitFor();
      assert.equal(await page.locator("tbody tr").count(), 6);
      state.enrolments.push({ ...state.enrolments[1], id: "w-new", serial_number: "NEW-1" });
      changed("desk_enrolments");
      await row(page, "NEW-1").waitFor();
      await menu(page).getByText("5 waiting").waitFor();
      await page.getByLabel("Status").selectOption("all");
      await row(page, "TG-2040").getByText("Approved", { exact: true }).waitFor();
    },
    desk,
  ));

test("a machine is accepted for the equipment that has its number, after the consequences and a fresh login", () =>
  use(
    "desk/enrolments/w0",
    async (page, state) => {
      await page.getByText("inspection-03-new").waitFor();
      await page.getByText("None of it has been verified.").waitFor();
      await button(page, "Approve").click();
      for (const consequence of ["enrolment of the current agent ends", "remote assistance is switched off", "unused enrolment code", "the audit log of 青空精工株式会社"]) {
        await dialog(page).getByText(consequence).waitFor();
      }
      assert.equal(await dialog(page).getByText("is not that of this equipment").count(), 0);
      await button(dialog(page), "Cancel").click();
      assert.equal(state.sent, undefined);
      await button(page, "Approve").click();
      await button(dialog(page), "Approve").click();
      await dialog(page).getByLabel("Password", { exact: true }).fill("right password");
      await button(dialog(page), "Continue").click();
      await feedback(page, "You approved the machine.");
      assert.deepEqual(state.sent, { outcome: "approved", customer: "aozora", equipment: "e0" });
      await page.getByText("Approved, in progress").waitFor();
      assert.equal(await page.locator("main").getByRole("link", { name: "検査装置 3号機" }).getAttribute("href"), "#/customers/aozora/equipment/e0");
      assert.equal(await button(page, "Approve").count(), 0);
      await menu(page).getByText("3 waiting").waitFor();
    },
    { ...desk, prepare: (state) => (state.fresh = false) },
  ));

test("where several customers have the number, nobody is chosen beforehand", () =>
  use(
    "desk/enrolments/w2",
    async (page, state) => {
      await page.getByText("みどり光学株式会社: 搬送ロボット").waitFor();
      await button(page, "Approve").click();
      await page.locator(".errors").waitFor();
      assert.equal(state.sent, undefined);
      await page.getByLabel("青空精工株式会社: 印刷サーバー").check();
      await button(page, "Approve").click();
      await dialog(page).getByText("as the agent of \"印刷サーバー\"").waitFor();
      // Its agent has ended long ago: nothing of it ends now.
      assert.equal(await dialog(page).getByText("current agent ends").count(), 0);
      await button(dialog(page), "Approve").click();
      await feedback(page, "You approved the machine.");
      assert.deepEqual(state.sent, { outcome: "approved", customer: "aozora", equipment: "e4" });
    },
    desk,
  ));

test("for a number that nobody has, the equipment is searched for, and that the numbers differ is said", () =>
  use(
    "desk/enrolments/w1",
    async (page, state) => {
      await button(page, "Approve").click();
      await page.locator(".field .error").waitFor();
      await page.getByLabel("Customer").selectOption("青空精工株式会社");
      await page.getByText("Showing 5.").waitFor();
      await page.getByLabel("Search equipment").fill("nmv");
      await page.keyboard.press("Enter");
      assert.equal(await page.getByLabel("5軸加工機 NMV-5000").isChecked(), false);
      await page.waitForFunction(() => document.querySelectorAll('input[type="radio"]').length === 1);
      await page.getByLabel("5軸加工機 NMV-5000").check();
      await button(page, "Approve").click();
      await dialog(page).getByText("The serial number entered (SN 88-1O273) is not that of this equipment (SN 88-10273).").waitFor();
      await button(dialog(page), "Approve").click();
      await feedback(page, "You approved the machine.");
      assert.deepEqual(state.sent, { outcome: "approved", customer: "aozora", equipment: "e1" });
    },
    desk,
  ));

test("what was chosen at one customer does not hold for another; a suspended one is refused here", () =>
  use(
    "desk/enrolments/w1",
    async (page, state) => {
      await page.getByLabel("Customer").selectOption("青空精工株式会社");
      await page.getByLabel("検査装置 3号機").check();
      await page.getByLabel("Customer").selectOption("みどり光学株式会社");
      await button(page, "Approve").click();
      await page.locator(".errors").waitFor();
      await page.getByLabel("Customer").selectOption("Nordlys Maskinfabrik A/S");
      await page.getByLabel("検査装置 3号機").check();
      await button(page, "Approve").click();
      await page.locator(".field .error", { hasText: "This customer is suspended." }).waitFor();
      assert.equal(state.sent, undefined);
    },
    desk,
  ));

test("a machine is refused only after the question", () =>
  use(
    "desk/enrolments/w0",
    async (page, state) => {
      await button(page, "Refuse").click();
      await dialog(page).getByText("The current agent is not affected.").waitFor();
      await dialog(page).getByText("The customer's administrators can no longer approve").waitFor();
      await button(dialog(page), "Refuse").click();
      await feedback(page, "You refused the machine.");
      assert.deepEqual(state.sent, { outcome: "refused" });
      await page.locator(".details").getByText("Refused").waitFor();
      assert.equal(await button(page, "Refuse").count(), 0);
    },
    desk,
  ));

for (const act of ["Approve", "Refuse"]) {
  test(`what somebody else has answered is said, and shown: ${act}`, () =>
    use(
      "desk/enrolments/w0",
      async (page, state) => {
        await button(page, act).click();
        await dialog(page).waitFor();
        Object.assign(state.enrolments[0], { state: "refused", waits: null });
        await button(dialog(page), act).click();
        await feedback(page, "This machine can no longer be answered");
        await page.locator(".details").getByText("Refused").waitFor();
      },
      desk,
    ));
}

test("who may not connect sees a machine and answers nothing", () =>
  use(
    "desk/enrolments/w0",
    async (page) => {
      await page.getByText("inspection-03-new").waitFor();
      assert.equal(await page.locator("main button").count(), 0);
    },
    { ...desk, prepare: without("desk.connect") },
  ));

test("a new verification code ends the old one after a question, and is shown once", () =>
  use(
    "desk/identification",
    async (page, state) => {
      assert.equal(await page.getByRole("textbox", { name: "Service organisation ID" }).inputValue(), "48201937");
      assert.match(await page.getByRole("textbox", { name: "Command" }).inputValue(), /^tegata agent enrol --edge http:\S+ --organization 48201937$/);
      await button(page, "Issue new verification code").click();
      await dialog(page).getByText("The current verification code stops working immediately.").waitFor();
      await button(dialog(page), "Cancel").click();
      assert.equal(renewals(state), 0);
      await button(page, "Issue new verification code").click();
      await button(dialog(page), "Issue new verification code").click();
      await dialog(page).getByLabel("Password", { exact: true }).fill("right password");
      await button(dialog(page), "Continue").click();
      const code = dialog(page).getByRole("textbox", { name: "Verification code" });
      await code.waitFor();
      assert.equal(await code.inputValue(), "K7QMD-2XRDP");
      await button(dialog(page), "Close").click();
      await dialog(page).waitFor({ state: "detached" });
      assert.ok(!(await page.content()).includes("K7QMD"), "it is shown once");
      assert.equal(renewals(state), 2, "once refused for want of a fresh login");
    },
    { ...desk, prepare: (state) => (state.fresh = false) },
  ));

test("the first code comes with the organisation ID, and ends nothing", () =>
  use(
    "desk/identification",
    async (page, state) => {
      await page.getByText("It comes with the first verification code.").waitFor();
      await page.getByText("Not issued").waitFor();
      await button(page, "Issue verification code").click();
      await dialog(page).getByRole("textbox", { name: "Verification code" }).waitFor();
      await button(dialog(page), "Close").click();
      await section(page, "Service organisation ID").getByRole("textbox").waitFor();
      await page.getByText("Valid", { exact: true }).waitFor();
      assert.equal(renewals(state), 1);
    },
    { ...desk, prepare: (state) => (state.organizationNumber = { organization: null, code_issued_at: null }) },
  ));

test("who may not see the organisation ID is not led to it", () =>
  use(
    "desk/enrolments",
    async (page) => {
      await row(page, "PS-18").waitFor();
      assert.equal(await page.getByRole("link", { name: "Service organisation ID" }).count(), 0);
    },
    { ...desk, prepare: without("enrolment") },
  ));

test("the desk's home counts the machines that wait", () =>
  use(
    "",
    async (page) => {
      const card = page.locator(".card", { hasText: "Machines asking to enrol" });
      await card.getByText("4", { exact: true }).waitFor();
      await card.getByRole("link").click();
      await row(page, "PS-18").waitFor();
    },
    desk,
  ));

test("an administrator finds the machine by the number on the home page, and lets it in on the page of its equipment", () =>
  use("", async (page, state) => {
    const card = page.locator(".card", { hasText: "Machines asking to enrol" });
    await card.getByText("1", { exact: true }).waitFor();
    await card.getByRole("link").click();
    await row(page, "TG-2041/B").getByText("検査装置 3号機").waitFor();
    await page.getByRole("link", { name: "TG-2041/B" }).click();
    const waiting = section(page, "Machine asking to enrol");
    await waiting.getByText("inspection-03-new").waitFor();
    await waiting.getByRole("button", { name: "Approve" }).click();
    await dialog(page).getByText("enrolment of the current agent ends").waitFor();
    await dialog(page).getByText("remote assistance is switched off").waitFor();
    await button(dialog(page), "Approve").click();
    await feedback(page, "You approved the machine.");
    assert.deepEqual(state.sent, { outcome: "approved" });
    assert.ok(state.calls.includes("POST enrolments/w0/decision"));
    await waiting.waitFor({ state: "detached" });
    await menu(page).getByRole("link", { name: "Machines asking to enrol", exact: true }).waitFor();
  }));

test("a machine appears on the page of its equipment by itself, is refused there, and stays in the list of all", () =>
  use(
    "equipment/e0",
    async (page, state) => {
      const changed = await socket(page, state);
      const waiting = section(page, "Machine asking to enrol");
      await section(page, "Agent").waitFor();
      assert.equal(await waiting.count(), 0);
      Object.assign(state.enrolments[0], { state: "open", waits: "enrolled" });
      changed("enrolments");
      await waiting.getByRole("button", { name: "Refuse" }).click();
      await dialog(page).getByText("The support desk can no longer approve this request either.").waitFor();
      await button(dialog(page), "Refuse").click();
      await feedback(page, "You refused the machine.");
      await waiting.waitFor({ state: "detached" });
      await page.goto(`${page.url().split("#")[0]}#/enrolments`);
      await page.getByText("No machine is waiting for approval.").waitFor();
      await page.getByLabel("Status").selectOption("all");
      await row(page, "inspection-03-new").getByText("Refused").waitFor();
      // What was never placed leads nowhere.
      assert.equal(await row(page, "unknown-host").getByRole("link").count(), 0);
    },
    { prepare: ({ enrolments }) => Object.assign(enrolments[0], { state: "expired", waits: null }) },
  ));

test("what the desk has answered meanwhile is said to the administrator", () =>
  use("equipment/e0", async (page, state) => {
    const waiting = section(page, "Machine asking to enrol");
    await waiting.getByRole("button", { name: "Approve" }).click();
    await dialog(page).waitFor();
    Object.assign(state.enrolments[0], { state: "refused", waits: null });
    await button(dialog(page), "Approve").click();
    await feedback(page, "This machine can no longer be answered");
    await waiting.waitFor({ state: "detached" });
  }));

test("whoever may only read sees the machine and answers nothing", () =>
  use(
    "equipment/e0",
    async (page) => {
      await section(page, "Machine asking to enrol").getByText("inspection-03-new").waitFor();
      assert.equal(await page.locator("main button").count(), 0);
    },
    { prepare: ({ session }) => Object.assign(session, { role: "auditor", rights: ["own", "overview", "equipment.read"] }) },
  ));

test("what waits is counted on every page of a list, up to a hundred", () =>
  use("account", async (page, state) => {
    const [open] = state.launches;
    const pages = { "": 30, "30": 40, "70": 50 };
    await page.route(/\/launches\?/, (route) => {
      const cursor = new URL(route.request().url()).searchParams.get("cursor") ?? "";
      const next = Number(cursor) + pages[cursor];
      const items = Array.from({ length: pages[cursor] }, (_, index) => ({ ...open, id: `x${index}`, state: index ? "requested" : "running" }));
      return route.fulfill({ json: { items, cursor: next < 120 ? String(next) : null } });
    });
    await page.reload();
    await menu(page).getByText("100 waiting").waitFor();
    pages["70"] = 1;
    await page.reload();
    await menu(page).getByText("68 waiting").waitFor();
  }));
