// Appointments as people live them (Z1, Z2, B7): the desk proposes times in the console, a person abroad chooses one from
// the link in a mail, tries their PC, and joins from the reminder; another suggests times of their own, moves and cancels;
// and the date of remote support on a machine, which is tried beforehand. The clocks of the objects are moved to the day.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { choose, dateIn, linkTo, mailWhere, propose, wallClock } from "./support/appointments.mjs";
import { assertFitForEveryone, EACH_LOOK, startBrowser } from "./support/browser.mjs";
import { moveClocks } from "./support/clock.mjs";
import { openConsole } from "./support/console.mjs";
import { startBrowserOn, startDisplay } from "./support/display.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { Guest } from "./support/guest.mjs";
import { makeMachine, MACHINE } from "./support/machine.mjs";
import { mailsTo } from "./support/mailbox.mjs";
import { PanelClient } from "./support/panel.mjs";
import { CAST } from "./support/tenant.mjs";
import { LANGUAGES, opening, say, STORIES } from "./support/texts.mjs";

const TITLE = "印刷のずれの確認, første; del 😀";
const HOUR = 3600;
const DAY = 24 * HOUR;
/** Into the middle of March 2027, shortly before the clocks of Copenhagen are put forward. */
const MARCH = Date.UTC(2027, 2, 20) / 1000;
const soon = () => Math.floor(Date.now() / 1000);

let browser;
let display;
before(async () => {
  browser = await startBrowser();
  display = await startDisplay("1280x900");
});
after(async () => {
  await browser.close();
  display.stop();
});

/** Moves the clocks of both sides, and opens the desk's console again: its session is a thing of the past by then. */
async function moveTo(at, { provider, customer }) {
  await moveClocks(at - soon(), provider.slug, customer.slug);
  provider.desk = await PanelClient.logIn(provider.slug, "ichiro");
  customer.panel = await PanelClient.logIn(customer.slug, "contact");
}

/** The desk proposes two times in the console, as wall-clock times of the customer. */
async function proposeByConsole(desk, { customer, provider }, times, email) {
  const { language } = desk;
  await desk.visit(`customers/${customer.slug}`);
  await desk.link("console-appointment-new").click();
  await desk.heading("console-appointment-new").waitFor();
  const labelled = (key, at = 0) => desk.page.getByLabel(new RegExp(`^${desk.say(key)}`)).nth(at);
  await labelled("console-appointment-title").fill(TITLE);
  await desk.button("console-appointment-add-time").click();
  for (const [number, local] of times.entries()) {
    const [day, time] = local.split("T");
    await labelled("console-appointment-day", number).fill(day);
    await labelled("console-appointment-time", number).fill(time);
  }
  await labelled("console-field-person").fill(CAST[language].requester);
  await labelled("console-field-email").fill(email);
  await desk.page.getByText(opening(language, "console-appointment-outside")).first().waitFor();
  await assertFitForEveryone(desk.page, "appointment-new", EACH_LOOK);
  await desk.button("console-appointment-propose").click();
  await desk.told("console-appointment-proposed");
  const [{ appointment }] = await provider.desk.items("desk/appointments");
  return appointment.id;
}

/** A Saturday and a Sunday that are to come, at three in the afternoon in `zone`. */
function weekend(zone) {
  const midnight = new Date();
  const ahead = ((6 - midnight.getUTCDay() + 7) % 7) + 7;
  const day = wallClock(soon() + ahead * DAY, zone).slice(0, 10);
  const next = wallClock(soon() + (ahead + 1) * DAY, zone).slice(0, 10);
  return [`${day}T15:00`, `${next}T15:00`];
}

for (const language of STORIES) {
  test(`${language}: a date is agreed from abroad, the PC is tried, and the reminder leads into the session`, { timeout: 240_000 }, async () => {
    const pair = await makePair(language);
    const { provider, customer } = pair;
    const email = `invited@${customer.slug}.example`;
    let desk = await openConsole(browser, language, provider.slug, provider.desk);
    const id = await proposeByConsole(desk, pair, weekend(CAST[language].zone), email);

    // The mail needs an answer. Who opens the link sees both times in the zone of their own browser.
    const asked = await mailWhere(email, "the proposal", ({ text }) => text.includes("/m/"));
    assert.ok(asked.subject.startsWith(opening(language, "mail-appointment-proposed-subject")), asked.subject);
    assert.equal(asked.message, undefined, "nothing is agreed yet");
    const link = linkTo(asked, "/m/");
    const headed = await startBrowserOn(display, language);
    const invited = await Guest.open(headed, language, link, { timezoneId: "America/Sao_Paulo" });
    await invited.page.getByText(/bras[ií]lia|ブラジリア/i).first().waitFor();
    await assertFitForEveryone(invited.page, "meeting-times", EACH_LOOK);
    await invited.page.getByRole("radio").nth(1).check();
    await invited.button("page-meeting-review").click();
    await invited.field("page-meeting-name").fill("Åse, 髙橋");
    await assertFitForEveryone(invited.page, "meeting-confirm", EACH_LOOK);
    await invited.button("page-meeting-agree").click();
    await invited.told("page-meeting-agreed-now");
    await assertFitForEveryone(invited.page, "meeting-agreed", EACH_LOOK);

    // The schedule asks for nothing, and goes into the calendar. A colleague's name is shown to both sides.
    const schedule = await mailWhere(email, "the schedule", ({ message }) => message);
    const running = (mail) => mail.text.replace(/\s+/g, " ");
    assert.ok(running(schedule).includes(say(language, "mail-appointment-scheduled-lead")), schedule.text);
    const { parsed, text } = await dateIn(schedule);
    assert.equal(parsed.attachments[0].contentType, "text/calendar");
    assert.match(text, /^METHOD:REQUEST\r$/m);
    const shown = await provider.desk.get(`desk/appointments/${customer.slug}/${id}`);
    assert.equal(shown.agreed.name, "Åse, 髙橋");
    await desk.page.getByText("Åse, 髙橋").first().waitFor();

    // The check, on the page that the schedule links to.
    await invited.page.goto(/http\S+\/check/.exec(schedule.text)[0]);
    await invited.button("check-go").click();
    await invited.button("check-share").click({ timeout: 40_000 });
    await invited.page.getByText(invited.say("check-sharing-monitor")).waitFor();
    await assertFitForEveryone(invited.page, "check-done", EACH_LOOK);
    const tried = await until("the desk sees the check", async () => {
      const { participants } = await provider.desk.get(`desk/appointments/${customer.slug}/${id}`);
      return participants[0].preflight?.checks.some(({ check, verdict }) => check === "sharing" && verdict === "passed") && participants[0].preflight;
    }, 20);
    for (const check of ["socket", "download", "upload"]) {
      assert.equal(tried.checks.find((one) => one.check === check).verdict, "passed", JSON.stringify(tried));
    }
    await desk.page.getByText(desk.say("console-appointment-check-download")).waitFor();
    await assertFitForEveryone(desk.page, "appointment-agreed", EACH_LOOK);

    // The calendar of the desk, as a page and as a feed.
    const start = shown.agreed.time.at;
    await desk.visit(`desk/appointments?day=${wallClock(start, CAST[language].zone).slice(0, 10)}`);
    await desk.page.getByText(TITLE).first().waitFor();
    await assertFitForEveryone(desk.page, "appointments-week", EACH_LOOK);
    await desk.leave();
    assert.deepEqual(invited.faults, []);

    // On the day.
    await moveTo(start - 9 * 60, pair);
    const reminder = await mailWhere(email, "the reminder", (mail) => mail.text.includes(`${edgeUrl}/j/`));
    assert.ok(running(reminder).includes(say(language, "mail-attended-whole-screen")), reminder.text);
    desk = await openConsole(browser, language, provider.slug, provider.desk);
    await desk.visit(`desk/appointments/${customer.slug}/${id}`);
    await desk.link("console-appointment-session").click();
    await invited.page.goto(linkTo(reminder, "/j/"));
    await invited.join(CAST[language].requester);
    await desk.button("console-session-join").click();
    await invited.page.getByText(say(language, "console-chat-role-desk")).first().waitFor();
    await invited.button("join-share").click();
    await desk.page.getByText(opening(language, "console-shared-of")).or(desk.page.locator("video, canvas")).first().waitFor();
    const reminders = (await mailsTo(email)).filter((mail) => mail.text.includes(`${edgeUrl}/j/`));
    assert.equal(reminders.length, 1, "reminded once");
    const log = (await customer.panel.items(`audit?object=appointment%2F${id}`)).map(({ action }) => action);
    for (const done of ["propose", "agree", "check", "remind"]) assert.ok(log.includes(`appointment.${done}`), log.join());

    // It ends with the session.
    const { event } = await provider.desk.get(`desk/appointments/${customer.slug}/${id}`);
    await provider.desk.post(`desk/attended/${customer.slug}/${event.attended.session}/end`);
    await until("the appointment is over", async () => (await provider.desk.get(`desk/appointments/${customer.slug}/${id}`)).state === "past");
    await headed.close();
    await desk.leave();
  });
}

/** The invitation of `email` with this method, once it has arrived. */
async function invitation(email, method) {
  const mail = await mailWhere(email, method, ({ message }) => message?.includes(`method="${method}"`));
  const { text } = await dateIn(mail);
  const value = (name) => new RegExp(`^${name}[^:\r]*:(.*)\r$`, "m").exec(text.replaceAll("\r\n ", ""))?.[1];
  return { mail, text, uid: value("UID"), sequence: Number(value("SEQUENCE")) };
}

for (const language of LANGUAGES) {
  test(`${language}: a person suggests times of their own around a change of clocks, and cancels later`, { timeout: 120_000 }, async () => {
    const pair = await makePair(language);
    const { provider, customer } = pair;
    await moveTo(MARCH, pair);
    const email = `invited@${customer.slug}.example`;
    const { id } = await propose(pair, {
      title: TITLE, times: [{ start: "2027-03-26T10:00", time_zone: "Europe/Copenhagen" }], participants: [{ name: "Åse", email, locale: language }],
    });
    const link = linkTo(await mailWhere(email, "the proposal", ({ text }) => text.includes("/m/")), "/m/");
    const invited = await Guest.open(browser, language, link, { timezoneId: "Europe/Copenhagen" });
    await invited.link("page-meeting-counter").click();
    await assertFitForEveryone(invited.page, "meeting-counter", EACH_LOOK);

    // Two o'clock in the morning does not exist on that day; half an hour before the change it does.
    await invited.page.locator("#date0").fill("2027-03-28");
    await invited.page.locator("#time0").fill("02:30");
    await invited.button("page-meeting-counter-send").click();
    await invited.page.getByRole("alert").getByText(invited.say("page-meeting-error-no-such-time")).waitFor();
    await invited.page.getByText(/3[:.時]30/).first().waitFor();
    assert.equal(await invited.page.locator("#date0").inputValue(), "2027-03-28", "nothing typed is lost");
    await assertFitForEveryone(invited.page, "meeting-no-such-time", EACH_LOOK);
    await invited.page.locator("#time0").fill("03:30");
    await invited.field("page-meeting-message").fill("夜間のみ可能です。");
    await invited.button("page-meeting-counter-send").click();
    await invited.told("page-meeting-countered-now");

    // A pick of what was proposed before comes too late, and says so.
    const stale = await fetch(link, {
      method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", origin: edgeUrl },
      body: new URLSearchParams({ act: "choose", offer: 1, time: 0, name: "X" }),
    });
    const answer = await stale.text();
    assert.ok(LANGUAGES.some((one) => answer.includes(say(one, "page-meeting-changed").split("'")[0])), answer);

    // The desk agrees in the console.
    const desk = await openConsole(browser, language, provider.slug, provider.desk);
    await desk.visit(`desk/appointments/${customer.slug}/${id}`);
    await desk.page.getByText("夜間のみ可能です。").first().waitFor();
    await desk.page.getByRole("radio").first().check();
    await assertFitForEveryone(desk.page, "appointment-countered", EACH_LOOK);
    await desk.button("console-appointment-agree").click();
    await desk.page.locator(".feedback").getByText(opening(language, "console-appointment-was-agreed")).waitFor();
    const first = await invitation(email, "REQUEST");
    assert.match(first.text, /^DTSTART;TZID=Europe\/Copenhagen:20270328T033000\r$/m);

    // The person cancels, with a reason; the calendar's entry goes by its UID.
    await invited.page.goto(link);
    await invited.link("page-meeting-cancel").click();
    await invited.button("page-meeting-cancel-send").click();
    await invited.page.getByRole("alert").waitFor();
    await invited.field("page-meeting-reason").fill("都合が悪くなりました。");
    await invited.field("page-meeting-name").fill("Åse");
    await invited.field("page-meeting-cancel-sure").check();
    await invited.button("page-meeting-cancel-send").click();
    await invited.told("page-meeting-cancelled-now");
    await desk.page.getByText("都合が悪くなりました。").first().waitFor();
    const last = await invitation(email, "CANCEL");
    assert.equal(last.uid, first.uid);
    assert.ok(last.sequence > first.sequence, `${first.sequence} then ${last.sequence}`);
    await invited.close();
    await desk.leave();
  });
}

test("a link that was forged or forwarded: the one opens nothing, the other is answered in the colleague's name", async () => {
  const pair = await makePair("ja");
  const email = `invited@${pair.customer.slug}.example`;
  const start = wallClock(soon() + 3 * DAY, "Asia/Tokyo");
  const { id } = await propose(pair, { title: TITLE, times: [{ start, time_zone: "Asia/Tokyo" }], participants: [{ name: "次郎", email, locale: "ja" }] });
  const link = linkTo(await mailWhere(email, "the proposal", ({ text }) => text.includes("/m/")), "/m/");
  const forged = `${link.slice(0, -4)}${link.endsWith("AAAA") ? "BBBB" : "AAAA"}`;
  for (const path of ["", "/receipt", "/check"]) assert.equal((await fetch(forged + path)).status, 404, path);
  await choose(link, { name: "同僚の花子", zone: "Europe/Copenhagen" });
  const { agreed } = await pair.provider.desk.get(`desk/appointments/${pair.customer.slug}/${id}`);
  assert.equal(agreed.name, "同僚の花子");
  const receipt = await (await fetch(`${link}/receipt`)).text();
  assert.equal(JSON.parse(Buffer.from(receipt.split(".")[1], "base64url")).kind, "appointment");
});

test("remote support with a date: it is in the calendars, and its machine is tried by itself and by hand", { timeout: 120_000 }, async () => {
  const machine = await makeMachine("ja");
  const { provider, customer, panel, id: equipment, pc } = machine;
  const made = await provider.desk.post(`customers/${customer.slug}/launches`, {
    equipment, reason: "定期点検", abilities: ["restart_software"], starts_at: soon() + 2 * DAY,
  });
  await panel.post(`launches/${made.id}/decision`, { outcome: "approved", confirmed: true });
  const date = () => provider.desk.items("desk/appointments").then(([one]) => one?.appointment.event.launch);
  const tried = await until("the agent has tried the machine", async () => (await date())?.preflight, 40);
  const verdict = (found, name) => found.checks.find(({ check }) => check === name).verdict;
  for (const name of ["connection", "download", "upload", "clock"]) assert.equal(verdict(tried, name), "passed", JSON.stringify(tried));
  assert.equal(verdict(tried, "screen"), "failed", "no screen is set up on it");
  const { stdout, code } = await pc.run("agent", "diagnose", "--json");
  assert.equal(code, 0, stdout);
  assert.equal(JSON.parse(stdout).preflight.reported, true, stdout);
  await until("the result of the second try is kept", async () => (await date()).preflight.at > tried.at, 20);
  const desk = await openConsole(browser, "ja", provider.slug, provider.desk);
  const [{ appointment }] = await provider.desk.items("desk/appointments");
  await desk.visit(`desk/appointments/${customer.slug}/${appointment.id}`);
  await desk.page.getByText(MACHINE).first().waitFor();
  await assertFitForEveryone(desk.page, "appointment-machine", EACH_LOOK);
  await desk.leave();
  machine.stop();
});
