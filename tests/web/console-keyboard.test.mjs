// The console without a mouse: from the first login to the logout with only Tab, Enter, Space, arrows and Escape. The
// focus is always visible, and always lands where the user continues.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startBrowser } from "./support/browser.mjs";
import { openConsole, PASSWORD } from "./support/console.mjs";
import { fillProvider, inviteCustomer } from "./support/filled.mjs";
import { Keyboard } from "./support/keyboard.mjs";
import { CAST } from "./support/tenant.mjs";

const LANGUAGE = "ja";
const cast = CAST[LANGUAGE];

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

/** Goes through the menu to the page called `key`. */
async function go(keys, key) {
  const { person } = keys;
  await keys.back(person.menu.getByRole("link", { name: person.say(key) }).first());
  await keys.press("Enter");
  await keys.atHeading(key);
}

async function firstLogin(keys, password) {
  const { person } = keys;
  await keys.fill(person.field("console-account-name"), "contact");
  await keys.fill(person.field("console-password"), password);
  await keys.press("Enter");
  await keys.atHeading("console-new-password-title");
  await keys.fill(person.field("console-password-new"), PASSWORD);
  await keys.press("Enter");
  await keys.atHeading("console-nav-overview");
}

async function skipLink(keys) {
  const { person, page } = keys;
  await keys.back(person.button("console-skip"));
  await keys.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
}

async function addUser(keys) {
  const { person, page } = keys;
  await go(keys, "console-nav-users");
  await keys.enter(person.link("console-user-add"));
  await keys.atHeading("console-user-add");
  await keys.fill(person.field("console-field-person"), cast.second);
  await keys.enter(person.button("console-emails-add"));
  await keys.enter(person.button("console-add"));
  // Errors appear above the form, where the focus is, and each links to its field.
  await page.waitForFunction(() => document.activeElement.classList.contains("errors"));
  await keys.enter(page.locator(".errors button"));
  assert.equal(await person.field("console-emails-address", { number: "1" }).evaluate((field) => field === document.activeElement), true);
  await keys.type(`second@${person.slug}.example`);
  await keys.enter(page.locator(".email").nth(1).getByRole("button"));
  await keys.enter(person.button("console-add"));
  await person.told("console-user-added", { name: cast.second });
  await keys.atHeading();
}

async function addAccount(keys) {
  const { person, page } = keys;
  await keys.enter(person.button("console-account-give"));
  const name = person.field("console-account-name");
  await page.waitForFunction(() => document.activeElement.name === "account");
  await keys.type("second");
  assert.equal(await name.inputValue(), "second");
  // The role with the fewest rights is preselected; the arrows lead to the others and back.
  await keys.to(page.locator('input[value="auditor"]'));
  await keys.press("ArrowUp", "ArrowUp");
  assert.equal(await page.locator('input[value="system_administrator"]').isChecked(), true);
  await keys.press("ArrowDown", "ArrowDown");
  assert.equal(await page.locator('input[value="auditor"]').isChecked(), true);
  await keys.enter(person.button("console-account-give"));
  await person.told("console-account-mailed", { name: cast.second });
  await keys.atHeading();
}

async function confirmAndCancel(keys) {
  const { person } = keys;
  const open = person.button("console-reissue").first();
  await keys.enter(open);
  await person.dialog.waitFor();
  await keys.trapped();
  await keys.press("Escape");
  await person.dialog.waitFor({ state: "detached" });
  assert.equal(await open.evaluate((button) => button === document.activeElement), true, "the focus returns");
}

async function changePolicies(keys) {
  const { person, page } = keys;
  await go(keys, "console-nav-policies");
  await keys.fill(page.getByLabel(new RegExp(`^${person.say("console-policy-domains")}`)), `${person.slug}.example`);
  const tick = person.field("console-policy-must-log-in");
  await keys.to(tick);
  await keys.press("Space");
  assert.equal(await tick.isChecked(), true);
  const save = person.button("console-save");
  await keys.enter(save);
  await person.told("console-saved");
  assert.equal(await save.evaluate((button) => button === document.activeElement), true);
  assert.equal(await page.locator(".feedback .outcome").evaluate((box) => box.getBoundingClientRect().top >= 0), true, "the message is in view");
}

async function filterAudit(keys) {
  const { person, page } = keys;
  await go(keys, "console-nav-audit");
  const action = person.field("console-audit-action");
  await keys.to(action);
  await keys.press("ArrowDown");
  assert.equal(await action.inputValue(), "account.create");
  await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 1);
  assert.equal(await action.evaluate((select) => select === document.activeElement), true);
  const details = page.locator("tbody button").first();
  await keys.enter(details);
  await person.dialog.waitFor();
  await keys.trapped();
  await keys.press("Escape");
  await person.dialog.waitFor({ state: "detached" });
  assert.equal(await details.evaluate((button) => button === document.activeElement), true, "the focus returns");
  await keys.back(person.button("console-filter-clear"));
  await keys.press("Enter");
  await page.waitForFunction(() => document.activeElement?.tagName === "SELECT");
  assert.equal(await action.inputValue(), "");
}

/** C6: giving oneself the support option adds the inquiries to the menu at once. */
async function ask(keys) {
  const { person, page } = keys;
  await go(keys, "console-nav-administrators");
  await keys.enter(page.getByRole("link", { name: cast.approver, exact: true }));
  await keys.atHeading();
  const option = person.field("console-field-support");
  await keys.to(option);
  await keys.press("Space");
  await keys.enter(person.button("console-save").last());
  await person.told("console-saved");
  await person.menu.getByRole("link", { name: person.say("console-nav-inquiries") }).waitFor();
  await go(keys, "console-nav-inquiries");
  await keys.enter(person.link("console-inquiry-new"));
  await keys.atHeading("console-inquiry-new");
  await keys.fill(person.field("console-inquiry-subject"), "承認の手順について");
  await keys.fill(person.field("console-inquiry-body"), "手順書はありますか。");
  await keys.enter(person.button("console-inquiry-send"));
  await person.told("console-inquiry-sent");
  await keys.atHeading();
}

async function decide(keys) {
  const { person, page } = keys;
  await go(keys, "console-nav-registrations");
  await keys.enter(page.getByRole("link", { name: cast.requester }));
  await keys.atHeading("console-registration-of", { name: cast.requester, device: cast.device });
  await keys.to(person.field("console-decide-confirm"));
  await keys.press("Space");
  await keys.enter(person.button("console-decide-approve"));
  await person.told("console-decide-approved");
  await keys.atHeading();
}

async function leave(keys) {
  const { person } = keys;
  await keys.back(person.button("console-logout"));
  await keys.press("Enter");
  await person.page.getByText(person.say("console-login-left")).waitFor();
  await keys.atHeading("console-login-title");
}

test("the whole console by keyboard", { timeout: 120_000 }, async () => {
  const { slug, password, door } = await inviteCustomer(LANGUAGE, await fillProvider(LANGUAGE));
  const person = await openConsole(browser, LANGUAGE, slug);
  const keys = new Keyboard(person);
  await firstLogin(keys, password);
  await skipLink(keys);
  await addUser(keys);
  await addAccount(keys);
  await confirmAndCancel(keys);
  await changePolicies(keys);
  await filterAudit(keys);
  await ask(keys);
  await door.register();
  await decide(keys);
  await leave(keys);
  await person.leave();
});
