// Appointments at the desk (B7): the calendar, answering, moving and cancelling, and calendar feeds; and the date of remote
// support on equipment, which moves with a new request.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, feedback, socket, startUse } from "./support/use.mjs";

const use = startUse();
const desk = { kind: "provider", at: new Date("2026-11-30T03:00:00Z") };
const dialog = (page) => page.locator("dialog[open]");
const at = (start) => Date.parse(`${start}:00+09:00`) / 1000;

test("the week shows agreed dates and proposed times, and names where two of one person overlap", () =>
  use(
    "desk/appointments?day=2026-12-03",
    async (page, state) => {
      await page.getByRole("heading", { name: "Mon, 30 November 2026 – Sun, 6 December 2026" }).waitFor();
      await page.getByText("Times are in Japan Standard Time.").first().waitFor();
      const day = page.getByRole("region", { name: /^Thu,? 3 Dec/ });
      await day.getByRole("listitem").first().waitFor();
      assert.deepEqual(
        await day.getByRole("listitem").evaluateAll((items) => items.map((item) => [item.querySelector("time").textContent, item.querySelector(".marks").textContent])),
        [["10:00 – 11:00", "AgreedOverlaps"], ["10:30 – 11:30", "AgreedOverlaps"], ["14:00 – 15:00", "Proposed only"], ["16:00 – 17:00", "Proposed only"]],
      );
      await page.getByText("Appointments of the same host overlap.").waitFor();
      assert.equal(await page.locator(".outcome.bad li").count(), 1);
      await page.getByText("Proposed change").waitFor();
      for (const hidden of ["中止になった日程", "回答のなかった日程"]) assert.equal(await page.getByText(hidden).count(), 0);
      const asked = state.calls.filter((call) => call.startsWith("GET desk/appointments?"));
      assert.ok(asked.some((call) => call.includes(`from=${at("2026-11-30T00:00") - 8 * 3600}&to=${at("2026-12-07T00:00")}`)), asked.join("\n"));
      assert.ok(asked.some((call) => call.includes("cursor=4")), "the whole of the list is fetched");
      await day.getByRole("link", { name: "10:30 – 11:30 青空精工株式会社 検査結果の読み込み" }).click();
      await page.getByRole("heading", { name: "検査結果の読み込み" }).waitFor();
    },
    desk,
  ));

test("the calendar goes through days and weeks, and to one person's appointments; the list can be saved", () =>
  use(
    "desk/appointments",
    async (page, state) => {
      const changed = await socket(page, state);
      await button(page, "Next week").click();
      await page.getByRole("heading", { name: /Mon, 7 December 2026/ }).waitFor();
      await button(page, "Previous week").click();
      await button(page, "Day").click();
      await page.getByRole("heading", { name: "Mon, 30 November 2026", exact: true }).waitFor();
      await button(page, "Next day").click();
      await page.getByRole("region", { name: /^Tue,? 1 Dec/ }).getByText("Opsætning af etiketprinteren").waitFor();
      await page.getByLabel("Host").selectOption("Mine");
      await page.getByText("Nothing", { exact: true }).waitFor();
      state.appointments[3].agreed.time.at = at("2026-12-01T15:00");
      changed("desk_appointments");
      await page.getByText("検査結果の読み込み").waitFor();
      await button(page, "List").click();
      await page.getByRole("row", { name: /検査結果の読み込み/ }).waitFor();
      assert.ok(state.calls.includes("GET desk/appointments?host=u0&state=open&order=oldest"), state.calls.join("\n"));
      assert.match(await page.getByRole("link", { name: /CSV/ }).getAttribute("href"), /desk\/appointments\/export\?format=csv&host=u0/);
      await page.getByRole("link", { name: "検査結果の読み込み" }).click();
      await page.getByRole("heading", { name: "検査結果の読み込み" }).waitFor();
    },
    desk,
  ));

test("the customer's proposal is answered with one of its times", () =>
  use(
    "desk/appointments/aozora/m1",
    async (page, state) => {
      await page.getByText("The customer proposes other times. Please answer.").waitFor();
      await button(page, "Agree on this time").click();
      await page.locator(".error").getByText("Choose one of the times.").waitFor();
      await page.getByLabel(/Customer: Wed, 2 December 2026 at 17:30 – 18:30/).check();
      await button(page, "Agree on this time").click();
      await feedback(page, "The date is agreed (Wed, 2 December 2026 at 17:30).");
      assert.deepEqual(state.sent, { proposal: 2, time: 1 });
      await page.getByText("Host: Wed, 2 December 2026 at 09:30 – 10:30 (Central European Time)").waitFor();
      await page.getByRole("link", { name: "Download the signed record" }).waitFor();
    },
    desk,
  ));

test("it is declined with a reason", () =>
  use(
    "desk/appointments/aozora/m1",
    async (page, state) => {
      await button(page, "None of these times is possible").click();
      await dialog(page).getByLabel("Reason").fill("We are closed\nthat week.");
      await button(dialog(page), "None of these times is possible").click();
      await feedback(page, "The proposed times were declined.");
      assert.deepEqual(state.sent, { proposal: 2, time: null, reason: "We are closed that week." });
    },
    desk,
  ));

test("who answers too late sees what is there now", () =>
  use(
    "desk/appointments/aozora/m1",
    async (page, state) => {
      await page.getByLabel(/2 December/).check();
      state.overtaken = true;
      await button(page, "Agree on this time").click();
      await page.getByRole("heading", { name: "Cancelled meanwhile" }).waitFor();
      await feedback(page, /Someone else|changed/);
      assert.equal(await button(page, "Agree on this time").count(), 0);
    },
    desk,
  ));

test("an agreed date is moved with a reason, and stands until the customer has chosen", () =>
  use(
    "desk/appointments/aozora/m2",
    async (page, state) => {
      await button(page, "Propose to move it").click();
      await dialog(page).getByLabel("Date").fill("2026-12-03");
      await dialog(page).getByLabel("Starts at").fill("10:20");
      await dialog(page).getByText(/Overlaps another appointment of the host: 検査結果の読み込み/).waitFor();
      assert.equal(await dialog(page).getByText(/Overlaps.*帳票印刷の設定/).count(), 0, "it does not stand in its own way");
      await dialog(page).getByLabel("Starts at").fill("16:00");
      await button(dialog(page), "Propose").click();
      await dialog(page).locator(".errors").getByText("Reason").waitFor();
      await dialog(page).getByLabel("Reason").fill("Our engineer is ill.");
      await button(dialog(page), "Propose").click();
      await feedback(page, "The proposed times are on their way by mail.");
      assert.deepEqual(state.sent, { times: [{ start: "2026-12-03T16:00", time_zone: "Asia/Tokyo" }], reason: "Our engineer is ill." });
      await page.getByText("The agreed date stands until a change is agreed.").waitFor();
    },
    desk,
  ));

test("it is cancelled with a reason, and nothing can be done any more", () =>
  use(
    "desk/appointments/aozora/m2",
    async (page, state) => {
      await button(page, "Cancel the appointment").click();
      await button(dialog(page), "Cancel the appointment").click();
      await dialog(page).locator(".errors").waitFor();
      await dialog(page).getByLabel("Reason").fill("No longer needed.");
      await button(dialog(page), "Cancel the appointment").click();
      await feedback(page, "The appointment was cancelled.");
      assert.deepEqual(state.sent, { reason: "No longer needed." });
      assert.equal(await button(page, "Cancel the appointment").count(), 0);
    },
    desk,
  ));

test("participants stand with what they have found, and the history names whose link was used", () =>
  use(
    "desk/appointments/aozora/m2",
    async (page) => {
      await page.getByText("(Chrome on Windows)").waitFor();
      await page.getByText("48,200 kbit/s").waitFor();
      await page.getByText("About 3 minutes slow").waitFor();
      await page.getByText("Not checked yet").waitFor();
      await page.getByText("With the link of 佐藤 花子").waitFor();
      assert.match(await page.locator("a[download]").getAttribute("href"), /\/desk\/appointments\/aozora\/m2\/receipt$/);
    },
    desk,
  ));

test("the session is linked once it is open", () =>
  use(
    "desk/appointments/aozora/m5",
    async (page) => {
      await page.getByRole("link", { name: "Go to the screen sharing session" }).click();
      await page.waitForURL(/#\/desk\/attended\/aozora\/s1$/);
    },
    desk,
  ));

test("the date of remote support moves with a new request", () =>
  use(
    "desk/appointments/aozora/m4",
    async (page, state) => {
      await page.getByRole("heading", { name: "Check of the machine" }).waitFor();
      assert.equal(await button(page, "Cancel the appointment").count(), 0);
      await page.getByRole("link", { name: "Request another date" }).click();
      await page.getByText("Once the customer has approved it, it replaces the one below.").waitFor();
      assert.equal(await page.getByLabel("As soon as it is approved").count(), 0);
      await page.locator('input[type="date"]').fill("2026-12-08");
      await page.locator('input[type="time"]').fill("09:00");
      await page.locator("form button.primary").click();
      await page.waitForURL(/#\/desk\/launches\/aozora\/l-new$/);
      assert.deepEqual([state.sent.replaces, state.sent.starts_at, state.sent.period], ["l1", at("2026-12-08T09:00"), 7200]);
      state.launches[1].starts_at = at("2026-12-04T13:00");
      await page.evaluate(() => (location.hash = "#/desk/launches/aozora/l1"));
      await page.getByRole("link", { name: "Move remote support to another date" }).click();
      await page.waitForURL(/equipment\/e0\/launch\?replaces=l1$/);
    },
    desk,
  ));

test("a calendar feed is created after a fresh login, shown once, and revoked", () =>
  use(
    "desk/appointments",
    async (page, state) => {
      state.fresh = false;
      await button(page, "Create an address").click();
      await dialog(page).getByLabel("Name").fill("Outlook");
      await dialog(page).getByLabel("All of the support desk's").check();
      await button(dialog(page), "Create").click();
      await page.locator('input[type="password"]').fill("right password");
      await page.locator("dialog[open]").last().locator("button.primary").click();
      const address = "https://edge.example/t/support/calendar/tg_cal_Yk3v0nQm7zR2sX8wL5dT1cH6.ics";
      await page.getByText("Whoever has this address can read the dates until it is revoked.").waitFor();
      assert.equal(await dialog(page).locator("textarea").inputValue(), address);
      assert.equal(await page.getByRole("link", { name: "Open in a calendar" }).getAttribute("href"), address.replace("https", "webcal"));
      assert.deepEqual(state.feeds.at(-1).of, "desk");
      await button(dialog(page), "I have subscribed").click();
      await button(page, "Revoke: Outlook").click();
      await button(dialog(page), "Revoke").click();
      await feedback(page, '"Outlook" was revoked.');
      assert.equal(state.feeds.length, 1);
    },
    desk,
  ));
