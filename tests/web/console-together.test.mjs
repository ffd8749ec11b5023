// Several people and several windows: nobody loses input, and everybody learns of the others' changes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startBrowser } from "./support/browser.mjs";
import { openConsole } from "./support/console.mjs";
import { operatorList } from "./support/edge.mjs";
import { makePair } from "./support/filled.mjs";
import { mailTo } from "./support/mailbox.mjs";
import { PanelClient } from "./support/panel.mjs";
import { CAST } from "./support/tenant.mjs";
import { opening } from "./support/texts.mjs";

const LANGUAGE = "da";
const cast = CAST[LANGUAGE];

let browser;
let customer;
/** A second administrator. */
let second;
before(async () => {
  browser = await startBrowser();
  ({ customer } = await makePair(LANGUAGE));
  const user = await customer.panel.addUser(cast.second, `second@${customer.slug}.example`);
  second = await customer.panel.giveAccount(user, "second", "system_administrator", { locale: LANGUAGE });
});
after(() => browser?.close());

const first = () => openConsole(browser, LANGUAGE, customer.slug, customer.panel);

test("if two people change the same user, the second sees what changed and loses no input", { timeout: 60_000 }, async () => {
  const { panel, slug } = customer;
  const user = await panel.addUser("Mette Sørensen", `mette@${slug}.example`);
  const [one, other] = [await first(), await openConsole(browser, LANGUAGE, slug, second)];
  for (const person of [one, other]) await person.visit(`users/${user.id}`);
  await one.field("console-field-person").fill("Mette Holm");
  await other.field("console-field-person").fill("Mette S. Sørensen");
  await other.field("console-emails-address", { number: "1" }).fill(`mette.s@${slug}.example`);
  await one.button("console-save").first().click();
  await one.told("console-saved");
  // Shown in Japanese only: somebody who reads it has added it.
  const { version } = await panel.get(`users/${user.id}`);
  await panel.patch(`users/${user.id}`, { version, phonetic_name: "メッテ" });

  await other.button("console-save").first().click();
  const conflict = other.page.locator(".conflict");
  await conflict.getByText("Mette Holm").waitFor();
  await conflict.getByText("メッテ").waitFor();
  assert.equal(await other.field("console-field-person").inputValue(), "Mette S. Sørensen");
  assert.equal((await panel.get(`users/${user.id}`)).display_name, "Mette Holm", "nothing was overwritten");
  await conflict.locator("fieldset", { hasText: "Mette Holm" }).getByText(other.say("console-conflict-mine")).click();
  await other.button("console-conflict-save").click();
  await other.told("console-saved");
  const { display_name, phonetic_name, emails } = await panel.get(`users/${user.id}`);
  assert.deepEqual([display_name, phonetic_name, emails[0].value], ["Mette S. Sørensen", "メッテ", `mette.s@${slug}.example`]);
  await one.leave();
  await other.leave(409);
});

test("a page whose code a newer build has replaced is reloaded and appears", { timeout: 60_000 }, async () => {
  const person = await first();
  let gone = 0;
  await person.page.route(/\/console\/[^/]*\.js$/, (route) => {
    gone += 1;
    return gone === 1 ? route.fulfill({ status: 404, body: "" }) : route.continue();
  });
  await person.go("console-nav-policies");
  await person.field("console-policy-name").waitFor();
  assert.ok(gone > 1, "it was requested again");
  await person.leave(404);
});

test("a reload in the middle of a form keeps what was typed, but never a password", { timeout: 60_000 }, async () => {
  const person = await first();
  await person.visit("users/new");
  await person.field("console-field-person").fill("Åse Ærlig");
  await person.field("console-emails-address", { number: "1" }).fill("aase@");
  await person.page.reload();
  await person.page.getByText(person.say("console-draft")).waitFor();
  assert.equal(await person.field("console-field-person").inputValue(), "Åse Ærlig");
  assert.equal(await person.field("console-emails-address", { number: "1" }).inputValue(), "aase@");
  await person.button("console-draft-discard").click();
  await person.told("console-draft-discarded");
  assert.equal(await person.field("console-field-person").inputValue(), "");
  await person.button("console-undo").click();
  assert.equal(await person.field("console-field-person").inputValue(), "Åse Ærlig");
  await person.visit("account");
  await person.field("console-password-new").fill("never to be kept anywhere");
  const kept = await person.page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  assert.ok(!kept.includes("never to be kept"), kept);
  await person.leave();
});

test("an alert that is switched off sends no mail, and one click switches it back on", { timeout: 60_000 }, async () => {
  const { door, slug } = customer;
  // Nobody is alerted to what they did themselves, so the second administrator refuses.
  const refuse = async (device_name) => {
    await door.register({ email: `${device_name}@${slug}.example`, device_name });
    const [{ id }] = await second.items("registrations?state=waiting");
    await second.post(`registrations/${id}/decision`, { outcome: "refused", confirmed: true, locale: LANGUAGE });
    await mailTo(`${device_name}@${slug}.example`, opening(LANGUAGE, "mail-refused-subject"));
  };
  // Alerts are collected for a while before they are mailed; until then they wait in the outbox.
  const alerted = async () => (await operatorList(`/tenants/${slug}/outbox`)).filter(({ kind }) => kind === "alerts").length;

  const person = await first();
  await person.visit("account");
  const refused = person.field("console-alert-refused");
  const save = person.page.locator(".section", { has: refused }).getByRole("button", { name: person.say("console-save") });
  await refused.uncheck();
  await save.click();
  await person.told("console-saved");
  await refuse("qa-1");
  assert.equal(await alerted(), 0);

  await person.button("console-undo").click();
  await person.told("console-undone");
  assert.equal(await refused.isChecked(), true);
  await refuse("qa-2");
  assert.equal(await alerted(), 1);
  await person.leave();
});

test("ending a session in one window takes the other to the login and back, with the input kept", { timeout: 60_000 }, async () => {
  const { slug } = customer;
  const lost = await PanelClient.logIn(slug, "contact");
  const [here, there] = [await first(), await openConsole(browser, LANGUAGE, slug, lost)];
  await there.visit("policies");
  await there.field("console-policy-name").fill("Ærø A/S");
  await here.visit("account");
  const rows = here.page.getByRole("table", { name: here.say("console-sessions-title") }).getByRole("row");
  const count = await rows.count();
  await rows.getByRole("button").first().click();
  await here.page.waitForFunction((before) => document.querySelectorAll("tr").length < before, await here.page.locator("tr").count());
  assert.equal(await rows.count(), count - 1);

  await there.button("console-save").click();
  await there.page.getByText(there.say("console-login-expired")).waitFor();
  await there.logIn("contact");
  await there.page.getByText(there.say("console-draft")).waitFor();
  assert.equal(await there.field("console-policy-name").inputValue(), "Ærø A/S");
  await there.button("console-save").click();
  await there.told("console-saved");
  await here.leave();
  await there.leave();
});
