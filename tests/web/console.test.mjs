// The console as a story (K1, C1 to C8): the desk creates a customer, its contact person sets the contract up, a
// colleague writes to the desk, and the desk reissues a credential. In a real browser, in every language.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";

import { assertFitForEveryone, startBrowser } from "./support/browser.mjs";
import { firstMail, makeProvider, openConsole } from "./support/console.mjs";
import { edgeUrl, until } from "./support/edge.mjs";
import { CAST } from "./support/tenant.mjs";
import { LANGUAGES } from "./support/texts.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

/** A provider with one person at its desk. */
async function startDesk(language) {
  const { slug, password } = await makeProvider(language);
  const desk = await openConsole(browser, language, slug);
  await desk.settle("ichiro", password, "the desk keeps a lighthouse");
  return desk;
}

for (const language of LANGUAGES) {
  test(`${language}: from the contract to the second administrator and a reissued credential`, { timeout: 240_000 }, async () => {
    const cast = CAST[language];
    const desk = await startDesk(language);

    // K1: the desk creates the customer; the contact person gets the mail of C1.
    const slug = `web-${randomBytes(6).toString("hex")}`;
    const contact = `contact@${slug}.example`;
    await desk.go("console-nav-customers");
    await desk.heading("console-nav-customers").waitFor();
    await desk.page.getByRole("link", { name: desk.say("console-customer-add") }).click();
    await desk.field("console-customer-name").fill(cast.tenant);
    await desk.field("console-field-domain").fill(slug);
    await desk.page.getByLabel(desk.say("console-field-person"), { exact: true }).fill(cast.approver);
    await desk.field("console-field-email").fill(contact);
    await desk.field("console-account-name").fill("contact");
    await desk.page.locator("main form button.primary").click();
    await desk.page.getByRole("heading", { level: 1, name: cast.tenant }).waitFor();
    const { mail, password, login } = await firstMail(language, contact);
    for (const told of [login, slug, "contact", password]) assert.ok(mail.text.includes(told), told);
    assert.equal(login, `${edgeUrl}/t/${slug}/`);

    // C2: that page belongs to this contract only, and at first only this person can log in.
    const person = await openConsole(browser, language, slug);
    await person.page.getByRole("heading", { level: 1 }).waitFor();
    assert.ok((await person.page.locator("main").textContent()).includes(cast.tenant));
    await assertFitForEveryone(person.page, "console-login");
    await person.logIn("ichiro", "the desk keeps a lighthouse");
    await person.page.getByText(person.say("console-problem-wrong-credentials")).first().waitFor();
    await person.settle("contact", password, "a small boat on a wide lake");

    await person.heading("console-nav-overview").waitFor();

    // C8 and C5: the remaining steps, and the recommendation of a second administrator.
    await person.page.getByText(person.say("console-overview-second")).waitFor();
    assert.equal(await person.page.locator(".setup li, ol li").count() >= 5, true);
    await assertFitForEveryone(person.page, "console-overview");

    // C3: a user with two addresses, one of them the main one; in Japanese with a phonetic name, typed in hiragana.
    await person.go("console-nav-users");
    await person.page.getByRole("link", { name: person.say("console-user-add") }).click();
    await person.field("console-field-person").fill(cast.second);
    const phonetic = person.page.getByLabel(new RegExp(`^${person.say("console-field-phonetic")}`)).first();
    if (language === "ja") await phonetic.fill("さとう　なおき");
    else assert.equal(await phonetic.count(), 0);
    await person.field("console-emails-address", { number: "1" }).fill(`second@${slug}.example`);
    await person.button("console-emails-add").click();
    await person.field("console-emails-address", { number: "2" }).fill(`second.home@${slug}.example`);
    await assertFitForEveryone(person.page, "console-user-new");
    await person.page.locator("main form button.primary").click();
    await person.page.getByRole("heading", { level: 1, name: cast.second }).waitFor();
    if (language === "ja") await until("the phonetic name in katakana", async () => (await phonetic.inputValue()) === "サトウ ナオキ");

    // C4 to C6: an account as system administrator with the support option, its first password by mail.
    await person.page.getByRole("link", { name: person.say("console-account-give") }).or(person.button("console-account-give")).first().click();
    await person.field("console-account-name").fill("second");
    await person.page.getByRole("radio", { name: new RegExp(person.say("console-role-system_administrator")) }).check();
    await person.page.getByRole("checkbox", { name: new RegExp(person.say("console-field-support")) }).check();
    await assertFitForEveryone(person.page, "console-account-new");
    await person.button("console-account-give").last().click();
    const second = await firstMail(language, `second@${slug}.example`, "account");
    const colleague = await openConsole(browser, language, slug);
    await colleague.settle("second", second.password, "two boats on a wider lake");

    // C6: only the support option gives access to the inquiry form.
    await colleague.go("console-nav-inquiries");
    await colleague.heading("console-nav-inquiries").waitFor();
    const menu = person.page.getByRole("navigation", { name: person.say("console-nav") });
    assert.equal(await menu.getByRole("link", { name: person.say("console-nav-inquiries") }).count(), 0);

    // C7: the log says who did what.
    await person.go("console-nav-audit");
    await person.page.getByRole("cell", { name: new RegExp(cast.approver) }).first().waitFor();
    await person.page.getByRole("cell", { name: new RegExp(cast.second) }).first().waitFor();
    await assertFitForEveryone(person.page, "console-audit");

    // K1: the desk reissues the credential, which ends the old one.
    await desk.page.reload();
    await desk.page.getByRole("button", { name: new RegExp(`${desk.say("console-reissue")}.*${cast.approver}|${cast.approver}.*${desk.say("console-reissue")}`) }).click();
    await desk.button("console-reissue", desk.page.getByRole("dialog")).click();
    const again = await firstMail(language, contact, "reissue");
    assert.notEqual(again.password, password);
    await person.page.reload();
    await person.field("console-account-name").waitFor();
    await person.logIn("contact", "a small boat on a wide lake");
    await person.page.getByText(person.say("console-problem-wrong-credentials")).first().waitFor();
    await person.settle("contact", again.password, "a small boat on a wide river");

    for (const one of [desk, person, colleague]) await one.leave();
  });
}
