// Proposing an appointment (Z1, B7): the times as they are typed, what they mean on both sides, and those that do not exist
// or exist twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, startUse } from "./support/use.mjs";

const use = startUse();
const NEW = "customers/aozora/appointments/new";
const desk = (at = "2026-11-30T03:00:00Z", more = {}) => ({ kind: "provider", at: new Date(at), ...more });
const candidate = (page, number) => page.getByRole("group", { name: `Time ${number}`, exact: true });
const person = (page, number) => page.getByRole("group", { name: `Person ${number}`, exact: true });

async function type(page, number, day, time) {
  await candidate(page, number).getByLabel("Date").fill(day);
  await candidate(page, number).getByLabel("Starts at").fill(time);
}

async function fillRest(page) {
  await page.getByLabel("Subject").fill("Label printing");
  await person(page, 1).getByLabel("Name").fill("佐藤 花子");
  await person(page, 1).getByLabel("Email").fill("hanako.sato@aozora.example");
}

const inCopenhagen = { prepare: ({ session }) => Object.assign(session, { time_zone: "Europe/Copenhagen" }) };

test("an appointment is proposed from the customer's page, with two times and two people", () =>
  use(
    "customers/aozora",
    async (page, state) => {
      await page.getByRole("link", { name: "Propose an appointment" }).click();
      await button(page, "Propose").click();
      await page.locator(".errors").getByText("Enter both date and start of time 1.").waitFor();
      await fillRest(page);
      await page.getByLabel("Duration").selectOption("90 minutes");
      await page.getByLabel(/^Message/).fill("Please have\nthe printer ready.");
      await type(page, 1, "2026-12-03", "14:00");
      await button(page, "Add a time").click();
      await type(page, 2, "2026-12-04", "10:00");
      await button(page, "Add a person").click();
      await person(page, 2).getByLabel("Name").fill("Mette Sørensen");
      await person(page, 2).getByLabel("Email").fill("hanako.sato@aozora.example");
      await person(page, 2).getByLabel("Language of the mail").selectOption("Dansk");
      await button(page, "Propose").click();
      await page.locator(".errors").getByText("Person 2 has the same email address as another.").waitFor();
      await person(page, 2).getByLabel("Email").fill("mette@aozora.example");
      await button(page, "Propose").click();
      await feedback(page, "The proposed times are on their way by mail.");
      assert.deepEqual(state.sent, {
        title: "Label printing",
        length: 5400,
        times: [
          { start: "2026-12-03T14:00", time_zone: "Asia/Tokyo" },
          { start: "2026-12-04T10:00", time_zone: "Asia/Tokyo" },
        ],
        participants: [
          { name: "佐藤 花子", email: "hanako.sato@aozora.example", locale: "ja" },
          { name: "Mette Sørensen", email: "mette@aozora.example", locale: "da" },
        ],
        host_time_zone: "Asia/Tokyo",
        inquiry: null,
        reason: "Please have the printer ready.",
      });
      assert.ok(page.url().endsWith("#/desk/appointments/aozora/m-new"));
    },
    desk(),
  ));

test("from an inquiry it belongs to that inquiry, and a row that was removed is not sent", () =>
  use(
    "desk/inquiries/aozora/q1",
    async (page, state) => {
      await page.getByRole("link", { name: "Propose an appointment" }).click();
      await fillRest(page);
      await type(page, 1, "2026-12-03", "14:00");
      await button(page, "Add a time").click();
      await type(page, 2, "2026-12-04", "10:00");
      await button(page, "Remove: Time 1").click();
      await button(page, "Propose").click();
      await feedback(page, "The proposed times are on their way by mail.");
      assert.deepEqual([state.sent.inquiry, state.sent.times.map(({ start }) => start)], ["q1", ["2026-12-04T10:00"]]);
    },
    desk(),
  ));

test("beside a time stands what it means for both sides, and what speaks against it", () =>
  use(
    NEW,
    async (page) => {
      await type(page, 1, "2026-12-03", "10:15");
      await candidate(page, 1).getByText("Customer: Thu, 3 December 2026 at 10:15 – 11:15 (Japan Standard Time)").waitFor();
      await candidate(page, 1).getByText("You: Thu, 3 December 2026 at 02:15 – 03:15 (Central European Time)").waitFor();
      await candidate(page, 1).getByText("Outside working hours (Monday to Friday, 9:00 to 18:00): You.").waitFor();
      await candidate(page, 1).getByText(/Overlaps another appointment of the host: 検査結果の読み込み/).waitFor();
      await type(page, 1, "2026-12-05", "17:30");
      await candidate(page, 1).getByText("Outside working hours (Monday to Friday, 9:00 to 18:00): Customer and You.").waitFor();
      await type(page, 1, "2026-12-08", "17:00");
      await page.getByLabel("Duration").selectOption("30 minutes");
      await candidate(page, 1).getByText("17:00 – 17:30").waitFor();
      assert.equal(await candidate(page, 1).getByText(/Overlaps/).count(), 0);
    },
    desk(undefined, inCopenhagen),
  ));

test("a time that exists twice is asked about at once, and the answer is sent", () =>
  use(
    NEW,
    async (page, state) => {
      await fillRest(page);
      await page.getByLabel("Time zone of these times").selectOption("Europe/Copenhagen");
      await type(page, 1, "2026-10-25", "02:30");
      await candidate(page, 1).getByText("Clocks are put back that day, so this time exists twice.").waitFor();
      await button(page, "Propose").click();
      await page.locator(".errors").getByText("Time 1 exists twice. Choose one of the two.").click();
      assert.ok(await page.getByLabel(/^The first/).evaluate((input) => input === document.activeElement), "the summary leads to the question");
      await page.getByLabel(/^The second \(Central European Standard Time\)/).check();
      await candidate(page, 1).locator(".beside").getByText("Sun, 25 October 2026 at 10:30").waitFor();
      await button(page, "Propose").click();
      await feedback(page, "The proposed times are on their way by mail.");
      assert.deepEqual(state.sent.times, [{ start: "2026-10-25T02:30", time_zone: "Europe/Copenhagen", occurrence: "second" }]);
    },
    desk("2026-10-01T03:00:00Z"),
  ));

test("for a time that does not exist others are offered", () =>
  use(
    NEW,
    async (page, state) => {
      await fillRest(page);
      await page.getByLabel("Time zone of these times").selectOption("Europe/Copenhagen");
      await type(page, 1, "2027-03-28", "02:30");
      await button(page, "Propose").click();
      await page.locator(".errors").getByText("Time 1 does not exist. Enter another.").waitFor();
      await button(page, "Use 03:30").click();
      assert.equal(await candidate(page, 1).getByLabel("Starts at").inputValue(), "03:30");
      await button(page, "Propose").click();
      await feedback(page, "The proposed times are on their way by mail.");
      assert.deepEqual(state.sent.times, [{ start: "2027-03-28T03:30", time_zone: "Europe/Copenhagen" }]);
    },
    desk("2027-03-01T03:00:00Z"),
  ));

test("what the service asks is asked beside its row, even where this browser knows of nothing", () =>
  use(
    NEW,
    async (page, state) => {
      await fillRest(page);
      await type(page, 1, "2026-12-02", "14:00");
      await button(page, "Add a time").click();
      await type(page, 2, "2026-12-03", "14:00");
      const at = Date.parse("2026-12-03T05:00:00Z") / 1000;
      const choices = ["first", "second"].map((occurrence, index) => ({ start: "2026-12-03T14:00", occurrence, at: at + index * 3600 }));
      state.timeProblem = { code: "time-exists-twice", choices };
      await button(page, "Propose").click();
      await page.locator(".errors").getByText("Time 2 exists twice.").waitFor();
      await candidate(page, 2).getByLabel(/^The first/).check();
      const gap = [-1, 1].map((hours) => ({ start: `2026-12-02T${14 + hours}:00`, at: at - 86_400 + hours * 3600 }));
      state.timeProblem = { code: "no-such-time", choices: gap };
      await button(page, "Propose").click();
      await page.locator(".errors").getByText("Time 1 does not exist.").waitFor();
      await candidate(page, 1).getByRole("button", { name: "Use 15:00" }).click();
      await button(page, "Propose").click();
      await feedback(page, "The proposed times are on their way by mail.");
      assert.deepEqual(state.sent.times, [
        { start: "2026-12-02T15:00", time_zone: "Asia/Tokyo" },
        { start: "2026-12-03T14:00", time_zone: "Asia/Tokyo", occurrence: "first" },
      ]);
    },
    desk(),
  ));

test("times in the past, too far ahead, or named twice are refused", () =>
  use(
    NEW,
    async (page) => {
      await fillRest(page);
      await type(page, 1, "2026-11-29", "14:00");
      await button(page, "Add a time").click();
      await type(page, 2, "2027-03-28", "14:00");
      await button(page, "Add a time").click();
      await type(page, 3, "2026-11-29", "14:00");
      await button(page, "Propose").click();
      for (const number of [1, 2, 3]) await page.locator(".errors").getByText(`Time ${number} must be in the future, and within 60 days.`).waitFor();
      await type(page, 1, "2026-12-03", "14:00");
      assert.equal(await candidate(page, 1).locator(".error").count(), 0, "its error goes");
      assert.equal(await candidate(page, 2).locator(".error").count(), 1, "the others' stay");
      await type(page, 3, "2026-12-03", "14:00");
      await button(page, "Propose").click();
      await page.locator(".errors").getByText("Time 3 is the same as another one.").waitFor();
    },
    desk(),
  ));
