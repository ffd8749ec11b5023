// The free question (B12): a program of the provider asks, an approver answers on a phone through the mailed link, and
// the answer is read and verified; then the same between two consoles, from the desk's form to the administrator's
// answer.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { openPage, startBrowser } from "./support/browser.mjs";
import { Pc } from "./support/command.mjs";
import { openConsole, PASSWORD } from "./support/console.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { linkIn, mailsTo, mailTo } from "./support/mailbox.mjs";
import { verifyReceipt } from "./support/receipt.mjs";
import { CAST } from "./support/tenant.mjs";
import { LANGUAGES, say } from "./support/texts.mjs";

const PHONE = { width: 390, height: 844 };

const WORDS = {
  ja: { title: "夜間の再起動", text: "今夜22時に、5号機のソフトウェアを再起動してもよろしいですか。\n作業は15分ほどで終わります。", reason: "今夜は検査があります。\n明日にしてください。" },
  en: { title: "Restart tonight", text: "May we restart the software of unit 5 at 22:00?\nIt takes about 15 minutes.", reason: "There is an inspection tonight.\nTomorrow is fine." },
  da: { title: "Genstart i aften", text: "Må vi genstarte softwaren på enhed 5 kl. 22?\nDet tager cirka et kvarter.", reason: "Der er eftersyn i aften.\nI morgen er fint." },
};

let browser;
let pc;
before(async () => {
  browser = await startBrowser();
  pc = await Pc.withKeys();
});
after(() => browser?.close());

const pairs = {};
/** The same provider and customer for all tests of a language. */
const pair = (language) => (pairs[language] ??= makePair(language));

/** The provider's ticket system: its calls with a token of the desk. */
async function program({ desk, slug }) {
  const { token } = await desk.post("tokens", { name: "ticket system", scopes: ["desk"], expires_in_days: 1 });
  const call = async (method, path, body) => {
    const response = await fetch(`${edgeUrl}/t/${slug}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    return response;
  };
  const read = async (...request) => (await call(...request)).json();
  return { call, read };
}

/** The link in the mail about the question `title` to the customer's approver. */
async function linkTo({ door }, title) {
  return linkIn(await mailTo(door.approver.email, title), `${edgeUrl}/a/`);
}

/** The mail that notifies the asker of the answer to the question `id`, and the page that it links to. */
async function answerMail(provider, customer, id) {
  const page = `${edgeUrl}/t/${provider.slug}/#/desk/questions/${customer.slug}/${id}`;
  const mail = await until("the mail to the asker", async () =>
    (await mailsTo(`desk@${provider.slug}.example`)).find(({ text }) => text.includes(page)));
  return { mail, page: linkIn(mail, page) };
}

/** The file that a click saves: its path and its content. */
async function saved(page, target) {
  const [download] = await Promise.all([page.waitForEvent("download"), target.click()]);
  const path = await download.path();
  return { path, content: await readFile(path, "utf8") };
}

for (const language of LANGUAGES) {
  test(`${language}: asked by a program, approved on a phone, kept as a signed record, and read by the program`, { timeout: 90_000 }, async () => {
    const { provider, customer } = await pair(language);
    const words = WORDS[language];
    const title = `${words.title} (1)`;
    const tickets = await program(provider);
    const asked = { title, text: words.text, reference: "T-1024" };
    const { id, state } = await tickets.read("POST", `customers/${customer.slug}/questions`, asked);
    assert.equal(state, "open");

    const { page, faults, close } = await openPage(browser, { locale: language, viewport: PHONE });
    await page.goto(await linkTo(customer, title));
    await page.getByRole("heading", { level: 1, name: say(language, "page-question-title") }).waitFor();
    const statement = (await page.locator(".statement").textContent()).trim();
    for (const shown of [title, "T-1024", ...words.text.split("\n").map((line) => `> ${line}`)]) {
      assert.ok(statement.includes(shown), `${shown} in ${statement}`);
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wider, 0, "nothing is wider than the phone");
    await page.locator("#confirm").check();
    await page.getByRole("button", { name: say(language, "page-approval-approve"), exact: true }).click();
    await page.getByRole("heading", { level: 1, name: say(language, "page-decided-question-approved-now") }).waitFor();

    const receipt = await saved(page, page.getByRole("link", { name: say(language, "page-decided-receipt") }));
    const { code, told } = await pc.verify(receipt.path, customer.door.issuer);
    assert.deepEqual([code, told.valid], [0, true], JSON.stringify(told));
    assert.deepEqual([told.receipt.kind, told.receipt.sub, told.receipt.outcome], ["question", id, "approved"]);
    assert.equal(told.receipt.text.statement.trim(), statement, "the signed text is the text shown");
    assert.deepEqual((await verifyReceipt(receipt.content)).approver, { name: customer.door.approver.name, email: customer.door.approver.email });

    const read = await tickets.read("GET", `desk/questions/${customer.slug}/${id}`);
    assert.deepEqual([read.state, read.decision.outcome, read.decision.name], ["decided", "approved", customer.door.approver.name]);
    const kept = await tickets.call("GET", `desk/questions/${customer.slug}/${id}/receipt`);
    assert.equal(await kept.text(), receipt.content, "both sides have the same record");
    await until("the answer in the list", async () => {
      const { items } = await tickets.read("GET", `desk/questions?customer=${customer.slug}`);
      return items.find(({ question }) => question.id === id)?.question.decision?.outcome === "approved";
    });
    await answerMail(provider, customer, id);
    assert.deepEqual(faults, []);
    await close();
  });
}

test("the desk asks through the form, and the administrator answers in the console after the password", { timeout: 90_000 }, async () => {
  const language = "ja";
  const { provider, customer } = await pair(language);
  const words = WORDS[language];
  const title = `${words.title} (2)`;
  const desk = await openConsole(browser, language, provider.slug, provider.desk);
  await desk.go("console-nav-customers");
  await desk.page.getByRole("row", { name: customer.slug }).getByRole("link").click();
  await desk.link("console-question-new").click();
  await desk.heading("console-question-new").waitFor();
  await desk.button("console-question-send").click();
  await desk.page.locator(".field .error").first().waitFor();
  await desk.field("console-question-title").fill(title);
  await desk.field("console-question-text").fill(words.text);
  await desk.page.getByLabel(new RegExp(`^${desk.say("console-question-reference")}`)).fill("T-1025");
  await desk.field("console-question-life").selectOption({ label: desk.say("console-question-life-day") });
  await desk.field("console-question-required").selectOption("5");
  await desk.button("console-question-send").click();
  await desk.page.locator(".field .error", { hasText: desk.say("console-question-required-wrong") }).waitFor();
  await desk.field("console-question-required").selectOption("1");
  await desk.button("console-question-send").click();
  await desk.told("console-question-sent");
  await desk.page.getByRole("heading", { level: 1, name: title }).waitFor();

  const person = await openConsole(browser, language, customer.slug, customer.panel);
  const waits = person.say("console-nav-waiting", { count: "1" });
  await person.menu.getByRole("link", { name: person.say("console-nav-questions") }).getByText(waits).waitFor({ state: "attached" });
  await person.go("console-nav-questions");
  await person.page.getByRole("row", { name: title }).getByRole("link").click();
  await person.page.locator(".statement").getByText("T-1025").waitFor();
  const [{ id, expires_at, asked_at }] = await customer.panel.items("questions?state=waiting");
  assert.equal(expires_at - asked_at, 24 * 3600);

  await person.button("console-decide-refuse").click();
  await person.page.locator(".field .error", { hasText: person.say("console-decide-refusal-unconfirmed", { tick: person.say("console-question-refuse-confirm") }) }).waitFor();
  await person.field("console-question-refuse-confirm").check();
  await person.page.getByLabel(new RegExp(`^${person.say("console-decide-reason")}`)).fill(words.reason);
  // As if the login were long ago: the answer requires the password.
  const stale = JSON.stringify({ status: 403, code: "fresh-login-required", title: "Forbidden" });
  await person.page.route("**/decision", (route) => route.fulfill({ status: 403, contentType: "application/problem+json", body: stale }), { times: 1 });
  await person.button("console-decide-refuse").click();
  await person.dialog.getByLabel(person.say("console-password"), { exact: true }).fill(PASSWORD);
  await person.page.keyboard.press("Enter");
  await person.told("console-question-said-refused");
  await person.page.getByText(person.say("console-decision-reason", { reason: words.reason.replace("\n", " ") })).waitFor();
  const receipt = await saved(person.page, person.link("console-receipt"));
  assert.equal((await pc.verify(receipt.path, customer.door.issuer)).told.receipt.outcome, "refused");
  await person.menu.getByText(waits).waitFor({ state: "detached" });

  const { page } = await answerMail(provider, customer, id);
  await desk.follow(new URL(page).hash.slice(2));
  await desk.page.reload();
  await desk.page.getByText(desk.say("console-decision-refused", { name: CAST[language].approver })).waitFor();
  assert.equal(await desk.button("console-question-withdraw").count(), 0);
  const kept = await saved(desk.page, desk.link("console-receipt"));
  assert.equal(kept.content, receipt.content);
  await until("the answer in the desk's list", async () =>
    (await provider.desk.items("desk/questions")).find(({ question }) => question.id === id)?.question.decision);
  await desk.go("console-nav-desk-questions");
  await desk.page.getByRole("row", { name: title }).getByText(desk.say("console-question-state-refused"), { exact: true }).waitFor();
  await person.leave(403);
  await desk.leave(400);
});

test("the desk withdraws a question, which neither the mailed link nor the console can answer any more", { timeout: 60_000 }, async () => {
  const language = "en";
  const { provider, customer } = await pair(language);
  const title = `${WORDS[language].title} (3)`;
  const { id } = await provider.desk.post(`customers/${customer.slug}/questions`, { title, text: WORDS[language].text });
  const link = await linkTo(customer, title);

  // A page that hears of changes takes the button away; one whose socket does not open still shows it.
  const hears = await openConsole(browser, language, customer.slug, customer.panel);
  await hears.visit(`questions/${id}`);
  const person = await openConsole(browser, language, customer.slug, customer.panel);
  await person.page.routeWebSocket(/\/events$/, (socket) => socket.close());
  await person.page.reload();
  await person.visit(`questions/${id}`);
  await person.field("console-question-confirm").check();

  const desk = await openConsole(browser, language, provider.slug, provider.desk);
  await desk.visit(`desk/questions/${customer.slug}/${id}`);
  await desk.button("console-question-withdraw").click();
  await desk.button("console-cancel", desk.dialog).click();
  assert.equal((await customer.panel.get(`questions/${id}`)).state, "open");
  await desk.button("console-question-withdraw").click();
  await desk.button("console-question-withdraw", desk.dialog).click();
  await desk.told("console-question-withdrawn");
  assert.equal((await customer.panel.get(`questions/${id}`)).state, "withdrawn");

  await hears.page.locator(".details").getByText(hears.say("console-question-state-withdrawn"), { exact: true }).waitFor();
  assert.equal(await hears.button("console-decide-approve").count(), 0);
  await hears.leave();
  await person.button("console-decide-approve").click();
  await person.told("console-problem-question-closed");
  await person.page.locator(".details").getByText(person.say("console-question-state-withdrawn"), { exact: true }).waitFor();
  await person.page.goto(link);
  await person.page.getByRole("heading", { level: 1, name: person.say("page-closed-question-withdrawn-title") }).waitFor();
  await desk.leave();
  await person.leave(409);
});
