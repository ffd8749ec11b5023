// Equipment: its list, its page with switches and agent, and its form.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, socket, startUse } from "./support/use.mjs";

const use = startUse();
const dialog = (page) => page.locator("dialog[open]");
const row = (page, name) => page.getByRole("row", { name });
const section = (page, name) => page.locator("main > .section", { has: page.getByRole("heading", { name, exact: true }) });
const asked = ({ calls }, call) => calls.filter((one) => one === call).length;

/** Somebody with these rights alone. */
const as = (role, rights, more = {}) => ({ prepare: ({ session }) => Object.assign(session, { role, rights: ["own", ...rights] }, more) });
const AUDITOR = ["overview", "equipment.read", "users.read", "audit.read"];
const LOCAL = ["users.read", "users.write", "equipment.read", "equipment.write"];

test("the list tells of each piece what it is, whether its agent is there, and what is allowed", () =>
  use("equipment", async (page, state) => {
    await row(page, "検査装置 3号機").waitFor();
    assert.ok(state.calls.includes("GET equipment?state=active"), state.calls.join("\n"));
    const told = async (name) => (await row(page, name).textContent()).replaceAll(/\s+/g, " ");
    const first = await told("検査装置 3号機");
    for (const shown of ["IV-300", "TG-2041/B", "本社 第一工場 2階 第2ライン", "精密加工係", "Connected", "Manual launch: allowed"]) assert.ok(first.includes(shown), `${shown} in ${first}`);
    assert.match(await told("5軸加工機"), /Not connected.*Not allowed/);
    assert.match(await told("印刷サーバー"), /Not enrolled/);
    assert.equal(await page.getByText("旧型プリントサーバー").count(), 0, "what is retired is left out");
    await page.getByLabel("Status").selectOption("retired");
    await row(page, "旧型プリントサーバー").waitFor();
    await page.getByLabel("Status").selectOption("all");
    await page.getByLabel("Organisation").selectOption("o2");
    await page.getByLabel("Search").fill("nmv");
    await page.waitForURL(/organization=o2&q=nmv/);
    await row(page, "5軸加工機").waitFor();
    assert.ok(state.calls.includes("GET equipment?state=all&q=nmv&organization=o2"), state.calls.at(-1));
    const save = await page.getByRole("link", { name: "Save as CSV" }).getAttribute("href");
    assert.match(save, /equipment\/export\?format=csv&state=all&q=nmv&organization=o2$/);
  }));

test("the list and a page follow what changes", () =>
  use("equipment", async (page, state) => {
    const changed = await socket(page, state);
    await row(page, "印刷サーバー").waitFor();
    state.equipment[4].name = "印刷サーバー（新）";
    changed("equipment");
    await page.getByRole("link", { name: "印刷サーバー（新）" }).click();
    await page.getByText("Spent credentials were used again").waitFor();
    Object.assign(state.equipment[4].agent, { ended: null, ended_at: null, connected_since: state.now });
    changed("equipment");
    await section(page, "Agent").getByText("Connected", { exact: true }).waitFor();
  }));

test("a list that cannot be fetched says so, and is fetched again", () =>
  use("equipment", async (page, state) => {
    await page.getByRole("alert").getByText("temporarily unavailable").waitFor();
    state.broken = undefined;
    await button(page, "Try again").click();
    await row(page, "検査装置 3号機").waitFor();
    await page.route(/equipment\/e0$/, (route) => route.abort());
    await page.getByRole("link", { name: "検査装置 3号機" }).click();
    await page.getByRole("alert").getByText("Cannot reach the server").waitFor();
    await page.unroute(/equipment\/e0$/);
    await button(page, "Try again").click();
    await page.getByRole("heading", { name: "検査装置 3号機" }).waitFor();
  }, { prepare: (state) => (state.broken = "equipment") }));

test("a page names who is responsible, or else who is asked", () =>
  use("equipment/e0", async (page) => {
    await page.getByRole("link", { name: "佐藤 花子" }).waitFor();
    await page.getByText("Waiting for first login").waitFor();
    assert.equal(await page.locator("main").getByRole("link", { name: "山田 太郎" }).getAttribute("href"), "#/users/u0");
    assert.equal(await page.getByText("asked to approve").count(), 0);
    await page.goto(page.url().replace("e0", "e4"));
    await page.getByText("The administrators of the organisation are asked to approve").waitFor();
    await page.goto(page.url().replace("e4", "e5"));
    await page.getByText("All system administrators are asked to approve").waitFor();
    // The one who is responsible for e1 has an account that cannot be used.
    await page.goto(page.url().replace("e5", "e1"));
    await page.getByText("None of them has an account in use.").waitFor();
    const log = page.getByRole("link", { name: "View the audit log of this equipment" });
    assert.equal(await log.getAttribute("href"), "#/audit?object=equipment%2Fe1");
  }));

test("remote assistance is allowed only after a question and a fresh login, and forbidden without a question", () =>
  use(
    "equipment/e1",
    async (page, state) => {
      const allow = page.getByRole("button", { name: "Allow: Allow remote assistance" });
      await allow.click();
      await dialog(page).getByText("Each start requires the approval").waitFor();
      await button(dialog(page), "Cancel").click();
      assert.equal(asked(state, "PATCH equipment/e1/switches"), 0);
      await allow.click();
      await dialog(page).getByText("SN 88-10273").waitFor();
      await button(dialog(page), "Allow").click();
      await dialog(page).getByLabel("Password", { exact: true }).fill("right password");
      await button(dialog(page), "Continue").click();
      await feedback(page, "Remote assistance is now allowed.");
      assert.deepEqual(state.sent, { version: 2, remote_assistance: true });
      assert.equal(state.equipment[1].remote_assistance, true);
      await page.getByRole("button", { name: "Stop allowing: Allow remote assistance" }).click();
      await feedback(page, "Remote assistance is no longer allowed.");
      assert.equal(state.equipment[1].remote_assistance, false);
    },
    { prepare: (state) => (state.fresh = false) },
  ));

test("the manual launch is a switch of its own; a change by somebody else is not overwritten", () =>
  use("equipment/e1", async (page, state) => {
    const forbid = page.getByRole("button", { name: "Stop allowing: Allow the manual launch of remote support" });
    await forbid.waitFor();
    Object.assign(state.equipment[1], { name: "加工機", version: 9 });
    await forbid.click();
    await feedback(page, "Someone else changed this first");
    await page.getByRole("heading", { name: "加工機" }).waitFor();
    assert.equal(state.equipment[1].manual_launch, true);
    await forbid.click();
    await feedback(page, "The manual launch is no longer allowed.");
    assert.deepEqual(state.sent, { version: 9, manual_launch: false });
  }));

test("whoever may only read sees everything and changes nothing", () =>
  use(
    "equipment/e0",
    async (page) => {
      await page.getByText("Only system administrators can change this.").waitFor();
      await section(page, "Agent").getByText("tegata 0.1.0").waitFor();
      assert.equal(await page.locator("main button, main .actions a").count(), 0);
      await page.getByRole("link", { name: "← 機器" }).or(page.locator(".back a")).click();
      await row(page, "検査装置 3号機").waitFor();
      assert.deepEqual(await page.locator(".actions a").allTextContents(), ["Save as CSV"]);
      for (const path of ["equipment/new", "equipment/import", "equipment/e0/edit"]) {
        await page.goto(`${page.url().split("#")[0]}#/${path}`);
        await page.getByRole("heading", { name: "You do not have access to this page" }).waitFor();
      }
    },
    as("auditor", AUDITOR),
  ));

test("who administers an organisation keeps its equipment, but not the switches", () =>
  use(
    "equipment/new",
    async (page, state) => {
      assert.deepEqual(await page.getByLabel("Organisation").locator("option").first().textContent(), "Aozora Europe ApS");
      await page.getByLabel("Name", { exact: true }).fill("Robot 1");
      await page.getByLabel("Serial number").fill("R-1");
      await page.getByLabel("Mette Sørensen").check();
      await button(page, "Register").click();
      await feedback(page, '"Robot 1" has been registered.');
      const made = state.equipment.at(-1);
      assert.deepEqual([made.organization, made.responsible, made.model, made.notes], ["o3", ["u2"], null, null]);
      await page.getByText("Only system administrators can change this.").waitFor();
      await button(page, "Issue enrolment code").waitFor();
      assert.equal(await page.getByText("View the audit log").count(), 0);
    },
    as("organization_administrator", LOCAL, { organization: "o3" }),
  ));

test("without the right there is no menu entry", () =>
  use("users", async (page) => {
    await page.getByRole("link", { name: "Users", exact: true }).waitFor();
    assert.equal(await page.getByRole("navigation").getByText("Equipment").count(), 0);
  }, as("organization_administrator", ["users.read"])));

test("what the form refuses is said at its field, and a number that is taken too", () =>
  use("equipment/new", async (page, state) => {
    await button(page, "Register").click();
    await page.locator(".field .error").nth(1).waitFor();
    assert.equal(asked(state, "POST equipment"), 0);
    await page.getByLabel("Name", { exact: true }).fill("検査装置 9号機");
    const serial = page.getByLabel("Serial number");
    await serial.fill("製造-1");
    await button(page, "Register").click();
    await page.locator(".field .error", { hasText: "letters from A to Z" }).waitFor();
    await serial.fill("tg-2041/b");
    await button(page, "Register").click();
    await page.locator(".field .error", { hasText: "already has this serial number" }).waitFor();
    assert.equal(await serial.getAttribute("aria-invalid"), "true");
    await serial.fill("TG-2050");
    await page.getByLabel(/^Notes/).fill("一行目\n二行目");
    await button(page, "Register").click();
    await feedback(page, '"検査装置 9号機" has been registered.');
    assert.equal(state.equipment.at(-1).notes, "一行目\n二行目");
    assert.equal(await page.evaluate(() => Object.keys(sessionStorage).length), 0);
  }));

test("what is sent again after a lost answer has the same key", () =>
  use("equipment/new", async (page, state) => {
    const keys = [];
    page.on("request", (request) => request.method() === "POST" && /equipment$/.test(request.url()) && keys.push(request.headers()["idempotency-key"]));
    let lost = 1;
    await page.route(/equipment$/, (route) => (route.request().method() === "POST" && lost-- > 0 ? route.abort() : route.continue()));
    await page.getByLabel("Name", { exact: true }).fill("A");
    await page.getByLabel("Serial number").fill("A-1");
    await button(page, "Register").click();
    await page.locator(".errors").getByText("Cannot reach the server").waitFor();
    await button(page, "Register").click();
    await feedback(page, '"A" has been registered.');
    assert.equal(keys.length, 2);
    assert.match(keys[0], /^[0-9a-f]{32}$/);
    assert.equal(keys[0], keys[1]);
    assert.equal(state.equipment.at(-1).name, "A");
  }));

test("only administrators who may see the equipment can be chosen", () =>
  use("equipment/new", async (page) => {
    const choice = (name) => page.locator("fieldset").getByLabel(name);
    await choice("山田 太郎").waitFor();
    // An auditor, and somebody without an account.
    assert.equal(await choice("髙橋 美咲").count() + (await choice("鈴木 一郎").count()), 0);
    assert.equal(await choice("Mette Sørensen").count(), 0, "she administers another organisation");
    await page.getByLabel("Organisation").selectOption("o3");
    await choice("Mette Sørensen").check();
    await page.getByLabel("Organisation").selectOption("o1");
    await page.getByText("Cannot be responsible for equipment of this organisation").waitFor();
    assert.ok(await choice("Mette Sørensen").isChecked(), "the choice stays until it is taken back");
  }));

test("a change by somebody else while editing is shown, and nothing is lost", () =>
  use("equipment/e0", async (page, state) => {
    await page.getByRole("link", { name: "Change", exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill("Mine");
    Object.assign(state.equipment[0], { name: "Theirs", responsible: ["u1"], version: 9 });
    await button(page, "Save").click();
    await page.getByRole("heading", { name: "Someone else changed this first" }).waitFor();
    await page.locator(".conflict").getByText("山田 太郎, 佐藤 花子").waitFor();
    await page.locator(".conflict fieldset", { hasText: "Theirs" }).getByText("Your change").click();
    await button(page, "Save selected values").click();
    await feedback(page, "Saved.");
    assert.deepEqual([state.equipment[0].name, state.equipment[0].responsible], ["Mine", ["u1"]]);
    await page.getByRole("heading", { name: "Mine" }).waitFor();
  }));

test("somebody responsible whom the reader cannot see stays, and can be taken out", () =>
  use("equipment/e2/edit", async (page, state) => {
    const hidden = page.getByLabel("A user you cannot view");
    assert.ok(await hidden.isChecked());
    await page.getByLabel(/^Place/).fill("Hal C");
    await button(page, "Save").click();
    await feedback(page, "Saved.");
    assert.deepEqual([state.equipment[2].place, state.equipment[2].responsible], ["Hal C", ["u9"]]);
    await page.getByRole("link", { name: "Change", exact: true }).click();
    await hidden.uncheck();
    await button(page, "Save").click();
    await feedback(page, "Saved.");
    assert.deepEqual(state.equipment[2].responsible, []);
  }));

test("a code is shown once, with the command that takes it", () =>
  use("equipment/e0", async (page, state) => {
    await button(page, "Issue enrolment code").click();
    await dialog(page).getByText("It ends the code that was issued for this equipment before.").waitFor();
    await dialog(page).getByText("ends the enrolment of the current agent").waitFor();
    await dialog(page).getByLabel("Valid for").selectOption({ label: "1 hour" });
    await button(dialog(page), "Issue enrolment code").click();
    const code = dialog(page).getByRole("textbox", { name: "Enrolment code" });
    assert.match(await code.inputValue(), /^tg_enr_\w{43}$/);
    assert.deepEqual(state.sent, { expires_in: 3600 });
    const command = await dialog(page).getByRole("textbox", { name: "Command" }).inputValue();
    assert.equal(command, `tegata agent enrol --edge ${new URL(page.url()).origin} --tenant aozora`);
    await dialog(page).getByText(/It works once, until .*2026.*:00/).waitFor();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await dialog(page).getByRole("button", { name: "Copy: Enrolment code" }).click();
    await dialog(page).getByText("Copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await code.inputValue());
    // By the keyboard: Escape closes it, and the focus is back.
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    assert.equal(await page.getByText("tg_enr_").count(), 0);
    assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage).includes("tg_enr_")), false);
  }));

test("an agent is ended after a question, and so is a code where there is no agent", () =>
  use("equipment/e0", async (page, state) => {
    await button(page, "End the agent's enrolment").click();
    await dialog(page).getByText("will be disconnected immediately").waitFor();
    await button(dialog(page), "End the agent's enrolment").click();
    await feedback(page, "The agent's enrolment has been ended.");
    await page.getByText("An administrator ended it").waitFor();
    await button(page, "Cancel enrolment code").click();
    await button(dialog(page), "Cancel enrolment code").click();
    await feedback(page, "The enrolment code has been cancelled.");
    assert.equal(asked(state, "POST equipment/e0/agent/end"), 2);
  }));

test("equipment is retired and brought back, and is closed to the desk afterwards", () =>
  use("equipment/e0", async (page, state) => {
    await button(page, "Retire equipment").click();
    await dialog(page).getByText("Other equipment can be registered under the same serial number.").waitFor();
    await button(dialog(page), "Retire equipment").click();
    await feedback(page, '"検査装置 3号機" has been retired.');
    assert.equal(await page.getByRole("link", { name: "Change", exact: true }).count(), 0);
    assert.equal(await page.locator(".switch button").count(), 0);
    assert.equal(await button(page, "Issue enrolment code").count(), 0);
    await page.goto(`${page.url()}/edit`);
    await page.getByText("Retired equipment cannot be changed").waitFor();
    await page.goBack();
    // Its number was given to another machine meanwhile.
    state.equipment[1].serial_number = "TG-2041/B";
    await button(page, "Bring back into use").click();
    await button(dialog(page), "Bring back into use").click();
    await feedback(page, "already has this serial number");
    state.equipment[1].serial_number = "SN 88-10273";
    await button(page, "Bring back into use").click();
    await button(dialog(page), "Bring back into use").click();
    await feedback(page, "is back in use");
    assert.deepEqual([state.equipment[0].state, state.equipment[0].remote_assistance], ["active", false]);
  }));

test("an entry of the log leads to the equipment, and tells what an agent did", () =>
  use(
    "audit",
    async (page) => {
      const first = page.locator("tbody tr").first();
      await first.getByText("Agent enrolled").waitFor();
      assert.match(await first.textContent(), /Agent enrolled.*Agent.*Done/);
      await first.getByRole("button").click();
      await dialog(page).getByRole("link", { name: /equipment\// }).click();
      await page.waitForURL(/#\/equipment\/eeeeeeeeeeeeeeeeeeeeee$/);
    },
    {
      prepare(state) {
        const [entry] = state.audit;
        const id = "e".repeat(22);
        state.audit = [{ ...entry, action: "agent.enrol", object: `equipment/${id}`, object_name: "検査装置", actor: { kind: "agent", id: "g1", address: null }, actor_name: null, outcome: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" }];
      },
    },
  ));
