// An inquiry from the customer to the desk and back, with its files (C6).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { startBrowser } from "./support/browser.mjs";
import { openConsole } from "./support/console.mjs";
import { until } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { mailTo } from "./support/mailbox.mjs";
import { CAST } from "./support/tenant.mjs";
import { opening } from "./support/texts.mjs";

const LANGUAGE = "en";
const LARGEST = 1024 * 1024;
const SUBJECT = "The wall display stays blank";

let browser;
let pair;
before(async () => {
  browser = await startBrowser();
  pair = await makePair(LANGUAGE);
});
after(() => browser?.close());

/** A text of exactly `size` bytes. */
const log = (name, size) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "10:02 no picture\n") });
const files = (person) => person.page.locator('input[type="file"]');

test("a file of 1 MB is sent, and one that is a byte larger is named, and holds the message until it is removed", { timeout: 60_000 }, async () => {
  const { customer } = pair;
  const person = await openConsole(browser, LANGUAGE, customer.slug, customer.panel);
  await person.go("console-nav-inquiries");
  await person.link("console-inquiry-new").click();
  await person.field("console-inquiry-subject").fill(SUBJECT);
  await person.field("console-inquiry-body").fill("Since this morning.\nWhat can we do?");
  await files(person).setInputFiles([log("fits.log", LARGEST), log("over.log", LARGEST + 1)]);
  await person.page.getByText(person.say("console-attachment-large", { name: "over.log" })).waitFor();
  await person.button("console-inquiry-send").click();
  await person.page.getByText(person.say("console-attachments-refused")).first().waitFor();
  await person.page.getByRole("button", { name: "over.log" }).click();
  await files(person).setInputFiles([log("second.txt", 3), log("third.txt", 3), log("fourth.txt", 3)]);
  await person.page.getByText(person.say("console-attachments-many")).waitFor();
  await person.page.getByRole("button", { name: "third.txt" }).click();
  await person.page.getByRole("button", { name: "fourth.txt" }).click();
  await person.button("console-inquiry-send").click();
  await person.told("console-inquiry-sent");
  await person.settled();
  assert.deepEqual(await person.page.locator(".thread .files a").allTextContents(), ["fits.log", "second.txt"]);
  await person.leave();
});

test("the desk reads it, assigns it, undoes that, and answers with a file", { timeout: 60_000 }, async () => {
  const { provider, customer } = pair;
  await until("the inquiry at the desk", async () => (await provider.desk.items("desk/inquiries")).length === 1);
  const desk = await openConsole(browser, LANGUAGE, provider.slug, provider.desk);
  // An open inquiry counts at the desk, where it is answered.
  await desk.page.locator(".card", { hasText: desk.say("console-nav-desk-inquiries") }).getByText("1", { exact: true }).waitFor();
  await desk.menu.getByRole("link", { name: desk.say("console-nav-desk-inquiries") }).getByText(desk.say("console-nav-waiting", { count: "1" })).waitFor({ state: "attached" });
  await desk.go("console-nav-desk-inquiries");
  await desk.page.getByRole("link", { name: SUBJECT }).click();
  await desk.page.getByRole("heading", { level: 1, name: SUBJECT }).waitFor();

  const [download] = await Promise.all([desk.page.waitForEvent("download"), desk.page.getByRole("link", { name: "fits.log" }).click()]);
  assert.equal((await readFile(await download.path())).length, LARGEST);

  const assigned = desk.field("console-inquiry-assigned");
  const agent = CAST[LANGUAGE].approver;
  await assigned.selectOption(agent);
  await desk.told("console-desk-assigned", { name: agent });
  await desk.button("console-undo").click();
  await desk.told("console-undone");
  assert.equal(await assigned.inputValue(), "");
  await assigned.selectOption(agent);
  await desk.told("console-desk-assigned", { name: agent });
  await desk.page.reload();
  await desk.settled();
  assert.equal(await assigned.locator("option:checked").textContent(), agent);

  await desk.field("console-inquiry-message").fill("Please check the cable first.");
  await files(desk).setInputFiles([log("cable.txt", 10)]);
  await desk.button("console-inquiry-send").click();
  await desk.told("console-inquiry-replied");
  assert.equal(await desk.field("console-inquiry-message").inputValue(), "", "the next message begins empty");
  await mailTo(`contact@${customer.slug}.example`, opening(LANGUAGE, "mail-inquiry-answered-subject"));
  await desk.leave();
});

test("the customer reads the answer and marks it as solved; a later message reopens it", { timeout: 60_000 }, async () => {
  const { customer } = pair;
  const person = await openConsole(browser, LANGUAGE, customer.slug, customer.panel);
  await person.page.locator(".card", { hasText: person.say("console-nav-inquiries") }).getByText("1", { exact: true }).waitFor();
  await person.go("console-nav-inquiries");
  await person.page.getByRole("link", { name: SUBJECT }).click();
  await person.page.getByText("Please check the cable first.").waitFor();
  await person.button("console-inquiry-close").click();
  await person.button("console-inquiry-close", person.dialog).click();
  await person.told("console-inquiry-closed");
  await person.page.getByText(person.say("console-inquiry-state-closed"), { exact: true }).waitFor();

  await person.field("console-inquiry-message").fill("It is blank again.");
  await person.button("console-inquiry-send").click();
  await person.told("console-inquiry-replied");
  await person.page.getByText(person.say("console-inquiry-state-open"), { exact: true }).waitFor();
  await person.leave();
});
