// The requester's pages in a real browser, in every language: confirming the mail address (K2) and entering the codes
// (K4).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFitForEveryone, openPage, startBrowser } from "./support/browser.mjs";
import { edgeUrl } from "./support/edge.mjs";
import { linkIn, mailTo } from "./support/mailbox.mjs";
import { makeTenant } from "./support/tenant.mjs";
import { LANGUAGES, opening, say } from "./support/texts.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

const heading = (page) => page.getByRole("heading", { level: 1 });

/** The code as an input method in full-width mode writes it. */
const fullWidth = (text) => text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

/** A different code. */
const other = (code) => (code.startsWith("2") ? "3" : "2") + code.slice(1);

for (const language of LANGUAGES) {
  const words = (key, values) => say(language, key, values);

  /** The page at `verification_uri`, and functions to type into it. */
  const openActivation = async (url) => {
    const opened = await openPage(browser, { locale: language });
    await opened.page.goto(url);
    const { page } = opened;
    const type = async (userCode, activationCode) => {
      await page.getByLabel(words("page-activate-user-code")).fill(userCode);
      await page.getByLabel(words("page-activate-code"), { exact: true }).fill(activationCode);
      await page.getByRole("button", { name: words("page-activate-button") }).click();
    };
    return { ...opened, type };
  };
  const alert = (page) => page.getByRole("alert").textContent();

  test(`${language}: codes typed at verification_uri, full-width or in lower case, activate the Viewer`, async () => {
    const tenant = await makeTenant({ language });
    const registration = await tenant.approved();
    const { page, faults, type, close } = await openActivation(registration.verification_uri);
    assert.equal(await heading(page).textContent(), words("page-activate-title"));
    await assertFitForEveryone(page, "activate");

    for (const slip of ["", registration.activation_code.slice(0, 4), registration.activation_code.replace(/.$/, "0")]) {
      await type(registration.user_code, slip);
      assert.ok((await alert(page)).includes(words("page-activate-error-no-code")), await alert(page));
    }
    await type(registration.user_code.slice(0, 4), registration.activation_code);
    assert.ok((await alert(page)).includes(words("page-activate-error-no-user-code")), await alert(page));

    await type(registration.user_code, other(registration.activation_code));
    assert.ok((await alert(page)).includes(words("page-activate-error-wrong", { tries: "4" })), await alert(page));
    assert.equal(await page.getByLabel(words("page-activate-user-code")).inputValue(), registration.user_code, "the user code is kept");
    await assertFitForEveryone(page, "activate-wrong");

    await type(fullWidth(registration.user_code.toLowerCase()), fullWidth(registration.activation_code.toLowerCase().replace("-", " ")));
    assert.equal(await heading(page).textContent(), words("page-activated-title"));
    assert.ok((await page.locator("main").textContent()).includes(tenant.cast.device));
    await assertFitForEveryone(page, "activated");
    assert.deepEqual(faults, []);
    assert.equal((await tenant.state(registration)).state, "activated");
    assert.equal((await tenant.redeem({ device_code: registration.device_code })).status, 200);
    await close();
  });

  test(`${language}: verification_uri_complete brings the user code; before the approval the page says that it is pending`, async () => {
    const tenant = await makeTenant({ language });
    const registration = await tenant.register();
    const { page, type, close } = await openActivation(registration.verification_uri_complete);
    assert.equal(await page.getByLabel(words("page-activate-user-code")).inputValue(), registration.user_code);
    await type(registration.user_code, "22222-22222");
    assert.ok((await alert(page)).includes(words("page-activate-error-pending")));
    await type("BBBB-BBBB", "22222-22222");
    assert.ok((await alert(page)).includes(words("page-activate-error-unknown")));
    await close();
  });

  test(`${language}: after five wrong codes the registration has failed, even for the right code`, async () => {
    const tenant = await makeTenant({ language });
    const registration = await tenant.approved();
    const { page, type, close } = await openActivation(registration.verification_uri);
    for (let tries = 4; tries > 0; tries -= 1) {
      await type(registration.user_code, other(registration.activation_code));
      assert.ok((await alert(page)).includes(words("page-activate-error-wrong", { tries: String(tries) })));
    }
    await type(registration.user_code, other(registration.activation_code));
    assert.equal(await heading(page).textContent(), words("page-closed-codes-title"));
    assert.ok((await page.locator("main").textContent()).includes(words("page-closed-codes-body")));
    assert.equal(await page.locator("form").count(), 0);
    await assertFitForEveryone(page, "closed-codes");
    await page.goto(registration.verification_uri);
    await type(registration.user_code, registration.activation_code);
    assert.equal(await heading(page).textContent(), words("page-closed-codes-title"));
    assert.equal((await tenant.state(registration)).state, "failed");
    const answer = await (await tenant.redeem(registration)).json();
    assert.equal(answer.error, "access_denied");
    await close();
  });

  test(`${language}: the approvers are asked only after the requester has confirmed the address`, async () => {
    const tenant = await makeTenant({ language, policy: { confirm_address_first: true } });
    const registration = await tenant.register();
    const link = linkIn(await mailTo(tenant.requesterEmail, opening(language, "mail-confirm-subject")), `${edgeUrl}/c/`);
    const asked = () => tenant.mailCounts(tenant.approver.email);
    const [before] = await asked();

    const { page, faults, close } = await openPage(browser);
    await page.goto(link);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    assert.equal(await heading(page).textContent(), words("page-confirm-title"));
    await assertFitForEveryone(page, "confirm");
    await page.getByRole("button", { name: words("page-confirm-button") }).click();
    assert.ok((await alert(page)).includes(words("page-confirm-error")));
    await assertFitForEveryone(page, "confirm-error");
    assert.equal((await tenant.state(registration)).state, "awaiting_address");
    assert.deepEqual(await asked(), [before]);

    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: words("page-confirm-button") }).click();
    assert.equal(await heading(page).textContent(), words("page-confirmed-title"));
    await assertFitForEveryone(page, "confirmed");
    await tenant.approvalLink();
    await page.goto(link);
    assert.equal(await heading(page).textContent(), words("page-confirmed-title"));
    assert.deepEqual(await asked(), [before + 1], "asked once");
    assert.deepEqual(faults, []);
    await close();
  });
}

test("the language switch keeps the user code", async () => {
  const tenant = await makeTenant();
  const registration = await tenant.register();
  const { page, close } = await openPage(browser, { locale: "ja" });
  await page.goto(registration.verification_uri_complete);
  await page.getByRole("link", { name: "English" }).click();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.getByLabel(say("en", "page-activate-user-code")).inputValue(), registration.user_code);
  await close();
});
