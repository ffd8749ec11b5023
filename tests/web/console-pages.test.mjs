// Every page of the console with realistic data: in Japanese at both widths and in both colour schemes, in English and
// Danish at a phone's width in the dark scheme, and each at 200%; as an administrator, an auditor, the desk, and
// somebody who has not logged in yet. With TEGATA_SHOTS it saves screenshots; with TEGATA_LOCALES=ja it checks one
// language.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFitForEveryone, EACH_LOOK, startBrowser } from "./support/browser.mjs";
import { firstMail, openConsole } from "./support/console.mjs";
import { fill, makeCustomer } from "./support/filled.mjs";
import { LANGUAGES } from "./support/texts.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

const CHOSEN = process.env.TEGATA_LOCALES?.split(",") ?? LANGUAGES;

const filled = {};
/** The same history for all tests of a language. */
const history = (language) => (filled[language] ??= fill(language));

/** Colours and structure are the same in every language; the space that a text needs is not. */
const looksOf = (language) => (language === "ja" ? EACH_LOOK : EACH_LOOK.slice(1));

/** Checks the pages in turn; every key on them must have a text. */
async function look(person, prefix, pages) {
  let touched = true;
  for (const [name, path, act] of pages) {
    // After typing or opening something, the next page starts afresh.
    await (touched ? person.visit(path) : person.follow(path));
    touched = act !== undefined;
    await act?.(person.page, person);
    await assertFitForEveryone(person.page, `${prefix}-${name}`, looksOf(person.language));
    assert.equal(await person.page.getByText(/console-[a-z]/).count(), 0, `${path}: a text is missing`);
  }
}

const found = (things, state) => things.find((one) => one.state === state)?.id;
const waiting = (registrations, outside) => registrations.find((one) => one.state === "awaiting_approval" && one.outside_mail_domains === outside).id;

function permissionPages({ registrations, devices, slug }) {
  return [
    ["overview", "", (page) => page.locator("summary").click()],
    ["registrations", "registrations"],
    ["registrations-all", "registrations?state=all"],
    ["registrations-nothing", "registrations?q=zzz"],
    ["registration-waiting", `registrations/${waiting(registrations, false)}`],
    ["registration-outside", `registrations/${waiting(registrations, true)}`, (page) => page.getByRole("button").filter({ hasText: /承認|Approve|Godkend/ }).last().click()],
    ["registration-refused", `registrations/${found(registrations, "refused")}`],
    ["registration-approved", `registrations/${found(registrations, "awaiting_code")}`],
    ["devices", "devices?state=all"],
    ["devices-none", "devices?state=expired"],
    ["device", `devices/${devices[1].id}`, (page) => page.locator("main button.danger").click()],
    ["device-revoked", `devices/${devices[0].id}`],
    ["missing", `nothing/${slug}`],
    ["thing-missing", "users/AAAAAAAAAAAAAAAAAAAAAA"],
  ];
}

function peoplePages({ users, organizations }) {
  return [
    ["users", "users"],
    ["users-filtered", `users?organization=${organizations[1].id}&account=true&sort=phonetic_name`],
    ["user-new", "users/new", (page) => page.locator("main form button.primary").click()],
    ["user-without-account", `users/${users[2].id}`],
    ["user-account-new", `users/${users[3].id}`, newAccount],
    ["user", `users/${users[1].id}`],
    ["user-reissue", `users/${users[1].id}`, (page) => page.locator("main .section .buttons button").nth(1).click()],
    ["user-delete", `users/${users[2].id}`, (page) => page.locator("main button.danger").last().click()],
    ["organizations", "organizations"],
    ["organization-change", "organizations", (page) => page.locator(".node-actions button").nth(4).click()],
    ["organization-delete", "organizations", (page) => page.locator(".node-actions button.bad").last().click()],
    ["administrators", "administrators"],
    ["administrator-new", "administrators/new", (page) => page.locator("main form button.primary").click()],
  ];
}

/** A form with a field of each kind, rejected. */
async function newAccount(page) {
  await page.locator("main > .section button").first().click();
  await page.locator('input[value="organization_administrator"]').check();
  await page.locator('input[value="typed"]').check();
  await page.locator('input[type="password"]').first().fill("short");
  await page.locator("form .buttons .primary").last().click();
  await page.locator(".errors").waitFor();
}

function settingsPages({ customer, inquiries: [answered, open, closed] }) {
  return [
    ["policies", "policies"],
    ["mails", "mails"],
    ["audit", "audit"],
    ["audit-filtered", `audit?object=user%2F&actor=${customer.self.id}&from=2026-01-01`],
    ["audit-entry", "audit", (page) => page.locator("tbody button").first().click()],
    ["audit-heads", "audit", async (page, person) => {
      await page.locator("main > .section button").click();
      await person.settled();
    }],
    ["inquiries", "inquiries"],
    ["inquiry-new", "inquiries/new", refusedFiles],
    ["inquiry-answered", `inquiries/${answered.id}`],
    ["inquiry-close", `inquiries/${open.id}`, (page) => page.locator("form .buttons .secondary").click()],
    ["inquiry-closed", `inquiries/${closed.id}`],
    ["account", "account"],
    ["token-new", "account", (page) => page.locator("main > .section").last().locator(":scope > p button").click()],
    ["token-once", "account", makeToken],
  ];
}

function refusedFiles(page) {
  const file = (name, size) => ({ name, mimeType: "", buffer: Buffer.alloc(size, "a") });
  return page.locator('input[type="file"]').setInputFiles([file("a.log", 10), file("設計室ノートPC-07の診断プログラム.exe", 10), file("c.pdf", 1024 * 1024 + 1)]);
}

async function makeToken(page) {
  await page.locator("main > .section").last().locator(":scope > p button").click();
  await page.locator('dialog input[name="name"]').fill("nightly-export");
  await page.locator('dialog input[type="checkbox"]').first().check();
  await page.locator("dialog button.primary").click();
  await page.locator("dialog .mono").waitFor();
}

function deskPages({ customer, suspended, inquiries: [answered] }) {
  return [
    ["overview", ""],
    ["customers", "customers"],
    ["customer", `customers/${customer.slug}`],
    ["customer-suspended", `customers/${suspended}`],
    ["customer-suspend", `customers/${customer.slug}`, (page) => page.locator("main button.danger").last().click()],
    ["customer-new", "customers/new", (page) => page.locator("main form button.primary").click()],
    ["face", "face"],
    ["inquiries", "desk/inquiries?state=all"],
    ["inquiry", `desk/inquiries/${customer.slug}/${answered.id}`],
  ];
}

function auditorPages({ registrations, users }) {
  return [
    ["overview", ""],
    ["registration", `registrations/${waiting(registrations, true)}`],
    ["user", `users/${users[1].id}`],
    ["organizations", "organizations"],
    ["policies", "policies"],
    ["forbidden", "mails"],
  ];
}

for (const language of CHOSEN) {
  for (const [name, pages] of Object.entries({ permissions: permissionPages, people: peoplePages, settings: settingsPages })) {
    test(`${language}: the pages about ${name}`, { timeout: 240_000 }, async () => {
      const all = await history(language);
      const person = await openConsole(browser, language, all.customer.slug, all.customer.panel);
      await look(person, "tour", pages(all));
      await person.leave(404);
    });
  }

  test(`${language}: the pages of the desk, and those that an auditor sees`, { timeout: 240_000 }, async () => {
    const all = await history(language);
    const desk = await openConsole(browser, language, all.provider.slug, all.provider.desk);
    await look(desk, "desk", deskPages(all));
    await desk.leave();
    const auditor = await openConsole(browser, language, all.customer.slug, all.auditor);
    await look(auditor, "auditor", auditorPages(all));
    await auditor.leave();
  });

  test(`${language}: the pages of a new contract`, { timeout: 240_000 }, async () => {
    const all = await history(language);
    const { slug, panel } = await makeCustomer(language, all.provider);
    const person = await openConsole(browser, language, slug, panel);
    await look(person, "begun", [
      ["overview", ""], ["registrations", "registrations"], ["devices", "devices"], ["users", "users"],
      ["organizations", "organizations"], ["organization-add", "organizations", (page) => page.locator("main .head button").click()],
      ["inquiries", "inquiries"], ["account", "account"],
    ]);
    await person.leave();
  });

  test(`${language}: the pages of somebody who has not logged in yet`, { timeout: 120_000 }, async () => {
    const all = await history(language);
    const { slug, panel } = await makeCustomer(language, all.provider);
    const invited = await panel.addUser("Mette Sørensen", `invited@${slug}.example`);
    await panel.put(`users/${invited.id}/account`, { account: "invited", role: "auditor", organization: null, support_option: false, locale: language, time_zone: "Asia/Tokyo" });
    const { password } = await firstMail(language, `invited@${slug}.example`, "account");
    const person = await openConsole(browser, language, slug);
    await look(person, "door", [
      ["login", ""],
      ["login-empty", "", (page) => page.locator("form button.primary").click()],
      ["forgotten", "", (page) => page.getByRole("button", { name: person.say("console-login-forgotten") }).click()],
      ["forgotten-sent", "", async (page) => {
        await page.getByRole("button", { name: person.say("console-login-forgotten") }).click();
        await page.locator('input[name="account"]').fill("nobody");
        await page.keyboard.press("Enter");
        await page.locator(".outcome").waitFor();
      }],
      ["reset", `reset/${"A".repeat(60)}`],
      ["reset-invalid", `reset/${"A".repeat(60)}`, async (page) => {
        await page.locator('input[type="password"]').fill("a sentence that is long enough");
        await page.keyboard.press("Enter");
        await page.getByText(person.say("console-reset-invalid-body")).waitFor();
      }],
      ["new-password", "", async (page) => {
        await person.logIn("invited", password);
        await person.heading("console-new-password-title").waitFor();
        await page.locator('input[type="password"]').fill("short");
        await page.keyboard.press("Enter");
        await page.locator(".errors").waitFor();
      }],
    ]);
    await person.leave(400, 404, 410);
  });
}
