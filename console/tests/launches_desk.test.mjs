// Remote support at the desk: the request, what stands in its way, executing, joining, and the end (K7 to K9, K6).

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const desk = { kind: "provider" };
const dialog = (page) => page.locator("dialog[open]");

test("the desk requests remote support from the equipment's page", () =>
  use(
    "customers/aozora/equipment/e0",
    async (page, state) => {
      await page.getByRole("link", { name: "Request remote support" }).click();
      await button(page, "Send request").click();
      await page.locator(".errors").waitFor();
      await page.getByLabel("Reason").fill("It stops\nwhile machining.");
      await page.getByLabel("Period").selectOption("4 hours");
      await button(page, "Send request").click();
      await feedback(page, "Remote support has been requested.");
      assert.deepEqual(state.sent, {
        equipment: "e0",
        reason: "It stops while machining.",
        period: 14400,
        starts_at: null,
        abilities: ["diagnostics", "restart_software"],
      });
      await page.getByText("Waiting for the customer's answer.").waitFor();
      assert.ok(page.url().endsWith("#/desk/launches/aozora/l-new"));
    },
    desk,
  ));

test("a later start is given in the reader's zone, and shown in the customer's", () =>
  use(
    "customers/aozora/equipment/e0/launch",
    async (page, state) => {
      await page.getByLabel("Reason").fill("Night work.");
      await page.getByText("At an agreed time").click();
      await button(page, "Send request").click();
      await page.locator(".field .error", { hasText: "Please enter a date and a time." }).waitFor();
      await page.getByText("In Central European Time.", { exact: true }).waitFor();
      await page.getByLabel("Date", { exact: true }).fill("2030-07-01");
      await page.getByLabel("Time", { exact: true }).fill("22:30");
      await page.getByText("For the customer it is 2 Jul 2030, 05:30 (Japan Standard Time).").waitFor();
      await button(page, "Send request").click();
      await feedback(page, "Remote support has been requested.");
      assert.equal(state.sent.starts_at, Date.UTC(2030, 6, 1, 20, 30) / 1000);
    },
    { ...desk, prepare: ({ session }) => (session.time_zone = "Europe/Copenhagen") },
  ));

test("a start in the past, and a request for nothing, are refused here", () =>
  use(
    "customers/aozora/equipment/e0/launch",
    async (page, state) => {
      await page.getByLabel("Reason").fill("x");
      await page.getByText("At an agreed time").click();
      await page.getByLabel("Date", { exact: true }).fill("2020-01-01");
      await page.getByLabel("Time", { exact: true }).fill("08:00");
      await page.getByLabel("See the state of the machine").uncheck();
      await page.getByLabel("Restart the software").uncheck();
      await button(page, "Send request").click();
      await page.locator(".field .error", { hasText: "Please enter a time in the future." }).waitFor();
      await page.locator(".field .error", { hasText: "Please choose at least one." }).waitFor();
      assert.equal(state.launches.length, 7);
    },
    desk,
  ));

for (const [equipment, text, prepare] of [
  ["e1", "Remote assistance is not allowed on this equipment.", () => {}],
  ["e2", "No agent is enrolled on this equipment.", ({ equipment: all }) => (all[2].remote_assistance = true)],
  ["e1", "The machine itself does not allow remote assistance.", ({ equipment: all }) => (all[1].remote_assistance = true)],
]) {
  test(`what stands in the way is said before anything is written: ${text}`, () =>
    use(
      `customers/aozora/equipment/${equipment}/launch`,
      async (page, state) => {
        await page.getByText(text).waitFor();
        assert.equal(await page.getByLabel("Reason").count(), 0);
        const [one] = state.equipment.filter(({ id }) => id === equipment);
        Object.assign(one, { remote_assistance: true, agent: { ...state.equipment[0].agent } });
        await button(page, "Check again").click();
        await page.getByLabel("Reason").waitFor();
      },
      { ...desk, prepare },
    ));
}

test("what the edge finds in the way after all keeps what was written", () =>
  use(
    "customers/aozora/equipment/e0/launch",
    async (page) => {
      await page.getByLabel("Reason").fill("Stops.");
      await button(page, "Send request").click();
      await page.locator(".errors").getByText("Remote assistance is not allowed on this equipment.").waitFor();
      assert.equal(await page.getByLabel("Reason").inputValue(), "Stops.");
    },
    { ...desk, prepare: (state) => (state.obstacle = "remote-assistance-off") },
  ));

test("the list follows its filters and leads to the launch", () =>
  use(
    "desk/launches?customer=aozora",
    async (page, state) => {
      await page.getByRole("link", { name: "検査装置 3号機" }).first().waitFor();
      assert.ok(state.calls.includes("GET desk/launches?customer=aozora&state=open"), state.calls.join("\n"));
      assert.equal(await page.locator("tbody tr").count(), 4);
      await page.getByLabel("Status").selectOption("all");
      await page.getByRole("link", { name: "Måleudstyr 7" }).waitFor();
      await page.getByRole("link", { name: "Måleudstyr 7" }).click();
      await page.locator(".details").getByText("Expired").waitFor();
    },
    desk,
  ));

test("a request is withdrawn only after the question", () =>
  use(
    "desk/launches/aozora/l0",
    async (page, state) => {
      await button(page, "Withdraw request").click();
      await dialog(page).getByText("will no longer be able to answer the request for 検査装置 3号機").waitFor();
      await button(dialog(page), "Cancel").click();
      assert.equal(state.launches[0].state, "requested");
      await button(page, "Withdraw request").click();
      await button(dialog(page), "Withdraw request").click();
      await feedback(page, "The request has been withdrawn.");
      await page.locator(".timeline").getByText("Withdrawn by the support desk").waitFor();
    },
    desk,
  ));

test("executing takes a fresh login", () =>
  use(
    "desk/launches/aozora/l1",
    async (page, state) => {
      await button(page, "Execute remote support").click();
      await dialog(page).getByLabel("Password", { exact: true }).fill("right password");
      assert.equal(state.launches[1].state, "approved");
      await button(dialog(page), "Continue").click();
      await feedback(page, "The machine has been told to start.");
      await page.getByText("Waiting for the machine to start.").waitFor();
    },
    { ...desk, prepare: (state) => ((state.fresh = false), (state.launches[1].connected = true)) },
  ));

test("a machine that is away is said, with the mail that comes when it is back", () =>
  use(
    "desk/launches/aozora/l1",
    async (page) => {
      await page.locator(".details").getByText("Not connected").waitFor();
      await button(page, "Execute remote support").click();
      await feedback(page, "gets an email when the machine is connected again");
      await button(page, "Execute remote support").waitFor();
    },
    { ...desk, prepare: (state) => (state.obstacle = "machine-away") },
  ));

test("what cannot be executed yet says why, and has no button", () =>
  use(
    "desk/launches/aozora/l1",
    async (page, state) => {
      await page.getByText("The agreed start has not come yet.").waitFor();
      assert.equal(await button(page, "Execute remote support").count(), 0);
      state.launches[1].granted.from = 0;
      Object.assign(state.launches[1], { obstacle: "machine-forbids" });
      await button(page, "Check again").click();
      await page.getByText("The machine itself does not allow remote assistance.").waitFor();
      assert.equal(await button(page, "Execute remote support").count(), 0);
    },
    { ...desk, prepare: ({ launches }) => (launches[1].granted.from = Date.now() / 1000 + 3600) },
  ));

test("a running session is ended from its page", () =>
  use(
    "desk/launches/aozora/l3",
    async (page, state) => {
      await page.getByText("482 913 705").first().waitFor();
      await button(page, "End remote support").click();
      await button(dialog(page), "End remote support").click();
      await feedback(page, "Remote support has been ended.");
      assert.deepEqual(state.launches[3].ended.why, "desk");
      assert.equal(await button(page, "Join the session").count(), 0);
    },
    desk,
  ));

test("a wrong password is said, and a number is read as people type it", () =>
  use(
    "desk/sessions",
    async (page, state) => {
      await page.getByLabel("ID in use").fill("12");
      await page.getByLabel("Password").fill("AAAA-BBBB");
      await button(page, "Join the session").click();
      await page.locator(".field .error", { hasText: "Please enter nine digits." }).waitFor();
      await page.getByLabel("ID in use").fill("４８２ 913-705");
      await button(page, "Join the session").click();
      await page.locator(".errors").getByText("The ID or the password is incorrect, or the session has ended.").waitFor();
      assert.deepEqual(state.sent, { number: "482913705", password: "AAAA-BBBB" });
    },
    desk,
  ));

test("who may not connect sees a launch and executes nothing", () =>
  use(
    "desk/launches/aozora/l1",
    async (page) => {
      await page.locator(".timeline").waitFor();
      assert.equal(await button(page, "Execute remote support").count(), 0);
      assert.equal(await page.locator(".frame > nav").getByRole("link", { name: "Join with ID and password" }).count(), 0);
    },
    { ...desk, prepare: ({ session }) => (session.rights = session.rights.filter((right) => right !== "desk.connect")) },
  ));

test("more time is a request of its own, which names what it extends", () =>
  use(
    "desk/launches/aozora/l3",
    async (page, state) => {
      await button(page, "Request more time").click();
      await button(dialog(page), "Send request").click();
      await dialog(page).locator(".field .error").waitFor();
      await dialog(page).getByLabel("Reason").fill("Not finished yet.");
      await button(dialog(page), "Send request").click();
      await feedback(page, "Remote support has been requested.");
      assert.deepEqual(state.sent, { equipment: "e0", reason: "Not finished yet.", period: 3600, extends: "l3" });
      await page.getByRole("link", { name: "Open the remote support that it extends" }).click();
      await page.locator(".details").getByText("Running", { exact: true }).waitFor();
    },
    desk,
  ));

test("what is over is not extended, and what was written stays", () =>
  use(
    "desk/launches/aozora/l3",
    async (page, state) => {
      await button(page, "Request more time").click();
      await dialog(page).getByLabel("Reason").fill("Not finished yet.");
      state.launches[3].state = "ended";
      await button(dialog(page), "Send request").click();
      await dialog(page).getByText("It cannot be extended: this remote support is over.").waitFor();
      assert.equal(await dialog(page).getByLabel("Reason").inputValue(), "Not finished yet.");
    },
    desk,
  ));

test("an extension that was approved says so, and not that it has ended", () =>
  use(
    "desk/launches/aozora/l1",
    async (page) => {
      await page.locator(".details .state").first().getByText("Approved").waitFor();
      assert.equal(await button(page, "Execute remote support").count(), 0);
    },
    { ...desk, prepare: ({ launches }) => Object.assign(launches[1], { state: "ended", extends: "l3" }) },
  ));

test("somebody at the machine is mailed the steps, in their language", () =>
  use(
    "customers/aozora/equipment/e0",
    async (page, state) => {
      await button(page, "Mail the steps to the machine").click();
      await dialog(page).getByLabel("Name").fill("中村 誠");
      await dialog(page).getByLabel("Email address").fill("line2");
      await button(dialog(page), "Send").click();
      await dialog(page).locator(".field .error").waitFor();
      await dialog(page).getByLabel("Email address").fill("line2@aozora.example");
      await dialog(page).getByLabel("Language of the email").selectOption("ja");
      await button(dialog(page), "Send").click();
      await feedback(page, "The steps have been mailed to 中村 誠.");
      assert.deepEqual(state.sent, { name: "中村 誠", email: "line2@aozora.example", locale: "ja" });
      // Where the manual launch is not allowed, there is nothing to start.
      await page.goto(page.url().replace("e0", "e2"));
      await page.getByText("Allow the manual launch of remote support").waitFor();
      assert.equal(await button(page, "Mail the steps to the machine").count(), 0);
    },
    desk,
  ));

test("the desk's home shows what is open", () =>
  use(
    "",
    async (page, state) => {
      const section = page.locator(".section", { hasText: "Remote support" });
      await section.getByText("Awaiting approval").waitFor();
      assert.ok(state.calls.includes("GET desk/launches?state=open&order=oldest"), state.calls.join("\n"));
      await section.getByRole("link", { name: "検査装置 3号機" }).nth(1).click();
      await button(page, "Execute remote support").waitFor();
    },
    desk,
  ));
