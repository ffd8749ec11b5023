// The approver's pages (K3, B1) in a real browser, in every language: what an approver sees, does and saves.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { assertFitForEveryone, openPage, startBrowser } from "./support/browser.mjs";
import { mailTo } from "./support/mailbox.mjs";
import { verifyReceipt } from "./support/receipt.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { LANGUAGES, opening, say } from "./support/texts.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** A tenant with a request, and its approver's page. */
async function askedPage(language, options) {
  const tenant = await makeTenant({ language });
  const registration = await tenant.register();
  const link = await tenant.approvalLink();
  const opened = await openPage(browser, { locale: language, ...options });
  await opened.page.goto(link);
  return { tenant, registration, link, ...opened };
}

const heading = (page) => page.getByRole("heading", { level: 1 });
const button = (page, language, key) => page.getByRole("button", { name: say(language, key), exact: true });
const tick = (page) => page.locator("#confirm");
const refusal = (page) => page.locator("#refuse");

/** Relative luminance (WCAG 2) of a colour in the format of `getComputedStyle`. */
function luminance(colour) {
  const [red, green, blue] = colour.match(/\d+/g).slice(0, 3).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

async function assertUndecided(tenant, registration) {
  assert.equal((await tenant.state(registration)).state, "awaiting_approval");
  assert.equal((await tenant.audit()).filter(({ action }) => action === "approval.decide").length, 0);
}

for (const language of LANGUAGES) {
  const words = (key, values) => say(language, key, values);

  test(`${language}: the page asks, decides only if the box is ticked, and shows the outcome to later visitors`, async () => {
    const { tenant, registration, link, page, faults, close } = await askedPage(language);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    assert.equal(await heading(page).textContent(), words("page-approval-title"));
    for (const shown of [tenant.cast.requester, tenant.requesterEmail, tenant.cast.device, tenant.cast.tenant]) {
      assert.ok((await page.locator(".statement").textContent()).includes(shown), shown);
    }
    assert.equal(await tick(page).isChecked(), false);
    await assertFitForEveryone(page, "approval");
    await page.reload();
    await assertUndecided(tenant, registration);

    await page.getByRole("textbox").fill("席を外しています <b>&amp;");
    await button(page, language, "page-approval-approve").click();
    assert.ok((await page.getByRole("alert").textContent()).includes(words("page-approval-error-confirm")));
    assert.ok((await page.title()).startsWith(words("page-error")));
    assert.equal(await page.getByRole("textbox").inputValue(), "席を外しています <b>&amp;");
    await assertFitForEveryone(page, "approval-error");
    await assertUndecided(tenant, registration);

    await tick(page).check();
    await button(page, language, "page-approval-approve").click();
    assert.equal(await heading(page).textContent(), words("page-decided-approved-now"));
    await assertFitForEveryone(page, "approved-now");
    assert.equal((await tenant.state(registration)).state, "awaiting_code");

    await page.goto(link);
    assert.equal(await heading(page).textContent(), words("page-decided-approved"));
    const outcome = await page.locator(".outcome").textContent();
    assert.ok(outcome.includes(tenant.cast.approver) && outcome.includes("2"), outcome);
    assert.equal(await page.locator("form").count(), 0);
    await assertFitForEveryone(page, "approved-before");
    assert.deepEqual(faults, []);
    await close();
  });

  test(`${language}: the receipt can be saved from the page and verifies`, async () => {
    const { tenant, page, close } = await askedPage(language);
    const statement = (await page.locator(".statement").textContent()).trim();
    await tick(page).check();
    await button(page, language, "page-approval-approve").click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: words("page-decided-receipt") }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "receipt.jwt");
    const claims = await verifyReceipt(await readFile(await download.path(), "utf8"));
    assert.equal(claims.iss, tenant.issuer);
    assert.equal(claims.outcome, "approved");
    assert.deepEqual(claims.approver, { name: tenant.approver.name, email: tenant.approver.email });
    assert.equal(claims.requester.name, tenant.cast.requester);
    assert.equal(claims.text.lang, language);
    assert.equal(claims.text.statement.trim(), statement, "the signed text is the text shown");
    await close();
  });

  test(`${language}: a refusal with its reason reaches the requester by mail`, async () => {
    const { tenant, registration, page, faults, close } = await askedPage(language);
    const reason = "退職済みです。Ærlig talt: \"nej\" <3";
    await refusal(page).check();
    await page.getByRole("textbox").fill(reason);
    await button(page, language, "page-approval-refuse").click();
    assert.equal(await heading(page).textContent(), words("page-decided-refused-now"));
    assert.ok((await page.locator("main").textContent()).includes(reason));
    await assertFitForEveryone(page, "refused-now");

    const mail = await mailTo(tenant.requesterEmail, opening(language, "mail-refused-subject"));
    assert.ok(mail.text.includes(reason), mail.text);
    const { state, refusal_reason } = await tenant.state(registration);
    assert.deepEqual([state, refusal_reason], ["refused", reason]);
    assert.deepEqual(faults, []);
    await close();
  });

  test(`${language}: an address outside the tenant's domains is marked`, async () => {
    const tenant = await makeTenant({ language });
    await tenant.register({ email: "somebody@elsewhere.example" });
    const { page, close } = await openPage(browser);
    await page.goto(await tenant.approvalLink());
    const caution = words("statement-outside", { tenant: tenant.cast.tenant });
    assert.equal(await page.locator(".warning").textContent(), caution, "once, and no more");
    assert.ok((await page.locator(".checks").textContent()).includes(words("page-approval-check-outside", { tenant: tenant.cast.tenant })));
    await assertFitForEveryone(page, "approval-outside");
    await close();
  });
}

test("the second approver sees who decided, in their own language", async () => {
  const tenant = await makeTenant({ language: "ja" });
  const second = await tenant.addApprover("da");
  await tenant.register();
  const [link, secondLink] = await Promise.all([tenant.approvalLink(), tenant.approvalLink(second)]);
  assert.notEqual(link, secondLink);
  await tenant.decide(link, { decision: "approve" });

  const { page, close } = await openPage(browser);
  await page.goto(secondLink);
  assert.equal(await heading(page).textContent(), say("da", "page-decided-approved"));
  assert.ok((await page.locator(".outcome").textContent()).startsWith(`Godkendt af ${tenant.approver.name} `));
  await close();
});

test("the language switch keeps the question, and the receipt has the language the approver read", async () => {
  const { page, link, close } = await askedPage("ja");
  await page.getByRole("link", { name: "Dansk" }).click();
  assert.equal(new URL(page.url()).pathname, new URL(link).pathname);
  assert.equal(await page.locator("html").getAttribute("lang"), "da");
  await tick(page).check();
  await button(page, "da", "page-approval-approve").click();
  assert.equal(await heading(page).textContent(), say("da", "page-decided-approved-now"));
  const claims = await verifyReceipt(await (await fetch(`${link}/receipt`)).text());
  assert.equal(claims.text.lang, "da");
  await close();
});

test("the keyboard alone is enough to decide, and Enter in a field does not", async () => {
  const { tenant, registration, link, page, close } = await askedPage("ja");
  const focused = () => page.evaluate(() => document.activeElement.value);
  const tabTo = async (value) => {
    for (let presses = 0; presses < 20 && (await focused()) !== value; presses += 1) await page.keyboard.press("Tab");
    assert.equal(await focused(), value);
  };
  await tabTo("yes");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: say("ja", "page-approval-error-decision") }).waitFor();
  await assertUndecided(tenant, registration);

  await page.goto(link);
  await tabTo("yes");
  await page.keyboard.press("Space");
  await tabTo("approve");
  await page.keyboard.press("Enter");
  await heading(page).filter({ hasText: say("ja", "page-decided-approved-now") }).waitFor();
  await close();
});

test("the statement has a heading, and Japanese lines may break between any characters", async () => {
  const { page, close } = await askedPage("ja");
  const heading = page.locator(".statement strong");
  assert.equal(await heading.textContent(), say("ja", "statement-title"));
  const style = (locator) => locator.evaluate((element) => {
    const { fontWeight, wordBreak } = getComputedStyle(element);
    return { fontWeight, wordBreak };
  });
  assert.deepEqual(await style(page.locator(".statement")), { fontWeight: "400", wordBreak: "normal" });
  assert.equal((await style(heading)).fontWeight, "700");
  await close();
});

test("the unticked box stands out from the page, in light and dark, and shows when it is ticked", async () => {
  const { page, close } = await askedPage("en");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const box = () => tick(page).evaluate((element) => {
      const { borderTopColor: edge, borderTopWidth: width, backgroundColor: inside } = getComputedStyle(element);
      const { borderRightColor: mark } = getComputedStyle(element, "::before");
      return { edge, width, inside, mark, page: getComputedStyle(document.body).backgroundColor };
    });
    await tick(page).uncheck();
    const empty = await box();
    assert.equal(empty.width, "2px");
    assert.ok(contrast(empty.edge, empty.page) >= 3 && contrast(empty.edge, empty.inside) >= 3, JSON.stringify(empty));
    await tick(page).check();
    const ticked = await box();
    assert.ok(contrast(ticked.inside, ticked.page) >= 3 && contrast(ticked.mark, ticked.inside) >= 3, JSON.stringify(ticked));
  }
  await close();
});

test("without a mailed code, the page says that the Viewer shows the result, and no mail goes out", async () => {
  const tenant = await makeTenant({ language: "en", policy: { activation: "approval_only" } });
  const registration = await tenant.register();
  const { page, close } = await openPage(browser, { locale: "en" });
  await page.goto(await tenant.approvalLink());
  await tick(page).check();
  await button(page, "en", "page-approval-approve").click();
  assert.ok((await page.locator("main").textContent()).includes(say("en", "page-decided-next-access")));
  assert.equal((await tenant.state(registration)).state, "activated");
  assert.deepEqual(await tenant.mailCounts(tenant.requesterEmail), [0]);
  await close();
});

test("without JavaScript everything works the same", async () => {
  const { page, close } = await askedPage("en", { javaScriptEnabled: false });
  await tick(page).check();
  await button(page, "en", "page-approval-approve").click();
  assert.equal(await heading(page).textContent(), say("en", "page-decided-approved-now"));
  await close();
});
