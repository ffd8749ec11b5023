// Requests and PCs in an administrator's console: answering, revoking and saving them as files.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { startBrowser } from "./support/browser.mjs";
import { openConsole, PASSWORD } from "./support/console.mjs";
import { edgeUrl } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { codeIn, linkIn, mailTo } from "./support/mailbox.mjs";
import { CAST } from "./support/tenant.mjs";
import { opening, say } from "./support/texts.mjs";

const LANGUAGE = "ja";
const cast = CAST[LANGUAGE];

let browser;
let customer;
let person;
before(async () => {
  browser = await startBrowser();
  ({ customer } = await makePair(LANGUAGE));
  person = await openConsole(browser, LANGUAGE, customer.slug, customer.panel);
});
after(async () => {
  await person?.leave();
  await browser?.close();
});

/** Opens the request of the PC `device` from the list. */
async function openRequest(device) {
  await person.go("console-nav-registrations");
  await person.page.getByRole("row", { name: device }).getByRole("link").click();
  await person.heading("console-registration-of", { name: cast.requester, device }).waitFor();
}

/** The file that a click saves, and its name. */
async function saved(target) {
  const [download] = await Promise.all([person.page.waitForEvent("download"), target.click()]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path(), "utf8") };
}

test("a request is refused with a reason of several lines, which the requester gets", async () => {
  const email = `refused@${customer.slug}.example`;
  const registration = await customer.door.register({ email, device_name: "QA-1" });
  await person.visit("");
  await openRequest("QA-1");
  await person.button("console-decide-refuse").click();
  await person.page.locator(".field .error", { hasText: person.say("console-decide-refusal-unconfirmed", { tick: person.say("console-decide-refuse-confirm") }) }).waitFor();
  assert.equal((await customer.door.state(registration)).state, "awaiting_approval");

  await person.field("console-decide-refuse-confirm").check();
  await person.page.getByLabel(new RegExp(`^${person.say("console-decide-reason")}`)).fill("部署が違います。\nお手数ですが、総務部へご連絡ください。");
  await person.button("console-decide-refuse").click();
  await person.told("console-decide-refused");
  await person.page.getByText(person.say("console-decision-reason", { reason: "部署が違います。 お手数ですが、総務部へご連絡ください。" })).waitFor();
  const mail = await mailTo(email, opening(LANGUAGE, "mail-refused-subject"));
  assert.ok(mail.text.includes("部署が違います。 お手数ですが、総務部へご連絡ください。"), mail.text);
});

test("a request is approved, and its record is a signed file", async () => {
  const registration = await customer.door.register({ device_name: "QA-2" });
  await person.visit("");
  await openRequest("QA-2");
  await person.field("console-decide-confirm").check();
  await person.button("console-decide-approve").click();
  await person.told("console-decide-approved");
  const { name, content } = await saved(person.link("console-receipt"));
  assert.match(name, /^receipt.*\.jwt$/);
  assert.match(content, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  const activation_code = codeIn(await customer.door.activationMail());
  const response = await customer.door.redeem({ ...registration, activation_code });
  assert.equal(response.status, 200);
});

test("if somebody else has answered meanwhile, the page shows that answer instead of a second one", async () => {
  await customer.door.register({ email: `raced@${customer.slug}.example`, device_name: "QA-3" });
  await person.visit("");
  await openRequest("QA-3");
  await person.field("console-decide-confirm").check();
  const [{ id }] = await customer.panel.items("registrations?state=waiting");
  await customer.panel.post(`registrations/${id}/decision`, { outcome: "refused", confirmed: true, locale: LANGUAGE });
  await person.button("console-decide-approve").click();
  await person.told("console-problem-decided");
  await person.page.getByText(person.say("console-decision-refused", { name: cast.approver })).waitFor();
  // The test provoked this refusal.
  person.faults.splice(0, person.faults.length, ...person.faults.filter((fault) => !/status of 409/.test(fault)));
});

test("a PC is revoked only after a confirmation that names it, and its tokens end", async () => {
  const { panel, door } = customer;
  const email = `laptop@${customer.slug}.example`;
  const registration = await door.register({ email, device_name: "QA-4" });
  const [{ id }] = await panel.items("registrations?state=waiting");
  await panel.post(`registrations/${id}/decision`, { outcome: "approved", confirmed: true, locale: LANGUAGE });
  const activation_code = codeIn(await mailTo(email, opening(LANGUAGE, "mail-activation-subject")));
  const { refresh_token } = await (await door.redeem({ ...registration, activation_code })).json();

  await person.go("console-nav-devices");
  await person.page.getByRole("row", { name: "QA-4" }).getByRole("link").click();
  await person.button("console-device-revoke").click();
  await person.dialog.getByText(person.say("console-device-revoke-body", { name: cast.requester, device: "QA-4" })).waitFor();
  await person.button("console-cancel", person.dialog).click();
  const active = async () => (await panel.items("devices")).find(({ device_name }) => device_name === "QA-4").state;
  assert.equal(await active(), "active");

  await person.button("console-device-revoke").click();
  await person.button("console-device-revoke", person.dialog).click();
  await person.told("console-device-revoked");
  assert.equal(await active(), "revoked");
  assert.equal(await person.button("console-device-revoke").count(), 0);
  const refresh = await fetch(`${door.issuer}/oauth/token`, {
    method: "POST", body: new URLSearchParams({ grant_type: "refresh_token", client_id: "viewer", refresh_token }),
  });
  assert.equal((await refresh.json()).error, "invalid_grant");
});

test("each list with an export saves a file of what the filters show", async () => {
  await person.visit("registrations?state=all");
  const registrations = await saved(person.link("console-export-csv"));
  assert.match(registrations.name, /\.csv$/);
  for (const device of ["QA-1", "QA-2", "QA-3", "QA-4"]) assert.ok(registrations.content.includes(device), device);

  await person.visit("devices?state=revoked");
  const devices = await saved(person.link("console-export-csv"));
  assert.ok(devices.content.includes("QA-4") && !devices.content.includes("QA-2"), devices.content);

  await person.visit("users");
  assert.ok((await saved(person.link("console-export-csv"))).content.includes(cast.approver));

  await person.visit("audit?action=device.revoke");
  const csv = await saved(person.link("console-export-csv"));
  assert.equal(csv.content.trim().split(/\r?\n/).length, 2, csv.content);
  const lines = (await saved(person.link("console-audit-export-jsonl"))).content.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ action }) => action), ["device.revoke"]);
});

test("an approver who must log in gets to the question after the login", { timeout: 60_000 }, async () => {
  const { version } = await customer.panel.get("policies");
  await customer.panel.patch("policies", { version, policy: { approver_must_log_in: true } });
  const email = `led@${customer.slug}.example`;
  await customer.door.register({ email, device_name: "LED-1" });
  const stranger = await openConsole(browser, LANGUAGE, customer.slug);
  await stranger.page.goto(linkIn(await mailTo(customer.door.approver.email, "LED-1"), `${edgeUrl}/a/`));
  await stranger.page.getByRole("link", { name: say(LANGUAGE, "page-closed-login-link") }).click();
  await stranger.logIn("contact", PASSWORD);
  await stranger.page.getByRole("button", { name: say(LANGUAGE, "page-approval-approve") }).waitFor();
  await stranger.leave();
  const now = await customer.panel.get("policies");
  await customer.panel.patch("policies", { version: now.version, policy: { approver_must_log_in: false } });
});
